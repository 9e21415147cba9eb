//! What a trigger is on and when it fires go together (5.6.1; TRG-10 to TRG-27).

use crate::check::file::{File, Item};
use crate::diagnostic::{Fault, Faults};
use crate::model::{Moment, On, moments};
use crate::text::either;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for trigger in file.triggers.valid() {
        let (Some(on), Some(time)) = (trigger.text(&["On"]), trigger.text(&["Time"])) else { continue };
        let Some((word, moment)) = impossible(&trigger) else { continue };
        let message = format!("a trigger on {} cannot fire on `{}`", word.word(), moment.word());
        let fault = Fault::rule("5.6.1", time.span, message).related(on.span, "what it is on");
        faults.add(fault.help(format!("write {}", either(moments(word).iter().map(|moment| moment.word())))));
    }
}

/// What a trigger is on and when it fires, where both words are known and do not go together. With `communication`
/// goes any text.
pub(super) fn impossible(trigger: &Item<'_>) -> Option<(On, Moment)> {
    let on = On::of_trigger(trigger.text(&["On"])?.raw).filter(|&on| on != On::Communication)?;
    let moment = Moment::named(trigger.text(&["Time"])?.raw)?;
    (!moments(on).contains(&moment)).then_some((on, moment))
}
