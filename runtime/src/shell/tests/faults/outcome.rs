//! What a schedule came to, and all of them.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use allocation_counter::AllocationInfo;

use super::super::peer::soon;
use super::ledger::{Ledger, Line};

/// How much memory a whole schedule may hold at a time: element, pipes and devices.
const MEMORY: u64 = 2 << 20;

/// What a schedule, or all of them, came to.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) violations: Vec<String>,
    dialled: u64,
    refused: u64,
    spoilt: u64,
    pub(super) opened: u64,
    virtual_time: Duration,
    pub(super) way_back: Duration,
    /// How many messages came unasked, and how many of them behind a later one of another connection.
    pub(super) messages: u64,
    pub(super) reordered: u64,
    /// How many HTTP requests were answered, and how many were given up.
    pub(super) answered: u64,
    pub(super) failed: u64,
    /// The longest wait for the end of a command.
    pub(super) longest_command: Duration,
    memory: u64,
}

impl Outcome {
    pub(super) fn new(ledger: &Ledger) -> Self {
        Self { violations: ledger.take_violations(), virtual_time: ledger.elapsed(), ..Self::default() }
    }

    /// Of a schedule that was not carried out.
    pub(super) fn panicked() -> Self {
        Self { violations: vec!["it panicked; the panic is told above".to_owned()], ..Self::default() }
    }

    pub(super) fn add_line(&mut self, line: &Line) {
        let entries = line.entries();
        self.dialled += entries.dialled;
        self.refused += entries.refused;
        self.spoilt += entries.spoilt;
        self.messages += entries.ticks.received;
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.dialled += other.dialled;
        self.refused += other.refused;
        self.spoilt += other.spoilt;
        self.opened += other.opened;
        self.virtual_time += other.virtual_time;
        self.way_back = self.way_back.max(other.way_back);
        self.messages += other.messages;
        self.reordered += other.reordered;
        self.answered += other.answered;
        self.failed += other.failed;
        self.longest_command = self.longest_command.max(other.longest_command);
        self.memory = self.memory.max(other.memory);
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { dialled, refused, spoilt, opened, .. } = self;
        write!(f, "connections {dialled} ({refused} refused, {spoilt} spoilt), opened {opened}, ")?;
        if self.messages > 0 {
            write!(f, "messages unasked {} ({} across connections), ", self.messages, self.reordered)?;
            write!(f, "requests answered {}, given up {}, ", self.answered, self.failed)?;
            write!(f, "longest command {:.1} s, ", self.longest_command.as_secs_f64())?;
        }
        write!(
            f,
            "{:.0} h of virtual time, longest way back {:.1} s, at most {} KiB",
            self.virtual_time.as_secs_f64() / 3600.0,
            self.way_back.as_secs_f64(),
            self.memory / 1024,
        )
    }
}

/// Runs one schedule in paused time, and looks at the memory that it took.
pub(super) fn measured(schedule: impl Future<Output = Outcome>) -> Outcome {
    let mut outcome = Outcome::default();
    let memory: AllocationInfo = allocation_counter::measure(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let mut result = runtime.block_on(soon(schedule));
        drop(runtime);
        // What is handed out is not what the schedule left behind.
        let violations = std::mem::take(&mut result.violations);
        outcome = result;
        allocation_counter::opt_out(|| outcome.violations = violations.iter().map(ToString::to_string).collect());
    });
    outcome.memory = memory.bytes_max;
    if memory.bytes_current != 0 {
        outcome.violations.push(format!("{} bytes are left over", memory.bytes_current));
    }
    if memory.bytes_max > MEMORY {
        outcome.violations.push(format!("{} bytes were held at a time", memory.bytes_max));
    }
    outcome
}
