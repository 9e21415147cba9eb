//! A run line by line: for people, or one JSON object a line.

use std::future::Future;
use std::io;
use std::time::Duration;

use genlock::sim::TraceLine;
use genlock::{Event, EventsError, LogLevel, StreamEntry};

use super::told::{self, Told};
use super::{Running, stop};
use crate::console::Console;

/// Prints what happens as it comes.
pub(super) struct Lines<'c> {
    is_json: bool,
    running: Running,
    console: &'c mut Console,
}

/// What comes next.
enum Next {
    Event(Result<Event, EventsError>),
    Stream(Result<StreamEntry, EventsError>),
    End(io::Result<()>),
}

impl<'c> Lines<'c> {
    pub(super) fn new(is_json: bool, running: Running, console: &'c mut Console) -> Self {
        Self { is_json, running, console }
    }

    /// Prints until the element has stopped, which it does once `ends` is over.
    pub(super) async fn print(mut self, ends: impl Future<Output = io::Result<()>>) -> io::Result<()> {
        let element = self.running.element.clone();
        let ends = async {
            let end = ends.await;
            stop(element).await;
            end
        };
        let mut ends = std::pin::pin!(ends);
        let mut ended = None;
        for note in std::mem::take(&mut self.running.notes) {
            self.event(Duration::ZERO, &note)?;
        }
        let mut streams = true;
        loop {
            let next = tokio::select! {
                biased; // the end first, whatever floods the rest
                end = &mut ends, if ended.is_none() => Next::End(end),
                event = self.running.events.next() => Next::Event(event),
                entry = self.running.stream.next(), if streams => Next::Stream(entry),
            };
            let at = self.running.began.elapsed();
            match next {
                Next::End(end) => ended = Some(end),
                Next::Event(Ok(event)) => self.event(at, &event)?,
                Next::Event(Err(EventsError::Missed(count))) => self.missed(at, count, "events")?,
                Next::Event(Err(_)) => return ended.unwrap_or(Ok(())),
                Next::Stream(Ok(entry)) => self.stream(at, &entry)?,
                Next::Stream(Err(EventsError::Missed(count))) => self.missed(at, count, "messages")?,
                Next::Stream(Err(_)) => streams = false,
            }
        }
    }

    fn event(&mut self, at: Duration, event: &Event) -> io::Result<()> {
        if self.is_json {
            return self.line(&TraceLine::of_event(milliseconds(at), event));
        }
        told::of_event(&self.running.sheet, event).map_or(Ok(()), |told| self.told(at, &told))
    }

    fn stream(&mut self, at: Duration, entry: &StreamEntry) -> io::Result<()> {
        if self.is_json {
            return self.line(&TraceLine::of_stream(milliseconds(at), entry));
        }
        self.told(at, &told::of_stream(&self.running.sheet, entry))
    }

    fn missed(&mut self, at: Duration, count: u64, what: &str) -> io::Result<()> {
        let told = told::missed(count, what);
        if self.is_json {
            return self.event(at, &Event::Log { level: LogLevel::Warning, text: told.text });
        }
        self.told(at, &told)
    }

    fn told(&mut self, at: Duration, told: &Told) -> io::Result<()> {
        self.line(&format_args!("{:>10.3}  {:<9}  {}", at.as_secs_f64(), told.kind.word(), told.text))
    }

    /// One line, at once: whoever reads it waits for it.
    fn line(&mut self, line: &dyn std::fmt::Display) -> io::Result<()> {
        writeln!(self.console.out, "{line}")?;
        self.console.out.flush()
    }
}

fn milliseconds(at: Duration) -> u64 {
    u64::try_from(at.as_millis()).unwrap_or(u64::MAX)
}
