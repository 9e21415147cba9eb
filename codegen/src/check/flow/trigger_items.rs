//! What a trigger is on: one item that exists, or each (5.1).

use crate::check::file::{File, Item, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::{On, Target};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for trigger in file.triggers.valid() {
        let Some(on) = trigger.element.find("On") else { continue };
        let id = on.get("id").map(Slot::attribute);
        let word = Slot::look(on);
        match On::of_trigger(word.raw).and_then(On::target) {
            Some(target) => judge(file, &trigger, word, target, id, faults),
            None if word.is("protocol") || word.is("communication") => {
                if let Some(id) = id.filter(|id| !id.is_blank()) {
                    // 5.1.2
                    let message = format!("a trigger on {} is on no item", word.trimmed());
                    faults.add(Fault::rule("5.1.2", id.span, message).help("remove `id`"));
                }
            }
            None => {}
        }
    }
}

fn judge(file: &File<'_>, trigger: &Item<'_>, on: Slot<'_>, target: Target, id: Option<Slot<'_>>, faults: &mut Faults) {
    let (label, noun) = (trigger.label(), target.noun());
    let write = format!("write `<On id=\"…\">{0}</On>` with an id, or `<On id=\"each\">{0}</On>`", on.trimmed());
    let Some(id) = id else {
        // 5.1.1, TRG-05
        let message = format!("{label} does not say which {noun} it is on");
        let element = trigger.element.find("On").map_or(trigger.name_span(), |on| on.name_span);
        faults.add(Fault::rule("5.1.1", element, message).missing("@id").help(write));
        return;
    };
    let text = id.trimmed();
    if text.is_empty() {
        // 5.1.3
        faults.add(Fault::rule("5.1.3", id.span, format!("{label} is on a {noun} with an empty id")).help(write));
    } else if text.contains(';') {
        // 5.1.4
        let message = format!("{label} is on several {noun}s; a trigger is on one, or on each");
        faults.add(Fault::rule("5.1.4", id.span, message).help("write one trigger for each id"));
    } else if text.eq_ignore_ascii_case("each") {
        if !file.has_any(target) {
            // 5.1.6
            let message = format!("{label} is on each {noun}, but this file declares no {noun}");
            let help = format!("remove the trigger, or declare a {noun}");
            faults.add(Fault::rule("5.1.6", id.span, message).help(help));
        }
    } else if let Some(number) = loose(text) {
        number_of(file, &label, target, id, number, faults);
    } else {
        // 5.1.5
        let message = format!("{} is neither the id of a {noun} nor `each`", quoted(text));
        faults.add(Fault::rule("5.1.5", id.span, message).help(write));
    }
}

fn number_of(file: &File<'_>, label: &str, target: Target, id: Slot<'_>, number: u32, faults: &mut Faults) {
    let noun = target.noun();
    if id.trimmed() != "0" && id.trimmed().starts_with('0') {
        // 5.1.7
        let message = format!("the id {} has leading zeros", quoted(id.trimmed()));
        faults.add(Fault::rule("5.1.7", id.span, message).help(format!("write `{number}`")));
    } else if !file.has_or_built_in(target, number) {
        // 5.1.6
        let message = format!("{label} is on {noun} {number}, which is not declared");
        faults.add(Fault::rule("5.1.6", id.span, message).help(file.nearest(target, number)));
    } else if id.is_padded() {
        // 5.1.8
        let message = format!("there is white space around {}", quoted(id.trimmed()));
        faults.add(Fault::rule("5.1.8", id.span, message).help("remove it"));
    }
}
