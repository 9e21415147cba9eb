//! What an action takes comes from somewhere: what is appended (ACT-20, ACT-24), a length (ACT-26), another part (ACT-73).

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{ActionType, Detail, Model};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for action in &model.actions {
        let Some(kind) = action.kind.filter(|_| action.is_carried() && action.source.is_none()) else { continue };
        let (what, help) = match (kind.value, &action.detail) {
            (ActionType::Append, Detail::Append { text: None, .. }) => {
                ("what it appends", "a parameter in `id` or a text in `value`")
            }
            (ActionType::AppendData, _) => ("what it appends", "a parameter in `id`"),
            (ActionType::ChangeLength, _) => ("how long it makes it", "the parameter that holds the length in `id`"),
            (ActionType::Replace, _) => ("what it puts in", "the parameter that holds the new one's id in `id`"),
            _ => continue,
        };
        let message = format!("{} does not say {what}", action.head.label());
        let fault = Fault::error(Kind::MissingAttribute, kind.span, message).missing("@id");
        faults.add(fault.help(format!("name {help}: `<Type id=\"…\">{}</Type>`", kind.value.word())));
    }
}
