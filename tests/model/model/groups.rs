//! Groups that run (GRP), on the protocol thread and on the thread of a timer.

use serde_json::json;

use super::queue::{Entry, Work, Zone};
use super::{Deadline, Done, Element, Model};
use crate::protocol::{Group, GroupType, Item};

/// A group that runs from the queue.
pub(super) struct Run {
    entry: Entry,
    /// How many of its items were begun.
    begun: usize,
    is_skipped: bool,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its next item can begin, or a pair of it is under way.
    Ready,
    /// A pause behind an item (GRP-14).
    Pausing,
    /// The pause behind the whole group (TMR-11) has begun.
    Resting,
    /// All of it is over.
    Over,
}

impl super::queue::Queue {
    /// A pause is over.
    pub(super) fn resume(&mut self) {
        if let Some(run) = self.running.last_mut() {
            run.state = match run.state {
                State::Pausing => State::Ready,
                _ => State::Over,
            };
        }
    }
}

impl<'p> Model<'p> {
    pub(super) fn group(&self, id: u32) -> &'p Group {
        self.protocol.groups.iter().find(|group| group.id == id).unwrap()
    }

    /// The protocol thread, as far as it comes now.
    pub(super) fn work(&mut self) -> Done {
        loop {
            let Some(Element { queue, exchange, .. }) = &mut self.element else { return Ok(()) };
            if !queue.is_running || exchange.is_some() {
                return Ok(());
            }
            // QUE-10: between two items; a forced group is not interrupted (QUE-11).
            let is_interrupted = !queue.forced.is_empty();
            match queue.running.last().map(|run| (run.state, is_interrupted && run.entry.zone != Zone::Forced)) {
                None => {
                    let from = if queue.forced.is_empty() { &mut queue.waiting } else { &mut queue.forced };
                    if from.is_empty() {
                        return Ok(());
                    }
                    let entry = from.remove(0);
                    self.begin(entry)?;
                }
                Some((State::Pausing | State::Resting, _)) => return Ok(()),
                Some((_, true)) => {
                    let entry = queue.forced.remove(0);
                    self.begin(entry)?;
                }
                Some((State::Ready, false)) => self.run_item()?,
                Some((State::Over, false)) => {
                    let Some(run) = queue.running.pop() else { return Ok(()) };
                    self.done(&run)?;
                }
            }
        }
    }

    /// GRP-11, GRP-12.
    fn begin(&mut self, entry: Entry) -> Done {
        let ready = |entry| Run { entry, begun: 0, is_skipped: false, state: State::Ready };
        let Work::Group(id) = entry.work else {
            self.element().queue.running.push(ready(entry));
            return Ok(());
        };
        if self.holds(self.group(id).condition.as_ref()) {
            self.line("group", json!({ "id": id, "state": "started" }))?;
            self.element().queue.running.push(ready(entry));
            return self.fire_all(Item::Group(id), "before");
        }
        // TMR-13: it counts as executed.
        self.line("group", json!({ "id": id, "state": "skipped" }))?;
        self.element().queue.running.push(Run { entry, begun: 0, is_skipped: true, state: State::Over });
        self.rest();
        Ok(())
    }

    /// The next item of the group that runs, or its end.
    fn run_item(&mut self) -> Done {
        let Some(run) = self.element().queue.running.last_mut() else { return Ok(()) };
        let position = run.begun;
        run.begun += 1;
        let frozen = run.entry.frozen.get(position).cloned().flatten();
        let work = run.entry.work;
        if let Some(pair) = self.pairs_of(work).get(position) {
            return self.begin_pair(*pair, frozen);
        }
        let Work::Group(id) = work else {
            self.top().state = State::Over;
            return Ok(());
        };
        let Some((item, next)) = self.group(id).items.get(position).copied() else {
            self.rest();
            return Ok(());
        };
        self.run_one(id, item)?;
        if let Some(next) = next {
            self.top().state = State::Pausing;
            self.later(self.now + next, Deadline::Pause);
        }
        Ok(())
    }

    fn top(&mut self) -> &mut Run {
        self.element().queue.running.last_mut().unwrap()
    }

    fn interval(&mut self) -> u64 {
        self.top().entry.origin.map_or(0, |timer| self.timer(timer).interval)
    }

    /// Whether the running entry is a pair by itself.
    pub(super) fn is_alone(&mut self) -> bool {
        matches!(self.top().entry.work, Work::Pair(_))
    }

    /// PAIR-09, PAIR-10.
    pub(super) fn pause_after_pair(&mut self) {
        let position = self.top().begun - 1;
        let next = match self.top().entry.work {
            Work::Group(id) => self.group(id).items.get(position).and_then(|(_, next)| *next),
            Work::Pair(_) => None,
        };
        let pause = next.unwrap_or_else(|| self.interval());
        if pause > 0 {
            self.top().state = State::Pausing;
            self.later(self.now + pause, Deadline::Pause);
        }
    }

    /// TMR-11: the Interval of the timer, behind its group; one of pairs has rested behind each.
    fn rest(&mut self) {
        let (work, is_skipped) = (self.top().entry.work, self.top().is_skipped);
        let is_of_pairs = matches!(work, Work::Group(id) if self.group(id).kind == GroupType::Poll);
        let has_rested = is_of_pairs && !is_skipped;
        let interval = self.interval();
        if interval == 0 || has_rested {
            self.top().state = State::Over;
        } else {
            self.top().state = State::Resting;
            self.later(self.now + interval, Deadline::Pause);
        }
    }

    fn done(&mut self, run: &Run) -> Done {
        if let Work::Group(id) = run.entry.work
            && !run.is_skipped
        {
            // TMR-11: the group ends behind its pause.
            self.fire_all(Item::Group(id), "after")?;
            self.line("group", json!({ "id": id, "state": "done" }))?;
        }
        for timer in &run.entry.awaited_by {
            self.group_done(*timer, run.entry.work);
        }
        Ok(())
    }

    fn run_one(&mut self, group: u32, item: u32) -> Done {
        match self.group(group).kind {
            GroupType::Action | GroupType::PollAction => self.act(item, None),
            GroupType::Trigger | GroupType::PollTrigger => self.check_trigger(item),
            GroupType::Poll => Ok(()), // its pairs have gone another way
        }
    }

    /// GRP-06: on the thread of a timer, at once.
    pub(super) fn run_at_once(&mut self, id: u32) -> Done {
        if !self.holds(self.group(id).condition.as_ref()) {
            return self.line("group", json!({ "id": id, "state": "skipped" }));
        }
        self.line("group", json!({ "id": id, "state": "started" }))?;
        self.fire_all(Item::Group(id), "before")?;
        for (item, _) in &self.group(id).items {
            self.run_one(id, *item)?;
        }
        self.fire_all(Item::Group(id), "after")?;
        self.line("group", json!({ "id": id, "state": "done" }))
    }
}
