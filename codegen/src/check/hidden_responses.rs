//! RSP-03: a response that takes every message hides those that are tried after it.

use genlock_spec::RawType;

use super::end_markers::is_variable;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Interprete, Model, Response, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for pair in &model.pairs {
        let mut hiding = None;
        for reference in &pair.responses {
            let position = reference.position(Target::Response, &model.index);
            let Some(response) = position.and_then(|position| model.responses.get(position)) else { continue };
            match hiding {
                None if takes_everything(model, response) => hiding = Some((reference, response)),
                Some((first, catch_all)) => {
                    let (hidden, catch_all) = (response.head.label(), catch_all.head.label());
                    let message =
                        format!("{} never tries {hidden}: {catch_all} takes every message", pair.head.label());
                    let fault = Fault::warning(Kind::HiddenResponse, reference.span, message);
                    let fault = fault.related(first.span, format!("{catch_all} is tried first"));
                    faults.add(fault.help(format!("move {catch_all} to the end")));
                }
                None => {}
            }
        }
    }
    unsolicited(model, faults);
}

/// Messages that answer no pair are tried in document order (RSP-02).
fn unsolicited(model: &Model, faults: &mut Faults) {
    let Some(at) = model.responses.iter().position(|response| takes_everything(model, response)) else { return };
    let Some(catch_all) = model.responses.get(at) else { return };
    let number = |response: &Response| response.connection.map(|connection| connection.value);
    let shares = |response: &&Response| match (number(catch_all), number(response)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let Some(hidden) = model.responses.iter().skip(at + 1).find(shares) else { return };
    let (label, hidden_label) = (catch_all.head.label(), hidden.head.label());
    let message = format!("messages outside a pair never reach {hidden_label}: {label} takes every message");
    let fault = Fault::warning(Kind::HiddenResponse, catch_all.head.span, message);
    let fault = fault.related(hidden.head.span, format!("{hidden_label} is tried after it"));
    faults.add(fault.help(format!("move {label} to the end, or bind the two to different connections")));
}

/// Whether the response consists of one parameter that accepts any bytes.
fn takes_everything(model: &Model, response: &Response) -> bool {
    let [only] = response.params.as_slice() else { return false };
    let param = only.position(Target::Param, &model.index).and_then(|position| model.params.get(position));
    param.is_some_and(|param| {
        let raw_type = param.interprete.as_ref().map_or(RawType::Other, Interprete::raw_type);
        is_variable(param) && raw_type == RawType::Other
    })
}
