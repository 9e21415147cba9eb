//! A checksum in a command is calculated before it is sent, one in a response before it is read (10.1.1, 11.1.1).

use std::collections::BTreeSet;

use super::action::Action;
use super::listeners::{Listeners, actions};
use crate::check::file::{File, Item, Items, plain};
use crate::diagnostic::{Fault, Faults};
use crate::model::{ActionType, On};
use crate::parse::Slot;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    of_messages("10.1.1", On::Command, &file.commands, file, faults);
    of_messages("11.1.1", On::Response, &file.responses, file, faults);
}

fn of_messages(rule: &'static str, on: On, items: &Items<'_>, file: &File<'_>, faults: &mut Faults) {
    let before = Listeners::new(file, on.word(), &["before"]);
    let calculates = |trigger: &Item<'_>| {
        actions(file, trigger).filter_map(Action::new).any(|action| action.is(on, ActionType::Crc))
    };
    let is_calculated_for_each = before.each.iter().any(calculates);
    for item in items.valid() {
        // A trigger of its own hides those on each, whatever it does.
        let own = item.id.and_then(|id| before.dedicated(id).first());
        if own.map_or(is_calculated_for_each, calculates) {
            continue;
        }
        let content = item.element.find("Content");
        let mut judged = BTreeSet::new();
        for pid in content.into_iter().flat_map(|content| content.all("Param")).map(Slot::look) {
            let Some(param) = plain(pid.raw).and_then(|id| file.param(id)).filter(|param| param.kind == "crc") else {
                continue;
            };
            if !judged.insert(param.id) {
                continue;
            }
            let (label, crc, on) = (item.label(), param.label(), on.word());
            let message = format!("nothing calculates the checksum of {label}, {crc}");
            let fault = Fault::rule(rule, item.name_span(), message).related(pid.span, format!("{crc} is part of it"));
            let (fault, help) = match own {
                Some(own) => (
                    fault.related(
                        own.name_span(),
                        format!("{} runs before {label}, in place of those on each", own.label()),
                    ),
                    format!("let {} run an action `crc` on {on}", own.label()),
                ),
                None => {
                    (fault, format!("add a trigger before {label}, or before each {on}, with an action `crc` on {on}"))
                }
            };
            faults.add(fault.help(help));
        }
    }
}
