//! The hooks of the driver.

use super::connector::{Context, QActions, params, triggers};
use super::lines::Lines;
use crate::HookResult;

pub(super) struct Driver(pub(super) Lines);

/// What a status parameter says of an open connection.
const OPEN: f64 = 1.0;

impl QActions for Driver {
    fn level_when_open(cx: &mut Context<'_, Self>) -> HookResult {
        if cx.get(params::CONTROL_STATUS) != Some(OPEN) {
            return Ok(());
        }
        cx.state.0.opened(0);
        Self::send_level(cx)
    }

    fn watch_when_open(cx: &mut Context<'_, Self>) -> HookResult {
        if cx.get(params::METERS_STATUS) == Some(OPEN) {
            cx.state.0.opened(1);
        }
        Ok(())
    }

    fn send_level(cx: &mut Context<'_, Self>) -> HookResult {
        let Some(level) = cx.get(params::LEVEL) else { return Ok(()) };
        cx.set(params::LEVEL_REQUEST, format!("level:{level}"))?;
        cx.check_trigger(triggers::SEND_THE_LEVEL)
    }

    fn take_control_tick(cx: &mut Context<'_, Self>) -> HookResult {
        if let Some(tick) = cx.get(params::CONTROL_TICK) {
            cx.state.0.ticked(0, &tick);
        }
        Ok(())
    }

    fn take_meters_tick(cx: &mut Context<'_, Self>) -> HookResult {
        if let Some(tick) = cx.get(params::METERS_TICK) {
            cx.state.0.ticked(1, &tick);
        }
        Ok(())
    }

    fn take_details(cx: &mut Context<'_, Self>) -> HookResult {
        let Some(details) = cx.get(params::RESOURCE_DETAILS) else { return Ok(()) };
        if let Some(number) = details.strip_prefix(super::web::DETAILS).and_then(|number| number.parse().ok()) {
            cx.state.0.requests().body(number);
        }
        cx.check_trigger(triggers::FORGET_THE_DETAILS)
    }
}
