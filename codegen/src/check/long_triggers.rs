//! A trigger runs few enough things to be read (TRG-50).

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

/// More entries than this are hard to follow.
const ENTRIES: usize = 10;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for trigger in &model.triggers {
        if let Some(surplus) = trigger.content.get(ENTRIES) {
            let message = format!("{} runs more than {ENTRIES} actions or triggers", trigger.head.label());
            let fault = Fault::style(Kind::TooManyItems, surplus.span, message);
            faults.add(fault.help("put some of them into a trigger of their own, and call it"));
        }
    }
}
