//! The execution queue: its zones and the ways in (QUE).

use serde_json::json;

use super::groups::Run;
use super::{Done, Model};

#[derive(Default)]
pub(super) struct Queue {
    /// Whether the protocol thread has started (LIFE-08).
    pub(super) is_running: bool,
    /// What waits, in the order in which it is taken.
    pub(super) waiting: Vec<Entry>,
    /// What interrupts the running group after its current item, in the order of the requests (QUE-10, QUE-11).
    pub(super) forced: Vec<Entry>,
    /// The group that runs, and above it the one that interrupted it.
    pub(super) running: Vec<Run>,
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) group: u32,
    pub(super) zone: Zone,
    /// The timer that put it there (QUE-15).
    pub(super) origin: Option<u32>,
    /// The timers that wait for it.
    pub(super) awaited_by: Vec<u32>,
}

/// QUE-02.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Forced,
    Front,
    Normal,
    Tail,
}

impl Queue {
    /// Whether a group waits; the running one has left the queue (QUE-08).
    pub(super) fn holds(&self, group: u32) -> bool {
        self.waiting.iter().chain(&self.forced).any(|entry| entry.group == group)
    }
}

impl Model<'_> {
    /// The seven ways in that are actions. Several ids keep their order (QUE-06, QUE-17).
    pub(super) fn queue(&mut self, way: &str, groups: &[u32]) -> Done {
        let mut place = 0;
        for group in groups {
            let queue = &mut self.element().queue;
            // QUE-07, ACT-14 to ACT-16.
            if way.starts_with("execute one") && queue.holds(*group) {
                continue;
            }
            let waiting = &mut queue.waiting;
            let entry = |zone| Entry { group: *group, zone, origin: None, awaited_by: Vec::new() };
            match way {
                "add to execute" | "execute one" => waiting.push(entry(Zone::Tail)),
                // QUE-04: in front of the first entry of the tail.
                "execute" | "execute one now" => {
                    let tail = waiting.iter().position(|entry| entry.zone == Zone::Tail).unwrap_or(waiting.len());
                    waiting.insert(tail, entry(Zone::Normal));
                }
                // QUE-05.
                "execute next" | "execute one top" => {
                    waiting.insert(place, entry(Zone::Front));
                    place += 1;
                }
                // QUE-10 to QUE-12: while nothing runs, that is the front of all.
                _ => queue.forced.push(entry(Zone::Forced)),
            }
            self.line("group", json!({ "id": group, "state": "queued" }))?;
        }
        Ok(())
    }

    /// The way in of a timer: the tail, unless the group waits already (QUE-09, TMR-12).
    pub(super) fn queue_by_timer(&mut self, timer: u32, group: u32) -> Done {
        let queue = &mut self.element().queue;
        // The one that runs first.
        if let Some(entry) = queue.forced.iter_mut().chain(&mut queue.waiting).find(|entry| entry.group == group) {
            entry.awaited_by.push(timer);
            return Ok(());
        }
        queue.waiting.push(Entry { group, zone: Zone::Tail, origin: Some(timer), awaited_by: vec![timer] });
        self.line("group", json!({ "id": group, "state": "queued" }))
    }
}
