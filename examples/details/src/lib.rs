//! The driver: a WebSocket names the resource that has changed, and a request over HTTP reads it.

/// Everything in `details.xml`.
pub mod protocol {
    genlock::include_protocol!("details.xml");
}

use protocol::{Context, QActions, params, triggers};

/// What the hooks of one element keep: what is to be done with details.
#[derive(Debug)]
pub struct Driver<F>(pub F);

impl<F: FnMut(&str, &str) + Send + 'static> QActions for Driver<F> {
    /// The WebSocket has named a resource. The request is fixed when its group is queued, so the next message can't change
    /// it.
    fn resource_changed(cx: &mut Context<'_, Self>) -> genlock::HookResult {
        let Some(resource) = cx.get(params::CHANGED_RESOURCE) else { return Ok(()) };
        cx.set(params::RESOURCE_PATH, format!("resources/{resource}"))?;
        cx.check_trigger(triggers::READ_DETAILS)?;
        // So that the same name counts as a change the next time.
        cx.check_trigger(triggers::FORGET_THE_LAST_CHANGE)
    }

    /// The answer is there: its body comes last, so everything else of it is known.
    fn take_details(cx: &mut Context<'_, Self>) -> genlock::HookResult {
        let (status, details) = (cx.get(params::DETAILS_STATUS), cx.get(params::RESOURCE_DETAILS));
        if let (Some(status), Some(details)) = (status, details) {
            (cx.state.0)(&status, &details);
        }
        cx.check_trigger(triggers::FORGET_THE_LAST_DETAILS)
    }
}
