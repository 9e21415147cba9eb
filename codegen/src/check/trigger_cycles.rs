//! TRG-48: triggers that call triggers come to an end.

use super::reach::called;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, Target, TriggerType};

/// What is known about a trigger during the search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the path from the trigger at which the search began.
    Open,
    /// Known not to lead into a cycle that was not reported.
    Done,
}

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let mut states = vec![State::New; model.triggers.len()];
    for start in 0..model.triggers.len() {
        search(model, start, &mut states, faults);
    }
}

/// A depth-first search with a path of its own instead of recursion, so that no file can exhaust the stack.
fn search(model: &Model, start: usize, states: &mut [State], faults: &mut Faults) {
    let calls = |position: usize| -> Vec<usize> {
        let trigger = model.triggers.get(position);
        let trigger = trigger.filter(|trigger| trigger.kind.is_some_and(|kind| kind.value == TriggerType::Trigger));
        trigger.map_or_else(Vec::new, |trigger| called(model, trigger).collect())
    };
    if states.get(start) != Some(&State::New) {
        return;
    }
    set(states, start, State::Open);
    let mut path = vec![(start, calls(start).into_iter())];
    while let Some((position, rest)) = path.last_mut() {
        let position = *position;
        match rest.next() {
            None => {
                set(states, position, State::Done);
                path.pop();
            }
            Some(next) if states.get(next) == Some(&State::New) => {
                set(states, next, State::Open);
                path.push((next, calls(next).into_iter()));
            }
            Some(next) if states.get(next) == Some(&State::Open) => {
                let cycle = path.iter().map(|(position, _)| *position).skip_while(|&position| position != next);
                report(model, &cycle.collect::<Vec<_>>(), faults);
            }
            Some(_) => {}
        }
    }
}

fn set(states: &mut [State], position: usize, state: State) {
    if let Some(entry) = states.get_mut(position) {
        *entry = state;
    }
}

/// Reports a cycle, given by the positions of its triggers.
fn report(model: &Model, cycle: &[usize], faults: &mut Faults) {
    /// How many triggers of a cycle are shown.
    const SHOWN: usize = 8;
    let triggers: Vec<_> = cycle.iter().filter_map(|&position| model.triggers.get(position)).collect();
    let Some((first, last)) = triggers.first().zip(triggers.last()) else { return };
    let back = last.content.iter().find(|id| id.position(Target::Trigger, &model.index) == cycle.first().copied());
    let message = format!("{} runs itself without end", first.head.label());
    let span = back.map_or(last.head.span, |back| back.span);
    let mut fault = Fault::error(Kind::EndlessLoop, span, message).validator("1.24.1");
    for (caller, callee) in triggers.iter().zip(triggers.iter().skip(1)).take(SHOWN) {
        let call = caller.content.iter().find(|id| id.id == callee.head.id());
        let span = call.map_or(caller.head.span, |call| call.span);
        fault = fault.related(span, format!("{} runs {}", caller.head.label(), callee.head.label()));
    }
    faults.add(fault.help(format!("remove this call of {}", first.head.label())));
}
