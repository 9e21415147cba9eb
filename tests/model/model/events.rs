//! Values and change events (PARAM 3.1, 3.2, 3.4, 3.10, 3.13).

use serde_json::json;

use super::{Done, Memory, Model};
use crate::protocol::{Item, Kind, Param, Value};
use crate::script::{FAILURE, Step};

/// PARAM-68.
pub(super) const MOST_NESTED: usize = 100;

/// What a parameter holds at first: the bytes of a fixed length (PARAM-20 to PARAM-28), else its default (LIFE-12), of
/// which nobody is told (LIFE-14).
pub(super) fn at_start(param: &Param) -> Memory {
    Memory { value: initial(param).or_else(|| param.default.clone()), is_cleared: false }
}

fn initial(param: &Param) -> Option<Value> {
    let length = param.length?;
    // PARAM-21: spaces for `other`, zeros for `numeric text`.
    Some(match (&param.bytes, param.is_number) {
        (Some(bytes), true) => Value::Number(bytes.parse().unwrap()),
        (None, true) => Value::Number(0),
        (Some(bytes), false) => Value::Text(format!("{bytes:>length$}")),
        (None, false) => Value::Text(" ".repeat(length)),
    })
}

impl<'p> Model<'p> {
    pub(super) fn param(&self, pid: u32) -> &'p Param {
        self.protocol.params.iter().find(|param| param.pid == pid).unwrap()
    }

    pub(super) fn value(&self, pid: u32) -> Option<Value> {
        self.element.as_ref()?.memory[&pid].value.clone()
    }

    /// A set from a hook or through the API: an event also when the value is the same (PARAM-60 b, c).
    pub(super) fn set(&mut self, pid: u32, value: Value) -> Done {
        self.store(pid, Some(value), true)?;
        self.event(pid)
    }

    /// A set by a protocol construct: on a read parameter an equal value is dropped (PARAM-61, ACT-06). Says whether it
    /// was an event.
    pub(super) fn construct(&mut self, pid: u32, value: Value) -> Result<bool, super::RanAway> {
        let is_same = {
            let memory = &self.element().memory[&pid];
            memory.value.as_ref() == Some(&value) && !memory.is_cleared
        };
        if is_same && self.param(pid).kind != Kind::Write {
            return Ok(false);
        }
        self.set(pid, value)?;
        Ok(true)
    }

    fn store(&mut self, pid: u32, value: Option<Value>, is_event: bool) -> Done {
        let shown = value.as_ref().map(Value::to_json);
        // PARAM-62: after a clear the next value is new.
        let is_cleared = !is_event;
        self.element().memory.insert(pid, Memory { value, is_cleared });
        self.line("param", json!({ "pid": pid, "value": shown, "event": is_event }))
    }

    /// PARAM-190, 193, 194: no event; a fixed length has its first bytes again.
    pub(super) fn clear(&mut self, pid: u32) -> Done {
        let value = initial(self.param(pid));
        self.store(pid, value, false)
    }

    /// One change event, to its end (PARAM-63, PARAM-64).
    fn event(&mut self, pid: u32) -> Done {
        if self.element().nested == MOST_NESTED {
            return Ok(());
        }
        self.element().nested += 1;
        self.fire_all(Item::Parameter(pid), "change")?;
        self.copy_to_read(pid)?;
        self.run_qactions(pid)?;
        self.element().nested -= 1;
        Ok(())
    }

    /// PARAM-142, PARAM-143.
    fn copy_to_read(&mut self, pid: u32) -> Done {
        let write = self.param(pid);
        if !write.setter {
            return Ok(());
        }
        let read = self.protocol.params.iter().find(|param| param.name == write.name && param.kind == Kind::Read);
        let Some(read) = read.map(|read| read.pid) else { return Ok(()) };
        match self.value(pid) {
            Some(value) => self.construct(read, value).map(drop),
            None => Ok(()),
        }
    }

    /// `run actions` (ACT-82): an event of its own kind (PARAM-60 d).
    pub(super) fn run_actions(&mut self, pid: u32) -> Done {
        if self.element().nested == MOST_NESTED {
            return Ok(());
        }
        self.element().nested += 1;
        self.run_qactions(pid)?;
        self.element().nested -= 1;
        Ok(())
    }

    /// QA-01, QA-04, QA-05.
    fn run_qactions(&mut self, pid: u32) -> Done {
        for qaction in &self.protocol.qactions {
            if qaction.triggers.contains(&pid) && self.holds(qaction.condition.as_ref()) {
                self.line("qaction", json!({ "id": qaction.id, "pid": pid }))?;
                if !self.run_hook(qaction.id)? {
                    // QA-34: only this run ends.
                    self.line("error", json!({ "qaction": qaction.id, "pid": pid, "text": FAILURE }))?;
                }
            }
        }
        Ok(())
    }

    /// The steps of a hook, in order (QA-31, QA-32). Says whether none failed.
    fn run_hook(&mut self, qaction: u32) -> Result<bool, super::RanAway> {
        for step in self.next_run(qaction) {
            match step {
                Step::Set(pid, value) => self.set(*pid, value.clone())?,
                Step::Clear(pid) => self.clear(*pid)?,
                Step::Copy(from, to) => match self.value(*from) {
                    Some(value) => self.set(*to, value)?,
                    None => self.clear(*to)?,
                },
                Step::CheckTrigger(id) => self.check_trigger(*id)?,
                Step::Fail => return Ok(false),
            }
        }
        Ok(true)
    }
}
