//! Runs the entry points of a protocol on the user's state.

use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Context, Entry, EntryPoints};
use crate::engine::{Call, Engine, HookStep, Hooks};
use crate::error::HookResult;
use crate::panic::panic_text;
use crate::shell::{Clock, SLOW_HOOK};

/// Runs a protocol's entry points on the user's state.
pub(crate) struct Runner<'r, P, S> {
    state: &'r mut S,
    /// Times the hooks that others do not wait for; nested ones are part of those.
    clock: Option<&'r mut Clock>,
    protocol: PhantomData<fn() -> P>,
}

impl<'r, P, S> Runner<'r, P, S> {
    pub(crate) fn new(state: &'r mut S) -> Self {
        Self { state, clock: None, protocol: PhantomData }
    }

    /// Runs hooks and reports the slow ones (BEY-33).
    pub(crate) fn timed(state: &'r mut S, clock: &'r mut Clock) -> Self {
        Self { state, clock: Some(clock), protocol: PhantomData }
    }
}

impl<P: EntryPoints<S>, S: 'static> Hooks<'static> for Runner<'_, P, S> {
    /// A panic ends this run only, like an error (QA-34, REL-64). It unwinds the user's function and nothing of the
    /// engine, because every nested run is caught here as well; with `panic = "abort"` it ends the process.
    fn run(&mut self, engine: &mut Engine<'static>, call: &Call) -> HookResult {
        let position = engine.spec().hook(call.hook).entry;
        // The engine does not run queued ones: they leave it as an output.
        let Some(Entry::Inside(entry)) = P::entry(position, false) else { return Ok(()) };
        engine.note_step(|| HookStep::Began(call.clone()));
        let mut context = Context { state: &mut *self.state, engine, call, protocol: PhantomData };
        let result = catch_unwind(AssertUnwindSafe(|| entry(&mut context)))
            .unwrap_or_else(|panic| Err(format!("panicked: {}", panic_text(&*panic)).into()));
        report_if_slow(self.clock.as_deref_mut(), engine, call);
        engine.note_step(|| HookStep::Ended(result.as_ref().err().map(ToString::to_string)));
        result
    }
}

/// One reading of the clock a hook: that the element stood still is worth as much.
pub(super) fn report_if_slow(clock: Option<&mut Clock>, engine: &mut Engine<'static>, call: &Call) {
    let Some(took) = clock.map(Clock::lap) else { return };
    engine.measure_hook(call, took);
    if took > SLOW_HOOK {
        engine.note_step(|| HookStep::Slow { call: call.clone(), took });
        engine.slow_hook(call, took);
    }
}
