//! What a received message costs in memory: nothing besides itself.
//!
//! The reference driver of `examples/nmos/nmos.xml` in virtual time, with a hook that reads the message and clears it.

use allocation_counter::measure;
use genlock::{HookResult, Text};

mod nmos {
    genlock::include_protocol!("../examples/nmos/nmos.xml", unhandled);
}

use nmos::{connections, params, triggers};

/// A state message of IS-07, 350 bytes.
const MESSAGE: &str = r#"{"identity":{"source_id":"7c3a4c4e-6ac7-4f7c-8f0a-3ed2f9a1b2c3","flow_id":"b1c6d0de-2a0b-4a54-9e0b-5d7f1a2b3c4d"},"event_type":"boolean","timing":{"creation_timestamp":"1700000000:123456789","origin_timestamp":"1700000000:123456789","action_timestamp":"1700000000:123456789"},"payload":{"value":true},"message_type":"state","label":"studio camera 1"}"#;

/// How many messages are counted.
const MESSAGES: u64 = 1000;

#[derive(Default)]
struct Tally {
    messages: u64,
    bytes: usize,
}

impl nmos::QActions for Tally {
    fn parse_response(cx: &mut nmos::Context<'_, Self>) -> HookResult {
        let Some(text) = cx.get(params::GENERIC_RESPONSE) else { return Ok(()) };
        cx.state.messages += 1;
        cx.state.bytes += text.len();
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }
}

/// Event, triggers, actions, hook, clear: none of them allocates, so a message costs its own memory and no more.
#[test]
fn a_message_that_is_read_and_cleared_allocates_nothing() {
    assert_eq!(MESSAGE.len(), 350);
    let mut camera = nmos::element("camera 1", Tally::default())
        .connection(connections::WEB_SOCKET_CONNECTION, |link| link.host("ws://127.0.0.1").port(8050))
        .simulate()
        .expect("the connector has all that it needs");
    camera.keep_trace(false);
    camera.accept(connections::WEB_SOCKET_CONNECTION);
    let message = Text::from(MESSAGE);
    // The first one brings buffers to the size that they keep.
    camera.receive(connections::WEB_SOCKET_CONNECTION, message.clone());
    let shared = measure(|| {
        for _ in 0..MESSAGES {
            camera.receive(connections::WEB_SOCKET_CONNECTION, message.clone());
        }
    });
    assert_eq!(camera.state().messages, 1 + MESSAGES);
    assert_eq!(camera.state().bytes, 350 * (1 + usize::try_from(MESSAGES).expect("a small number")));
    assert_eq!(shared.count_total, 0, "{shared:?}");
    // One that comes in memory of its own: that memory, and the count of those who share it.
    let copied = measure(|| camera.receive(connections::WEB_SOCKET_CONNECTION, MESSAGE));
    assert_eq!(copied.count_total, 2, "{copied:?}");
    assert_eq!(copied.count_current, 0, "cleared, so nobody holds it: {copied:?}");
}
