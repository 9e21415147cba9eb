//! The items that an action names exist, and are named by plain numbers (6.3).

use crate::check::file::{File, plain};
use crate::diagnostic::{Fault, Faults};
use crate::model::{On, Target};
use crate::parse::Slot;
use crate::text::{one, quoted};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for action in file.actions.valid() {
        let Some(on) = action.element.find("On") else { continue };
        let Some(ids) = on.get("id").map(Slot::attribute) else { continue };
        if ids.is_blank() {
            // 6.3.2
            let message = format!("{} names no item in its `id`", action.label());
            faults.add(Fault::rule("6.3.2", ids.span, message).help("write an id, or remove the attribute"));
            continue;
        }
        let target = On::of_action(&on.text).and_then(On::target);
        let (mut invalid, mut padded) = (Vec::new(), Vec::new());
        for entry in ids.entries() {
            match (plain(entry.raw), target) {
                (None, _) => invalid.push(entry),
                (Some(id), Some(target)) if !file.has(target, id) => {
                    // 6.3.5
                    let message = format!("{} is on {} {id}, which is not declared", action.label(), target.noun());
                    faults.add(Fault::rule("6.3.5", entry.span, message).help(file.nearest(target, id)));
                }
                (Some(_), _) if entry.is_padded() => padded.push(entry),
                _ => {}
            }
        }
        report("6.3.4", &invalid, target, faults);
        report("6.3.3", &padded, target, faults);
    }
}

/// One fault for all entries that share it.
fn report(rule: &'static str, entries: &[Slot<'_>], target: Option<Target>, faults: &mut Faults) {
    /// How many are shown.
    const SHOWN: usize = 8;
    let Some((first, others)) = entries.split_first() else { return };
    let name = |entry: &Slot<'_>| if entry.is_blank() { "an empty one".to_owned() } else { quoted(entry.trimmed()) };
    let shown = entries.iter().take(SHOWN).map(name).collect::<Vec<_>>().join(", ");
    let (message, help) = match (rule, others) {
        ("6.3.4", []) if first.is_blank() => {
            ("there is an empty entry in this list of ids".to_owned(), "write ids with `;` between them: `1;2`")
        }
        ("6.3.4", []) => {
            let noun = target.map_or("item", Target::noun);
            (format!("{shown} is not the id of {}", one(noun)), "write digits without sign or leading zeros")
        }
        ("6.3.4", _) => (format!("these entries are no ids: {shown}"), "write digits without sign or leading zeros"),
        _ => (format!("there is white space around {shown}"), "remove it"),
    };
    let mut fault = Fault::rule(rule, first.span, message);
    for other in others.iter().take(SHOWN) {
        fault = fault.related(other.span, format!("{} as well", name(other)));
    }
    faults.add(fault.help(help));
}
