//! The hooks of the reference driver, as `examples/nmos` has them.

use super::ledger::Line;
use super::reference::{Context, QActions, params, triggers, values};
use crate::HookResult;

pub(super) struct Driver(pub(super) Line);

impl QActions for Driver {
    fn subscribe_when_open(cx: &mut Context<'_, Self>) -> HookResult {
        let open = cx.get(params::WEBSOCKET_STATUS) == Some(values::WebsocketStatus::Open);
        let sockets = cx.state.0.entries().sockets;
        if open && sockets != 1 {
            cx.state.0.violation(format!("the status parameter becomes Open with {sockets} sockets")); // REL-26
        }
        if !open {
            return Ok(());
        }
        let sources = cx.get(params::SOURCES).map(|sources| sources.to_string()).unwrap_or_default();
        cx.set(params::SUBSCRIPTION_REQUEST, format!(r#"{{"command":"subscription","sources":["{sources}"]}}"#))?;
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_SUBSCRIBE)
    }

    fn parse_response(cx: &mut Context<'_, Self>) -> HookResult {
        let Some(text) = cx.get(params::GENERIC_RESPONSE) else { return Ok(()) };
        let count = match &*text {
            super::device::STATE => params::STATE_COUNT,
            super::device::HEALTH => params::HEALTH_COUNT,
            other => return Err(format!("not from the device: {other:?}").into()),
        };
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)?;
        let seen = cx.get(count).unwrap_or_default();
        cx.set(count, seen + 1.0)
    }

    fn compose_health(cx: &mut Context<'_, Self>) -> HookResult {
        if cx.get(params::WEBSOCKET_STATUS) != Some(values::WebsocketStatus::Open) {
            return Ok(());
        }
        cx.set(params::WEBSOCKET_HEARTBEAT_REQUEST, r#"{"command":"health","timestamp":"1:0"}"#)?;
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_SEND_HEALTH)
    }
}
