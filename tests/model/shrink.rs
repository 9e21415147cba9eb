//! A failing case made small: whatever can be taken out with the difference still there is taken out.

use crate::compare::{Outcome, compare};
use crate::protocol::Protocol;
use crate::script::Script;

pub(crate) fn shrink(protocol: Protocol, script: Script) -> (Protocol, Script) {
    let mut smallest = (protocol, script);
    let mut tried = 0;
    // Each round takes out at least one thing, so there is a last one.
    while let Some(smaller) = smaller(&smallest, &mut tried) {
        smallest = smaller;
    }
    smallest
}

/// The case with one thing less, of which the engine and the model still think differently. Goes on where the last
/// round found one, and once around.
fn smaller((protocol, script): &(Protocol, Script), tried: &mut usize) -> Option<(Protocol, Script)> {
    let mut candidates = Vec::new();
    for position in (0..script.inputs.len()).rev() {
        let mut fewer = script.clone();
        fewer.inputs.remove(position);
        candidates.push((protocol.clone(), fewer));
    }
    for position in (0..script.hooks.len()).rev() {
        let mut fewer = script.clone();
        fewer.hooks.remove(position);
        candidates.push((protocol.clone(), fewer));
        for step in 0..script.hooks[position].1.len() {
            let mut fewer = script.clone();
            fewer.hooks[position].1.remove(step);
            candidates.push((protocol.clone(), fewer));
        }
    }
    candidates.extend(fewer_items(protocol).into_iter().map(|fewer| (fewer, script.clone())));
    let count = candidates.len();
    candidates.rotate_left((*tried).min(count));
    let differs = |(protocol, script): &(Protocol, Script)| matches!(compare(protocol, script), Outcome::Different(_));
    let found = candidates.iter().position(differs)?;
    *tried = (*tried + found) % count;
    Some(candidates.swap_remove(found))
}

/// The connector without each of its items, and with each item made simpler.
fn fewer_items(protocol: &Protocol) -> Vec<Protocol> {
    let mut fewer = Vec::new();
    let mut change = |simpler: &dyn Fn(&mut Protocol)| {
        let mut changed = protocol.clone();
        simpler(&mut changed);
        fewer.push(changed);
    };
    for at in 0..protocol.qactions.len() {
        change(&|protocol| drop(protocol.qactions.remove(at)));
        change(&|protocol| protocol.qactions[at].condition = None);
    }
    for at in 0..protocol.timers.len() {
        change(&|protocol| drop(protocol.timers.remove(at)));
        change(&|protocol| protocol.timers[at].condition = None);
        for group in 0..protocol.timers[at].groups.len() {
            change(&|protocol| {
                protocol.timers[at].groups.remove(group);
            });
        }
    }
    for at in 0..protocol.triggers.len() {
        change(&|protocol| drop(protocol.triggers.remove(at)));
        change(&|protocol| protocol.triggers[at].condition = None);
        change(&|protocol| protocol.triggers[at].guard = None);
        for id in 0..protocol.triggers[at].content.len() {
            change(&|protocol| {
                protocol.triggers[at].content.remove(id);
            });
        }
    }
    for at in 0..protocol.groups.len() {
        change(&|protocol| drop(protocol.groups.remove(at)));
        change(&|protocol| protocol.groups[at].condition = None);
        for item in 0..protocol.groups[at].items.len() {
            change(&|protocol| {
                protocol.groups[at].items.remove(item);
            });
        }
    }
    for at in 0..protocol.actions.len() {
        change(&|protocol| drop(protocol.actions.remove(at)));
        change(&|protocol| protocol.actions[at].condition = None);
        if protocol.actions[at].targets.len() > 1 {
            change(&|protocol| {
                protocol.actions[at].targets.pop();
            });
        }
    }
    for at in 0..protocol.pairs.len() {
        change(&|protocol| drop(protocol.pairs.remove(at)));
        change(&|protocol| protocol.pairs[at].condition = None);
        change(&|protocol| protocol.pairs[at].timeout = None);
        change(&|protocol| protocol.pairs[at].retries = None);
        change(&|protocol| protocol.pairs[at].responses.truncate(1));
    }
    for at in 0..protocol.commands.len() {
        change(&|protocol| drop(protocol.commands.remove(at)));
        change(&|protocol| protocol.commands[at].params.truncate(1));
    }
    for at in 0..protocol.responses.len() {
        change(&|protocol| drop(protocol.responses.remove(at)));
    }
    for at in 0..protocol.params.len() {
        change(&|protocol| drop(protocol.params.remove(at)));
        change(&|protocol| protocol.params[at].default = None);
    }
    // What changes nothing would be found again and again.
    let before = crate::xml::write(protocol);
    fewer.retain(|fewer| crate::xml::write(fewer) != before);
    fewer
}
