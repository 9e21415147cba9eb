//! Waits of pairs: `timeout` (ACT-97, ACT-98) and `set next` (ACT-89).

use genlock_spec::{Index, List, Operand, PairIndex, PairPosition, ParamIndex};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::queue::Work;
use super::super::triggers::Fired;
use crate::value::Value;

impl Engine<'_> {
    /// The time that the pair waits for its answer, until it is set again.
    pub(super) fn set_timeout(&mut self, action: u32, source: Option<ParamIndex>, pair: PairIndex) -> bool {
        let ms = source.and_then(|source| self.milliseconds(source)).filter(|&ms| ms > 0);
        let id = self.spec.pair(pair).id;
        if ms.is_none() {
            self.log(LogLevel::Error, |_| {
                format!("action {action}: the wait of pair {id} stays as it is: there is no time above 0 ms") // ACT-98
            });
            return false;
        }
        self.pairs[pair].timeout_ms = ms;
        true
    }

    /// The wait after pairs of the group that fired, or that runs, until it is set again.
    pub(super) fn set_next(&mut self, action: u32, wait: Operand, positions: List<PairPosition>, fired: Fired) -> bool {
        let ms = match wait {
            Operand::Number(number) => as_milliseconds(number),
            Operand::Param(param) => self.milliseconds(param),
            Operand::None | Operand::Column(_) => None,
        };
        let running = self.running.as_ref().and_then(|running| match running.entry.work {
            Work::Group(group) => Some(group),
            Work::Pair(_) => None,
        });
        let (Some(ms), Some(group)) = (ms, fired.group().or(running)) else {
            self.log(LogLevel::Error, |_| {
                let what = if ms.is_none() { "there is no time in ms" } else { "no group runs" };
                format!("action {action} sets no wait: {what}")
            });
            return false;
        };
        let items = self.spec.group(group).items;
        for position in self.spec.list(positions) {
            let position = position.position();
            if position < self.spec.items_of(items).len() {
                self.next_waits.insert((group, position), ms);
            }
        }
        true
    }

    fn milliseconds(&self, param: ParamIndex) -> Option<u32> {
        self.value(param).and_then(Value::to_number).and_then(as_milliseconds)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in the range of u32")]
fn as_milliseconds(number: f64) -> Option<u32> {
    (0.0..=f64::from(u32::MAX)).contains(&number).then_some(number as u32)
}
