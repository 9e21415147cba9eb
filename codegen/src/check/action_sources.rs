//! ACT-20, ACT-24: what is appended comes from somewhere.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{ActionType, Detail, Model};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for action in &model.actions {
        let Some(kind) = action.kind.filter(|_| action.is_carried() && action.source.is_none()) else { continue };
        let help = match (kind.value, &action.detail) {
            (ActionType::Append, Detail::Append { text: None, .. }) => "a parameter in `id` or a text in `value`",
            (ActionType::AppendData, _) => "a parameter in `id`",
            _ => continue,
        };
        let message = format!("{} does not say what it appends", action.head.label());
        let fault = Fault::error(Kind::MissingAttribute, kind.span, message).missing("@id");
        faults.add(fault.help(format!("name {help}: `<Type id=\"…\">{}</Type>`", kind.value.word())));
    }
}
