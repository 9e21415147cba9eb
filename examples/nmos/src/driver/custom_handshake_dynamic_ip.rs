//! `custom-handshake-dynamic-ip.xml`, use case 4: custom handshake and dynamic IP.

use genlock::HookResult;

use super::{Receiver, Started, keep_session};
use crate::target::Target;

mod connector {
    genlock::include_protocol!("custom-handshake-dynamic-ip.xml");
}

use connector::{connections, pairs, params, triggers};

pub(crate) async fn start(target: &Target, receiver: Receiver) -> Started<connector::Protocol> {
    let (element, events) = connector::element("tally", receiver)
        .connection(connections::WEB_SOCKET_CONNECTION, |settings| target.reach(settings))
        // The URL gives host and port, the handshake session the path (CONN-62).
        .set(params::WEBSOCKET_URL, target.url())
        .set(params::HANDSHAKE_PATH, target.path())
        .start_with_events()
        .await?;
    let sender = element.clone();
    tokio::spawn(keep_session(element.watch(connections::WEB_SOCKET_CONNECTION), async move |command| {
        sender.send(pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request(command).await
    }));
    Ok((element, events))
}

impl connector::QActions for Receiver {
    /// `<QAction id="11" name="Parse Response" triggers="11">`
    fn parse_response(cx: &mut connector::Context<'_, Self>) -> HookResult {
        let Some(text) = cx.get(params::GENERIC_RESPONSE) else { return Ok(()) };
        let received = cx.state.receive(&text);
        // Once the value is cleared, an equal message is a change event again (RSP-18).
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)?;
        cx.log(received?.line);
        Ok(())
    }
}
