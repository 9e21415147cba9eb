//! `nmos.xml`, the reference driver: custom handshake and dynamic IP, subscription when open, health by timer.

use genlock::HookResult;

use super::{Received, Receiver, Started};
use crate::is07::{Command, Message, State};
use crate::target::Target;

/// Everything in `nmos.xml`, checked and typed at compile time.
mod nmos {
    genlock::include_protocol!("nmos.xml");
}

use nmos::values::{Tally, WebsocketStatus};
use nmos::{connections, params, triggers};

pub(crate) async fn start(target: &Target, receiver: Receiver) -> Started<nmos::Protocol> {
    nmos::element("tally", receiver)
        .connection(connections::WEB_SOCKET_CONNECTION, |settings| target.reach(settings))
        .set(params::WEBSOCKET_URL, target.url())
        // In use case 4 the path comes from the handshake session, not from the URL (CONN-62).
        .set(params::HANDSHAKE_PATH, target.path())
        .start_with_events()
        .await
}

impl nmos::QActions for Receiver {
    /// `<QAction id="7" name="Subscribe When Open" triggers="7">`: also after every reconnect, as the device remembers
    /// nothing (IS-07 "Transport - Websocket", section 4).
    fn subscribe_when_open(cx: &mut nmos::Context<'_, Self>) -> HookResult {
        if cx.get(params::WEBSOCKET_STATUS) != Some(WebsocketStatus::Open) {
            return Ok(());
        }
        let sources = cx.get(params::SOURCES).map(|list| list.split(';').map(str::to_owned).collect());
        let subscription = Command::Subscription { sources: sources.unwrap_or_default() };
        cx.set(params::SUBSCRIPTION_REQUEST, subscription.to_json()?)?;
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_SUBSCRIBE)
    }

    /// `<QAction id="11" name="Parse Response" triggers="11">`
    fn parse_response(cx: &mut nmos::Context<'_, Self>) -> HookResult {
        let Some(text) = cx.get(params::GENERIC_RESPONSE) else { return Ok(()) };
        let received = cx.state.receive(&text);
        // Once the value is cleared, an equal message is a change event again (RSP-18).
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)?;
        let Received { message, line } = received?;
        cx.log(line);
        match message {
            Message::State(state) => keep_state(cx, &state),
            Message::Health { .. } => {
                let count = cx.get(params::HEALTH_COUNT).unwrap_or_default() + 1.0;
                cx.set(params::HEALTH_COUNT, count)
            }
            Message::Reboot { .. } => cx.set(params::DEVICE_NOTICE, "reboot"),
            Message::Shutdown { .. } => cx.set(params::DEVICE_NOTICE, "shutdown"),
            Message::Other => Ok(()),
        }
    }

    /// `<QAction id="20" name="Compose Health" triggers="20">`: run by the timer, every 5 s.
    fn compose_health(cx: &mut nmos::Context<'_, Self>) -> HookResult {
        if cx.get(params::WEBSOCKET_STATUS) != Some(WebsocketStatus::Open) {
            return Ok(());
        }
        cx.set(params::WEBSOCKET_HEARTBEAT_REQUEST, Command::health_now().to_json()?)?;
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_SEND_HEALTH)
    }
}

fn keep_state(cx: &mut nmos::Context<'_, Receiver>, state: &State) -> HookResult {
    if let Some(on) = state.boolean() {
        cx.set(params::TALLY, if on { Tally::On } else { Tally::Off })?;
    }
    cx.set(params::SOURCE, state.identity.source_id.as_str())?;
    let count = cx.get(params::STATE_COUNT).unwrap_or_default() + 1.0;
    cx.set(params::STATE_COUNT, count)
}
