//! Whether compression is offered: the connector file says so, unless the operator does (CONN-41).

use super::run::{Run, Settings};
use super::xml::{connector, text};
use crate::settings::{Compression, ConnectionSettings};
use crate::value::Value;

const OFFER: &str = "permessage-deflate; client_max_window_bits";

/// What the opening request offers when parameter 9, which the session's header comes from, has this value.
fn offered(xml: &str, header: &str, compression: Compression) -> Vec<String> {
    let connection = ConnectionSettings::default().host("h").compression(compression);
    let presets = if xml.contains("Offer") { vec![(9, Value::Text(header.into()))] } else { Vec::new() };
    let mut run = Run::with(xml, Settings { connection, presets, ..Settings::default() });
    run.start();
    run.requests[0].header_values("Sec-WebSocket-Extensions").map(str::to_owned).collect()
}

#[test]
fn conn_41_compression_is_offered_as_declared_or_as_the_operator_wants_it() {
    let session = format!(
        r#"<Params>{}</Params><HTTP><Session id="5" name="S"><Connection id="1"><Request verb="GET" url="/">
        <Headers><Header key="sec-websocket-extensions" pid="9"/></Headers></Request><Response statusCode="220"/>
        </Connection></Session></HTTP>"#,
        text(9, "Offer"),
    );
    let session = connector(&session).replace("<WebSocket>", "<WebSocketHandshake>5</WebSocketHandshake><WebSocket>");
    let plain = connector("");
    for (xml, header, compression, expected) in [
        (&plain, "", Compression::Declared, vec![]),
        (&plain, "", Compression::Offered, vec![OFFER]),
        (&plain, "", Compression::Off, vec![]),
        (&session, "permessage-deflate", Compression::Declared, vec!["permessage-deflate"]),
        (&session, "permessage-deflate", Compression::Offered, vec!["permessage-deflate"]),
        (&session, "permessage-deflate", Compression::Off, vec![]),
        (&session, "", Compression::Declared, vec![]), // CONN-44
        (&session, "", Compression::Offered, vec![OFFER]),
    ] {
        assert_eq!(offered(xml, header, compression), expected, "{header:?} {compression:?}");
    }
}
