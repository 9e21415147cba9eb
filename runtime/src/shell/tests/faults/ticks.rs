//! The messages that a device sends unasked: each arrives once, in order, and at once where nothing is wrong on its way.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// How long a message may be on a way on which nothing is wrong, whatever happens on others.
const LONGEST: Duration = Duration::from_millis(50);

/// A message, as it is written: which connection it is of, its number there, and when it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) connection: u64,
    pub(super) number: u64,
    /// Its number among those of all connections.
    pub(super) overall: u64,
    pub(super) sent: Duration,
}

impl fmt::Display for Tick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.connection, self.number, self.overall, self.sent.as_micros())
    }
}

impl FromStr for Tick {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers: Result<Vec<u64>, _> = text.split(':').map(str::parse).collect();
        match numbers.as_deref() {
            Ok(&[connection, number, overall, sent]) => {
                Ok(Self { connection, number, overall, sent: Duration::from_micros(sent) })
            }
            _ => Err(format!("a message that nobody sent: {text:?}")),
        }
    }
}

/// The messages of one line, as the driver's hook sees them.
#[derive(Debug, Default)]
pub(super) struct Ticks {
    connection: u64,
    next: u64,
    pub(super) received: u64,
}

impl Ticks {
    /// A message has come. `is_well`: nothing is wrong on its way.
    pub(super) fn received(&mut self, tick: Tick, now: Duration, is_well: bool) -> Result<(), String> {
        self.received += 1;
        if tick.connection > self.connection {
            (self.connection, self.next) = (tick.connection, 0);
        }
        let expected = (self.connection, self.next);
        self.next = tick.number + 1;
        if (tick.connection, tick.number) != expected {
            return Err(format!("{tick:?} comes where {expected:?} is due"));
        }
        let took = now.saturating_sub(tick.sent);
        if is_well && took > LONGEST {
            return Err(format!("{tick:?} took {took:?} on a line that is well"));
        }
        Ok(())
    }

    /// All that was sent on a connection must have come.
    pub(super) fn all(&self, connection: u64, sent: u64) -> Result<(), String> {
        let came = if self.connection == connection { self.next } else { 0 };
        if came == sent { Ok(()) } else { Err(format!("{came} of {sent} messages came")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(ticks: &[(u64, u64, u64)]) -> Result<(), String> {
        let mut seen = Ticks::default();
        for &(connection, number, ms) in ticks {
            let tick = Tick { connection, number, overall: 0, sent: Duration::from_secs(1) };
            assert_eq!(tick.to_string().parse(), Ok(tick));
            seen.received(tick, Duration::from_millis(1000 + ms), true)?;
        }
        seen.all(2, 2)
    }

    #[test]
    fn what_comes_in_order_is_right_and_a_broken_run_is_reported() {
        assert_eq!(run(&[(1, 0, 0), (1, 1, 0), (2, 0, 0), (2, 1, 50)]), Ok(()));
        assert!(run(&[(2, 1, 0)]).is_err(), "the first one is lost");
        assert!(run(&[(2, 0, 0)]).is_err(), "the last one is lost");
        assert!(run(&[(2, 0, 0), (2, 0, 0)]).is_err(), "twice");
        assert!(run(&[(2, 0, 0), (2, 1, 0), (1, 2, 0)]).is_err(), "of a connection that is gone");
        assert!(run(&[(2, 0, 0), (2, 1, 51)]).is_err(), "late");
    }
}
