//! What a run came to.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

/// The figures of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// The connector file.
    pub connector: String,
    /// The use case that it is made for.
    pub use_case: &'static str,
    /// The address of the device.
    pub device: String,
    /// How often the connection opened.
    pub open: u64,
    /// How often it opened again after it was lost.
    pub reconnects: u64,
    /// How long it was lost, in sum.
    pub down: Duration,
    /// `subscription` commands sent.
    pub subscriptions: u64,
    /// `health` commands sent.
    pub health_sent: u64,
    /// `health` commands answered.
    pub health: u64,
    /// The longest time from the time stamp of a command to its answer.
    pub slowest_health: Duration,
    /// States received.
    pub states: u64,
    /// Of these, `true`.
    pub states_on: u64,
    /// Of these, `false`.
    pub states_off: u64,
    /// Messages received, and how many of them were compressed.
    pub received: Messages,
    /// Messages sent, and how many of them were compressed.
    pub sent: Messages,
    /// States that the device sent and the driver never saw, plus commands that reached no open socket. The first part is
    /// known only for a device in this process.
    pub lost: u64,
    /// Messages that could not be read.
    pub unreadable: u64,
    /// Whether a device in this process was to break the connection off.
    pub drop_planned: bool,
}

/// A number of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    /// All of them.
    pub all: u64,
    /// The compressed ones.
    pub compressed: u64,
}

impl fmt::Display for Messages {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({} compressed)", self.all, self.compressed)
    }
}

/// What `--summary json` prints. Names and order are relied on by scripts.
#[derive(Serialize)]
struct Line<'s> {
    open: u64,
    reconnects: u64,
    health: u64,
    states: u64,
    lost: u64,
    compressed_received: u64,
    compressed_sent: u64,
    connector: &'s str,
}

impl Summary {
    /// The summary as one line of JSON.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&Line {
            open: self.open,
            reconnects: self.reconnects,
            health: self.health,
            states: self.states,
            lost: self.lost,
            compressed_received: self.received.compressed,
            compressed_sent: self.sent.compressed,
            connector: &self.connector,
        })
    }

    /// What went wrong, if anything did.
    pub fn faults(&self) -> Vec<String> {
        if self.open == 0 {
            return vec![format!("the connection to {} never opened", self.device)];
        }
        let mut faults = Vec::new();
        if self.states == 0 {
            faults.push("no state arrived".to_owned());
        }
        if self.drop_planned && self.reconnects == 0 {
            faults.push("the device broke the connection off, and the driver did not come back".to_owned());
        }
        if self.lost > 0 {
            faults.push(format!("{} messages were lost", self.lost));
        }
        if self.unreadable > 0 {
            faults.push(format!("{} messages could not be read", self.unreadable));
        }
        faults
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { open, reconnects, subscriptions, states, states_on, states_off, lost, .. } = self;
        writeln!(formatter, "connector      {}, {}", self.connector, self.use_case)?;
        writeln!(formatter, "device         {}", self.device)?;
        write!(formatter, "connection     opened {open} x")?;
        if *reconnects > 0 {
            write!(formatter, ", {reconnects} of them again; {:.2} s without", self.down.as_secs_f64())?;
        }
        writeln!(formatter)?;
        writeln!(formatter, "subscriptions  {subscriptions} sent")?;
        write!(formatter, "health         {} sent, {} answered", self.health_sent, self.health)?;
        if self.health > 0 {
            write!(
                formatter,
                ", at most {:.1} ms after their time stamps",
                self.slowest_health.as_secs_f64() * 1000.0
            )?;
        }
        writeln!(formatter)?;
        writeln!(formatter, "states         {states} received ({states_on} on, {states_off} off), {lost} lost")?;
        write!(formatter, "messages       received {}, sent {}", self.received, self.sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Summary {
        Summary { open: 2, reconnects: 1, health: 4, states: 40, drop_planned: true, ..Summary::default() }
    }

    #[test]
    fn the_json_line_begins_with_the_figures_that_scripts_read() {
        let line = good().to_json().unwrap();
        assert!(line.starts_with(r#"{"open":2,"reconnects":1,"health":4,"states":40,"lost":0,"#), "{line}");
    }

    #[test]
    fn each_fault_is_named() {
        assert!(good().faults().is_empty());
        for (summary, fault) in [
            (Summary { open: 0, ..good() }, "never opened"),
            (Summary { states: 0, ..good() }, "no state"),
            (Summary { reconnects: 0, ..good() }, "did not come back"),
            (Summary { lost: 3, ..good() }, "3 messages were lost"),
            (Summary { unreadable: 1, ..good() }, "could not be read"),
        ] {
            let faults = summary.faults();
            assert!(faults.len() == 1 && faults[0].contains(fault), "{fault}: {faults:?}");
        }
        assert!(Summary { reconnects: 0, drop_planned: false, ..good() }.faults().is_empty());
    }
}
