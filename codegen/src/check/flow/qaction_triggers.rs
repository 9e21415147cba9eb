//! What runs a QAction exists, and is listed once (3.2).

use std::collections::{BTreeMap, BTreeSet};

use crate::check::file::{File, Item, loose, option};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let by_timers = run_by_timers(file);
    for qaction in file.qactions.valid() {
        // Library code runs as part of others, and what timers run is named by them.
        if has_option(&qaction, "precompile") || qaction.id.is_some_and(|id| by_timers.contains(&id)) {
            continue;
        }
        let label = qaction.label();
        let help = "write `triggers=\"…\"` with the ids of parameters, or `options=\"precompile\"` for library code";
        match qaction.attribute("triggers") {
            None => {
                // 3.2.1
                let fault =
                    Fault::rule("3.2.1", qaction.name_span(), format!("nothing runs {label}")).missing("@triggers");
                faults.add(fault.help(help));
            }
            Some(triggers) if triggers.is_blank() => {
                // 3.2.2
                faults.add(Fault::rule("3.2.2", triggers.span, format!("nothing runs {label}")).help(help));
            }
            Some(triggers) => entries(file, &qaction, &label, triggers, faults),
        }
    }
}

fn has_option(qaction: &Item<'_>, name: &str) -> bool {
    qaction.attribute("options").is_some_and(|options| options.parts().any(|option| option.is(name)))
}

/// The QActions that timers run for the rows of a table.
fn run_by_timers(file: &File<'_>) -> BTreeSet<u32> {
    let named = |timer: Item<'_>| {
        ["qaction", "qactionBefore", "qactionAfter"].map(|name| option(&timer, name).and_then(|value| loose(value.raw)))
    };
    file.timers.valid().flat_map(named).flatten().collect()
}

fn entries(file: &File<'_>, qaction: &Item<'_>, label: &str, triggers: Slot<'_>, faults: &mut Faults) {
    let is_of_groups = has_option(qaction, "group");
    let (rule, target) = if is_of_groups { ("3.2.5", Target::Group) } else { ("3.2.4", Target::Param) };
    // The places of each text, the first two of which matter.
    let mut places: BTreeMap<&str, (Slot<'_>, Option<Slot<'_>>)> = BTreeMap::new();
    let mut order = Vec::new();
    for entry in triggers.entries() {
        if let Some((_, again)) = places.get_mut(entry.raw) {
            again.get_or_insert(entry);
        } else {
            places.insert(entry.raw, (entry, None));
            order.push(entry.raw);
        }
    }
    for (first, again) in order.into_iter().filter_map(|text| places.get(text)) {
        let text = first.trimmed();
        if let Some(again) = again {
            // 3.2.6
            let message = match text {
                "" => format!("{label} lists several empty triggers"),
                _ => format!("{label} lists the trigger {} twice", quoted(text)),
            };
            let fault = Fault::rule("3.2.6", again.span, message).related(first.span, "the first time");
            faults.add(fault.help("remove one of the two"));
        }
        let place = again.unwrap_or(*first);
        let Some(id) = loose(first.raw) else {
            // 3.2.3
            let message = match text {
                "" => "there is an empty entry in this list of ids".to_owned(),
                _ => format!("{} is not the id of a {}", quoted(text), target.noun()),
            };
            faults.add(Fault::rule("3.2.3", first.span, message).help("write ids with `;` between them: `1;2`"));
            continue;
        };
        // Taken literally: the text is compared with the ids as it stands.
        let is_literal = first.raw == id.to_string();
        let is_found = if is_of_groups { file.has(target, id) } else { file.has_or_built_in(target, id) };
        if is_literal && is_found {
            continue;
        }
        let noun = target.noun();
        let fault = if is_literal {
            let message = format!("{label} is triggered by {noun} {id}, which is not declared");
            Fault::rule(rule, place.span, message).help(file.nearest(target, id))
        } else {
            let message =
                format!("{label} is triggered by {noun} {}, which is not found in this form", quoted(first.raw));
            Fault::rule(rule, place.span, message)
                .help(format!("write `{id}`: the text is compared with the ids as it stands"))
        };
        faults.add(fault);
    }
}
