//! A group holds items of one kind, the one that its type runs (GRP-01, GRP-04, GRP-05).

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Group, ItemKind, Model};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for group in model.groups.iter().filter(|group| group.head.id.is_some()) {
        if group.content.is_none() && model.groups.len() > 1 {
            let message = format!("{} has no `Content`", group.head.label());
            let fault = Fault::error(Kind::MissingElement, group.head.span, message).missing("/Content");
            faults.add(fault.help("add `<Content>` with what it runs, or remove the group"));
        }
        check_items(group, faults);
    }
}

fn check_items(group: &Group, faults: &mut Faults) {
    let Some(kind) = group.kind else { return };
    for item in group.items.iter().filter(|item| !kind.items().contains(&item.kind)) {
        let found = item.kind.target().noun();
        let message = format!(
            "{} is of type `{}`, which runs {}, not {found}s",
            group.head.label(),
            kind.word(),
            listed(kind.items())
        );
        let fault = Fault::error(Kind::IncompatibleCombination, item.span, message).validator("4.10.1");
        let help = match (item.kind, group.is_typed) {
            (ItemKind::Pair, _) => "write `<Type>poll</Type>`, or move the pair to a group of its own",
            (ItemKind::Param, _) => "write `<Type>poll</Type>`, or move the parameter to a group of its own",
            (ItemKind::Session, _) => "write `<Type>poll</Type>`, or move the session to a group of its own",
            (ItemKind::Action, false) => {
                "add `<Type>poll action</Type>`, or `<Type>action</Type>` for a timer to run it at once"
            }
            (ItemKind::Trigger, false) => {
                "add `<Type>poll trigger</Type>`, or `<Type>trigger</Type>` for a timer to run it at once"
            }
            (ItemKind::Action, true) => "write `<Type>poll action</Type>`, or move the action to a group of its own",
            (ItemKind::Trigger, true) => "write `<Type>poll trigger</Type>`, or move the trigger to a group of its own",
        };
        faults.add(fault.help(help));
    }
    // GRP-01: also a group that polls does one kind of thing.
    let Some(first) = group.items.iter().find(|item| kind.items().contains(&item.kind)) else { return };
    let others = group.items.iter().filter(|item| kind.items().contains(&item.kind) && item.kind != first.kind);
    for item in others {
        let (noun, first_noun) = (item.kind.target().noun(), first.kind.target().noun());
        let message = format!("{} holds a {first_noun} and a {noun}", group.head.label());
        let fault = Fault::error(Kind::IncompatibleCombination, item.span, message);
        let fault = fault.related(first.span, format!("the first {first_noun}"));
        faults.add(fault.help(format!("move the {noun} to a group of its own")));
    }
}

/// `pairs, parameters or sessions`
fn listed(kinds: &[ItemKind]) -> String {
    let nouns: Vec<String> = kinds.iter().map(|kind| format!("{}s", kind.target().noun())).collect();
    match nouns.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
