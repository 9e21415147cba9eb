//! The responses of a pair are cleared, so that an equal message is a change again (9.2.2).

use std::collections::{BTreeMap, BTreeSet};

use super::action::recognised;
use super::listeners::{Listeners, actions};
use crate::check::file::{File, Item, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::{ActionType, On};
use crate::parse::Slot;

/// More responses than this are no pair, but an attempt to make the check long.
const RESPONSES: usize = 100;
/// How many responses are named.
const SHOWN: usize = 5;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let routines = Routines::new(file);
    for pair in file.pairs.valid() {
        let Some(content) = pair.element.find("Content").filter(|content| content.find("Command").is_some()) else {
            continue;
        };
        let responses =
            content.children.iter().filter(|child| matches!(child.name.as_str(), "Response" | "ResponseOnBadCommand"));
        let mut seen = BTreeSet::new();
        let responses: Vec<(u32, Slot<'_>)> = responses
            .filter_map(|child| Some((loose(&child.text)?, Slot::look(child))))
            .filter(|&(id, _)| seen.insert(id))
            .take(RESPONSES)
            .collect();
        if responses.len() > 1 {
            judge(&pair, &responses, &routines, faults);
        }
    }
}

/// It is enough that each response clears itself, or that each clears all others.
fn judge(pair: &Item<'_>, responses: &[(u32, Slot<'_>)], routines: &Routines, faults: &mut Faults) {
    let not_itself = responses.iter().filter(|&&(id, _)| !routines.clears(id, id));
    let not_itself: Vec<_> = not_itself.map(|&(id, place)| (id, place, vec![id])).collect();
    let not_others = responses.iter().filter_map(|&(id, place)| {
        let others = responses.iter().map(|&(other, _)| other).filter(|&other| other != id);
        let left: Vec<u32> = others.filter(|&other| !routines.clears(id, other)).collect();
        (!left.is_empty()).then_some((id, place, left))
    });
    let not_others: Vec<_> = not_others.collect();
    if not_itself.is_empty() || not_others.is_empty() {
        return;
    }
    for (id, place, left) in if not_itself.len() < not_others.len() { not_itself } else { not_others } {
        let names = left.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let more = if left.len() > SHOWN { " and more" } else { "" };
        let (noun, label) = (if left.len() == 1 { "response" } else { "responses" }, pair.label());
        let message = if left == [id] {
            format!("nothing clears response {id} of {label} after it was received")
        } else {
            format!("nothing clears {noun} {names}{more} of {label} after response {id} was received")
        };
        let help = format!(
            "let a trigger after response {id} run an action `clear` with `<On id=\"{}\">response</On>`",
            names.replace(", ", ";")
        );
        faults.add(Fault::rule("9.2.2", place.span, message).help(help));
    }
}

/// What is cleared after which response.
struct Routines {
    /// By the id of the response: what its own triggers clear.
    dedicated: BTreeMap<u32, Cleared>,
    /// What those on each clear.
    each: Cleared,
    /// What each action that clears responses names, by its id; nothing when it clears the response that is there.
    actions: BTreeMap<u32, Option<BTreeSet<u32>>>,
}

/// The ids of actions that clear responses.
type Cleared = BTreeSet<u32>;

impl Routines {
    fn new(file: &File<'_>) -> Self {
        let after = Listeners::new(file, "response", &["after"]);
        let named = recognised(file).filter(|action| action.is(On::Response, ActionType::Clear));
        let named: BTreeMap<u32, Option<BTreeSet<u32>>> = named
            .filter_map(|action| {
                let ids = action.on_attribute("id").map(|ids| ids.parts().filter_map(|id| loose(id.raw)).collect());
                Some((action.item.id?, ids))
            })
            .collect();
        let run = |triggers: &[Item<'_>]| -> Cleared {
            let run = triggers.iter().flat_map(|trigger| actions(file, trigger));
            run.filter_map(|action| action.id).filter(|id| named.contains_key(id)).collect()
        };
        let dedicated = file.responses.valid().filter_map(|response| {
            let id = response.id?;
            let triggers = after.dedicated(id);
            (!triggers.is_empty()).then(|| (id, run(triggers)))
        });
        Self { dedicated: dedicated.collect(), each: run(&after.each), actions: named }
    }

    /// Whether `response` is cleared after the response `after`.
    fn clears(&self, after: u32, response: u32) -> bool {
        let mut actions = self.dedicated.get(&after).unwrap_or(&self.each).iter().filter_map(|id| self.actions.get(id));
        actions.any(|named| named.as_ref().map_or(after == response, |ids| ids.contains(&response)))
    }
}
