//! Runs the entry points of a protocol on the user's state.

use std::any::Any;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Context, Entry, EntryPoints};
use crate::engine::{Call, Engine, Hooks};
use crate::error::HookResult;

/// Runs a protocol's entry points on the user's state.
pub(crate) struct Runner<'r, P, S> {
    state: &'r mut S,
    protocol: PhantomData<fn() -> P>,
}

impl<'r, P, S> Runner<'r, P, S> {
    pub(crate) fn new(state: &'r mut S) -> Self {
        Self { state, protocol: PhantomData }
    }
}

impl<P: EntryPoints<S>, S: 'static> Hooks<'static> for Runner<'_, P, S> {
    /// A panic ends this run only, like an error (QA-34, REL-64). It unwinds the user's function and nothing of the
    /// engine, because every nested run is caught here as well; with `panic = "abort"` it ends the process.
    fn run(&mut self, engine: &mut Engine<'static>, call: &Call) -> HookResult {
        let entry = engine.spec().hook(call.hook).entry as usize;
        // The engine does not run queued ones: they leave it as an output.
        let Some(Entry::Inside(entry)) = P::ENTRIES.get(entry) else { return Ok(()) };
        let mut context = Context { state: &mut *self.state, engine, call, protocol: PhantomData };
        catch_unwind(AssertUnwindSafe(|| entry(&mut context)))
            .unwrap_or_else(|panic| Err(format!("panicked: {}", panic_text(&*panic)).into()))
    }
}

pub(super) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a value that is no text")
}
