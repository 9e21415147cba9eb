//! The execution queue: its zones and the ways in (QUE).

use serde_json::json;

use super::groups::Run;
use super::{Done, Model};
use crate::protocol::GroupType;

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

/// What an entry runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Group(u32),
    /// One pair, by the API.
    Pair(u32),
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) work: Work,
    /// For each of its pairs the bytes, if it carries any (CMD-10).
    pub(super) frozen: Vec<Option<String>>,
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
    /// QUE-04: in front of the first entry of the tail.
    fn push_normal(&mut self, entry: Entry) {
        let tail = self.waiting.iter().position(|entry| entry.zone == Zone::Tail).unwrap_or(self.waiting.len());
        self.waiting.insert(tail, entry);
    }

    /// Whether a group waits; the running one has left the queue (QUE-08).
    pub(super) fn holds(&self, group: u32) -> bool {
        self.waiting.iter().chain(&self.forced).any(|entry| entry.work == Work::Group(group))
    }
}

impl Model<'_> {
    /// The seven ways in that are actions. Several ids keep their order (QUE-06, QUE-17).
    pub(super) fn queue(&mut self, way: &str, groups: &[u32]) -> Done {
        let mut before: Option<Work> = None;
        for group in groups {
            // QUE-07, ACT-14 to ACT-16.
            if way.starts_with("execute one") && self.element().queue.holds(*group) {
                continue;
            }
            let work = Work::Group(*group);
            let frozen = self.freeze(work)?;
            let queue = &mut self.element().queue;
            let waiting = &mut queue.waiting;
            let entry = |zone| Entry { work, frozen, zone, origin: None, awaited_by: Vec::new() };
            match way {
                "add to execute" | "execute one" => waiting.push(entry(Zone::Tail)),
                "execute" | "execute one now" => queue.push_normal(entry(Zone::Normal)),
                // QUE-05.
                "execute next" | "execute one top" => {
                    let earlier = before.and_then(|work| waiting.iter().position(|entry| entry.work == work));
                    waiting.insert(earlier.map_or(0, |earlier| earlier + 1), entry(Zone::Front));
                    before = Some(work);
                }
                // QUE-10 to QUE-12: while nothing runs, that is the front of all.
                _ => queue.forced.push(entry(Zone::Forced)),
            }
            self.line("group", json!({ "id": group, "state": "queued" }))?;
            self.pairs_wait(work)?;
        }
        Ok(())
    }

    /// A pair that the API sends, as `execute` does.
    pub(super) fn queue_pair(&mut self, pair: u32) -> Done {
        let work = Work::Pair(pair);
        let frozen = self.freeze(work)?;
        let entry = Entry { work, frozen, zone: Zone::Normal, origin: None, awaited_by: Vec::new() };
        self.element().queue.push_normal(entry);
        self.pairs_wait(work)
    }

    /// The pairs that an entry sends, in order.
    pub(super) fn pairs_of(&self, work: Work) -> Vec<u32> {
        match work {
            Work::Pair(pair) => vec![pair],
            Work::Group(group) if self.group(group).kind == GroupType::Poll => {
                self.group(group).items.iter().map(|(pair, _)| *pair).collect()
            }
            Work::Group(_) => Vec::new(),
        }
    }

    /// The way in of a timer: the tail, unless the group waits already (QUE-09, TMR-12).
    pub(super) fn queue_by_timer(&mut self, timer: u32, group: u32) -> Done {
        let work = Work::Group(group);
        let queue = &mut self.element().queue;
        // The one that runs first.
        if let Some(entry) = queue.forced.iter_mut().chain(&mut queue.waiting).find(|entry| entry.work == work) {
            entry.awaited_by.push(timer);
            return Ok(());
        }
        let frozen = self.freeze(work)?;
        let entry = Entry { work, frozen, zone: Zone::Tail, origin: Some(timer), awaited_by: vec![timer] };
        self.element().queue.waiting.push(entry);
        self.line("group", json!({ "id": group, "state": "queued" }))?;
        self.pairs_wait(work)
    }
}
