//! Groups that run (GRP), on the protocol thread and on the thread of a timer.

use serde_json::json;

use super::queue::{Entry, Zone};
use super::{Deadline, Done, Model};
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
    /// Its next item can begin.
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
            let Some(queue) = self.element.as_mut().map(|element| &mut element.queue) else { return Ok(()) };
            if !queue.is_running {
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
        let id = entry.group;
        if self.holds(self.group(id).condition.as_ref()) {
            self.line("group", json!({ "id": id, "state": "started" }))?;
            self.element().queue.running.push(Run { entry, begun: 0, is_skipped: false, state: State::Ready });
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
        let id = run.entry.group;
        let Some((item, next)) = self.group(id).items.get(position).copied() else {
            self.rest();
            return Ok(());
        };
        self.top().begun += 1;
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

    /// TMR-11: the Interval of the timer, behind its group.
    fn rest(&mut self) {
        let interval = self.top().entry.origin.map_or(0, |timer| self.timer(timer).interval);
        if interval == 0 {
            self.top().state = State::Over;
        } else {
            self.top().state = State::Resting;
            self.later(self.now + interval, Deadline::Pause);
        }
    }

    fn done(&mut self, run: &Run) -> Done {
        if !run.is_skipped {
            // TMR-11: the group ends behind its pause.
            self.fire_all(Item::Group(run.entry.group), "after")?;
            self.line("group", json!({ "id": run.entry.group, "state": "done" }))?;
        }
        for timer in &run.entry.awaited_by {
            self.group_done(*timer, run.entry.group);
        }
        Ok(())
    }

    fn run_one(&mut self, group: u32, item: u32) -> Done {
        match self.group(group).kind {
            GroupType::Action | GroupType::PollAction => self.act(item, None),
            GroupType::Trigger | GroupType::PollTrigger => self.check_trigger(item),
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
