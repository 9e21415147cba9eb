//! Records of live runs, and their replay.
//!
//! The engine reads no clock, no socket and no random source, so a run is what it was told: the settings, the seed and
//! the inputs with their times. Hooks are the user's code; a record has what they did, so a replay runs none of them.
//!
//! A record is a list of JSON objects, one a line. The first line is the [`Header`], every other one an [`Entry`]:
//!
//! | key | what |
//! |---|---|
//! | `us` | when, in microseconds since the element was made |
//! | `input` | what the engine was told: `"start"`, `"tick"` (time has passed), `{"received":{"connection":1,"attempt":1,"text":"…"}}`, … |
//! | `runs` | the hooks that ran, in the order in which they began, with what each did; left out when there was none |
//! | `inside` | what a queued hook did in the element just before; the input is the tick that ends it |
//! | `trace` | what came of it, as in the trace of a simulation but without `at`; left out when there was nothing |
//!
//! A replay compares what comes of each input with `trace`.

mod format;
mod inputs;
mod reason;
mod recorder;
mod replay;
mod settings;
mod value;

#[cfg(feature = "tokio")]
pub(crate) use recorder::Recorder;
pub use replay::{ReplayError, replay};
