//! The time-stamped lines that the two programs print.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Who a line speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The device, i.e. the IS-07 server.
    Device,
    /// The driver that genlock generated, i.e. the client.
    Driver,
}

/// Writes one line an event: seconds since the start, who, what, the rest. Clones write to the same place.
#[derive(Clone)]
pub struct Log {
    started: Instant,
    sink: Arc<Mutex<dyn Write + Send>>,
}

impl Log {
    /// A log on standard output that starts now.
    pub fn stdout() -> Self {
        Self::to(io::stdout())
    }

    /// A log that goes to `sink` and starts now.
    pub fn to(sink: impl Write + Send + 'static) -> Self {
        Self { started: Instant::now(), sink: Arc::new(Mutex::new(sink)) }
    }

    /// Writes `12.345  driver  open        <rest>`.
    pub fn line(&self, actor: Actor, what: &str, rest: impl fmt::Display) {
        let seconds = self.started.elapsed().as_secs_f64();
        let actor = match actor {
            Actor::Device => "device",
            Actor::Driver => "driver",
        };
        self.text(format_args!("{seconds:7.3}  {actor}  {what:<12}{rest}"));
    }

    /// Writes a line as it is.
    pub fn text(&self, line: impl fmt::Display) {
        let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
        // A reader that went away (`nmos | head`) is no reason to stop the driver.
        let _ = writeln!(sink, "{line}").and_then(|()| sink.flush());
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Log").field("started", &self.started).finish_non_exhaustive()
    }
}
