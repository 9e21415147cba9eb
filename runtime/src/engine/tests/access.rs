//! Logging in and proxies, as the session of a handshake asks for them.

use super::run::{Run, Settings};
use super::xml::{connector, text};
use crate::engine::opening::OpeningRequest;
use crate::value::Value;

/// The first opening request with a session that has `attributes` and `headers`; parameters 20 to 23 hold texts.
fn request(attributes: &str, headers: &str, presets: &[(u32, &str)]) -> Option<OpeningRequest> {
    let params: String = (20..24).map(|pid| text(pid, &format!("Text{pid}"))).collect();
    let xml = connector(&format!(
        r#"<Params>{params}</Params><HTTP><Session id="5" name="Handshake" {attributes}><Connection id="1" name="Handshake">
            <Request verb="GET" url="/ws"><Headers>{headers}</Headers></Request></Connection></Session></HTTP>"#
    ));
    let option = "<WebSocket>true</WebSocket>";
    let xml = xml.replace(option, &format!("{option}<WebSocketHandshake>5</WebSocketHandshake>"));
    let presets = presets.iter().map(|(pid, value)| (*pid, Value::Text((*value).into()))).collect();
    let mut run = Run::with(&xml, Settings { presets, ..Settings::default() });
    run.start();
    run.requests.into_iter().next()
}

fn authorization(attributes: &str, headers: &str, presets: &[(u32, &str)]) -> Vec<String> {
    let request = request(attributes, headers, presets).unwrap();
    request.header_values("Authorization").map(str::to_owned).collect()
}

#[test]
fn conn_45_credentials_are_sent_in_advance() {
    let login = r#"loginMethod="credentials" userName="20" password="21""#;
    let presets = [(20, "Aladdin"), (21, "open sesame")];
    let basic = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="; // RFC 7617, section 2
    assert_eq!(authorization(login, "", &presets), [basic]);
    let literal = r#"loginMethod="credentials" userName="Aladdin" password="open sesame""#;
    assert_eq!(authorization(literal, "", &[]), [basic]);
    // HTTP-40: an empty name or password is none.
    for presets in [&[(20, "Aladdin")][..], &[(21, "open sesame")], &[(20, ""), (21, "x")]] {
        assert_eq!(authorization(login, "", presets), [""; 0]);
    }
    assert_eq!(authorization(r#"userName="20" password="21""#, "", &presets), [""; 0]);
    let own = r#"<Header key="authorization" pid="22"/>"#;
    assert_eq!(authorization(login, own, &[(20, "u"), (21, "p"), (22, "Bearer x")]), ["Bearer x"]);
    assert_eq!(request(login, "", &[(20, "a:b"), (21, "p")]), None, "Basic has no room for a `:`");
}

#[test]
fn http_41_digits_are_the_id_of_a_parameter() {
    // Without such a parameter they are an error of the connector file (GL0412).
    let login = |user: &str| format!(r#"loginMethod="credentials" userName="{user}" password="x""#);
    let basic = |user: &str| [format!("Basic {}", data_encoding::BASE64.encode(format!("{user}:x").as_bytes()))];
    assert_eq!(authorization(&login("20"), "", &[(20, "operator")]), basic("operator"));
    assert_eq!(authorization(&login("20a"), "", &[(20, "operator")]), basic("20a"));
}

#[test]
fn conn_10_http_43_a_session_names_the_proxy_when_its_value_is_filled() {
    let proxy = |attributes, presets| request(attributes, "", presets).unwrap().to.proxy;
    let session = r#"proxyServer="20" proxyUser="21" proxyPassword="22""#;
    assert!(proxy(session, &[]).is_none());
    assert!(proxy(session, &[(20, " ")]).is_none());
    let named = proxy(session, &[(20, "proxy:3128")]).unwrap();
    assert_eq!((&*named.server, named.credentials), ("proxy:3128", None));
    let named = proxy(session, &[(20, "proxy:3128"), (21, "user"), (22, "secret")]).unwrap();
    assert_eq!(named.credentials, Some(["user".to_owned(), "secret".to_owned()]));
    assert_eq!(proxy(r#"proxyServer="proxy:3128""#, &[]).unwrap().server, "proxy:3128");
}

#[test]
fn conn_74_http_42_a_session_can_ask_for_a_client_certificate() {
    assert!(request(r#"loginMethod="certificate""#, "", &[]).unwrap().to.certificate);
    assert!(!request("", "", &[]).unwrap().to.certificate);
}
