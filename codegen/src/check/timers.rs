//! A timer's time is within bounds (TMR-02), and its last group holds it back (TMR-08).

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Group, Model, Period, Reference, Target, Timer};

/// 24 days, in ms.
const LONGEST_MS: u32 = 2_073_600_000;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for timer in &model.timers {
        let is_too_long = |period: Period| matches!(period, Period::Milliseconds(ms) if ms > LONGEST_MS);
        if let Some(period) = timer.period.filter(|period| is_too_long(period.value)) {
            let message = format!("the time of {} is longer than 24 days", timer.head.label());
            let fault = Fault::error(Kind::ValueTooLarge, period.span, message);
            faults.add(fault.help(format!("write {LONGEST_MS} or less")));
        }
        last_group(model, timer, faults);
    }
}

/// TMR-08: only a queued group that comes last keeps a timer from ticking on while the queue grows.
fn last_group(model: &Model, timer: &Timer, faults: &mut Faults) {
    let group = |id: &Reference| model.groups.get(id.position(Target::Group, &model.index)?);
    let is_queued = |group: &Group| group.kind.is_none_or(crate::model::GroupType::is_queued);
    let Some((last, others)) = timer.groups.split_last() else { return };
    let Some(final_group) = group(last).filter(|final_group| !is_queued(final_group)) else { return };
    let Some(queued) = others.iter().find(|id| group(id).is_some_and(is_queued)) else { return };
    let message = format!(
        "{} ticks again while its other groups still wait: its last one, {}, is run at once",
        timer.head.label(),
        final_group.head.label()
    );
    let fault = Fault::error(Kind::WrongLastGroup, last.span, message).validator("7.5.5");
    let fault = fault.related(queued.span, "this one is queued");
    faults.add(fault.help("put a group of type `poll`, `poll action` or `poll trigger` last"));
}
