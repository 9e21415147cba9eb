//! `dynamic-ip.xml`, use case 2: dynamic IP.

use genlock::HookResult;

use super::{Receiver, Started, keep_session};
use crate::target::Target;

mod connector {
    genlock::include_protocol!("dynamic-ip.xml");
}

use connector::{connections, pairs, params, triggers};

pub(crate) async fn start(target: &Target, receiver: Receiver) -> Started<connector::Protocol> {
    let (element, events) = connector::element("tally", receiver)
        .connection(connections::WEB_SOCKET_CONNECTION, |settings| target.reach(settings))
        .set(params::WEBSOCKET_URL, target.url())
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
