//! The record of a run, when one is wanted; one branch an input when not.

use crate::engine::{Engine, Input, Output, Time};
use crate::error::Error;
#[cfg(feature = "sim")]
use crate::sim::Recorder;

/// Hands what happens in an element to its [`Recorder`](crate::sim::Recorder), as long as that can write.
#[derive(Debug, Default)]
pub(super) struct Recording {
    #[cfg(feature = "sim")]
    recorder: Option<Recorder>,
}

#[cfg(feature = "sim")]
impl Recording {
    pub(super) fn start(&mut self, recorder: Recorder, engine: &mut Engine<'static>) {
        engine.set_recorded(true);
        self.recorder = Some(recorder);
    }

    pub(super) fn is_on(&self) -> bool {
        self.recorder.is_some()
    }

    pub(super) fn begin(&mut self, engine: &Engine<'static>, input: &Input, now: Time) {
        if let Some(recorder) = &mut self.recorder {
            recorder.begin(engine.spec(), input, now);
        }
    }

    pub(super) fn begin_inside(&mut self, now: Time) {
        if let Some(recorder) = &mut self.recorder {
            recorder.begin_inside(now);
        }
    }

    pub(super) fn output(&mut self, engine: &Engine<'static>, output: &Output) {
        if let Some(recorder) = &mut self.recorder {
            recorder.output(engine.spec(), output);
        }
    }

    pub(super) fn end(&mut self, engine: &mut Engine<'static>, result: &Result<(), Error>, stopped: bool) {
        let Some(recorder) = &mut self.recorder else { return };
        let mut written = recorder.end(result);
        if stopped {
            written = written.and_then(|()| recorder.finish());
        }
        if let Err(error) = written {
            let element = engine.name();
            tracing::error!(target: "genlock::record", element, "the record of the run ends here, because it can't be written: {error}");
            engine.set_recorded(false);
            self.recorder = None;
        }
    }
}

/// A build without the simulator has nothing that reads a record.
#[cfg(not(feature = "sim"))]
#[expect(clippy::unused_self, reason = "the same calls as with the simulator")]
impl Recording {
    pub(super) fn is_on(&self) -> bool {
        false
    }

    pub(super) fn begin(&mut self, _: &Engine<'static>, _: &Input, _: Time) {}

    pub(super) fn begin_inside(&mut self, _: Time) {}

    pub(super) fn output(&mut self, _: &Engine<'static>, _: &Output) {}

    pub(super) fn end(&mut self, _: &mut Engine<'static>, _: &Result<(), Error>, _: bool) {}
}
