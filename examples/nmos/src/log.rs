//! The time-stamped lines that the two programs print.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Longer lines are cut, in characters.
const LINE_LIMIT: usize = 300;

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
        self.text(presentable(&format!("{seconds:7.3}  {actor}  {what:<12}  {rest}")));
    }

    /// Writes a text of the program's own as it is.
    pub fn text(&self, text: impl fmt::Display) {
        let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
        // A reader that went away (`nmos | head`) is no reason to stop the driver.
        let _ = writeln!(sink, "{text}").and_then(|()| sink.flush());
    }
}

/// The line without what a peer could do to a terminal: no control characters, no endless text.
fn presentable(line: &str) -> String {
    let mut presentable = String::with_capacity(line.len().min(LINE_LIMIT));
    for (count, character) in line.trim_end().chars().enumerate() {
        if count == LINE_LIMIT {
            presentable.push('…');
            break;
        }
        presentable.push(if character.is_control() { '\u{fffd}' } else { character });
    }
    presentable
}

impl fmt::Debug for Log {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Log").field("started", &self.started).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_of_bounded_length() {
        assert_eq!(presentable("state  \u{1b}[2Jon\r\n  "), "state  \u{fffd}[2Jon");
        let long = presentable(&"é".repeat(1_000));
        assert_eq!(long.chars().count(), LINE_LIMIT + 1);
        assert!(long.ends_with('…'));
    }
}
