//! Every reference names an item of the file.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{
    ActionType, Compared, Detail, Model, On, OnId, Placed, Reference, Target, Url, is_built_in, padded,
};
use crate::text::quoted;

/// How many ids near the one that is missing are named, on each side.
const NEAR: usize = 4;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let mut visit = |owner: String, reference: &Reference, target: Target| {
        if reference.position(target, &model.index).is_none() {
            faults.add(dangling(model, &owner, reference, target));
        } else if reference.padded {
            faults.add(padded(&reference.text, reference.span));
        }
    };
    handshakes(model, &mut visit);
    logic(model, &mut visit);
    sessions(model, &mut visit);
    sources(model, faults);
    connection_numbers(model, faults);
}

fn handshakes(model: &Model, visit: &mut impl FnMut(String, &Reference, Target)) {
    for connection in &model.connections {
        let label = connection.head.label();
        let handshake = connection.handshake.iter();
        handshake.for_each(|session| visit(format!("the handshake of {label} is"), session, Target::Session));
    }
}

/// From where actions take values.
fn sources(model: &Model, faults: &mut Faults) {
    for action in &model.actions {
        // Those on pairs hold times: 6.7.5.
        let Some(source) = action.source.as_ref().filter(|_| action.on.is_none_or(|on| on.value != On::Pair)) else {
            continue;
        };
        if source.position(Target::Param, &model.index).is_none() {
            let verb = match action.kind.map(|kind| kind.value) {
                Some(ActionType::Append | ActionType::AppendData) => "appends",
                Some(ActionType::Increment) => "adds",
                _ => "copies",
            };
            let owner = format!("{} {verb}", action.head.label());
            faults.add(dangling(model, &owner, source, Target::Param).beyond_rules());
        }
    }
}

fn logic(model: &Model, visit: &mut impl FnMut(String, &Reference, Target)) {
    // What is declared nowhere is a fault of the file (3.2.4, 5.1.6); these are known to the platform.
    let is_built_in = |pid: &&Reference| pid.id.is_some_and(is_built_in);
    for trigger in &model.triggers {
        let Some(OnId::Item(pid)) = &trigger.id else { continue };
        if trigger.on.is_some_and(|on| on.value == On::Parameter) && is_built_in(&pid) {
            visit(format!("{} is on", trigger.head.label()), pid, Target::Param);
        }
    }
    for trigger in &model.triggers {
        let Some(guard) = &trigger.guard else { continue };
        let own = if let Some(OnId::Item(pid)) = &trigger.id { Some(pid.span) } else { None };
        let compared = if let Compared::Param(pid) = &guard.with { Some(pid) } else { None };
        for pid in [&guard.param].into_iter().filter(|pid| Some(pid.span) != own).chain(compared) {
            visit(format!("{} compares", trigger.head.label()), pid, Target::Param);
        }
    }
    for qaction in &model.qactions {
        let owner = format!("{} is triggered by", qaction.head.label());
        let built_in = qaction.triggers.iter().filter(is_built_in);
        built_in.for_each(|pid| visit(owner.clone(), pid, Target::Param));
    }
}

fn sessions(model: &Model, visit: &mut impl FnMut(String, &Reference, Target)) {
    for session in &model.sessions {
        let label = session.head.label();
        for connection in &session.connections {
            if let Some(Url::Param(pid)) = &connection.url {
                visit(format!("{label} takes its path from"), pid, Target::Param);
            }
        }
    }
}

/// Numbers of connections in options and attributes.
fn connection_numbers(model: &Model, faults: &mut Faults) {
    let pairs = model.pairs.iter().map(|pair| (&pair.head, &pair.connection));
    let groups = model.groups.iter().map(|group| (&group.head, &group.connection));
    let responses = model.responses.iter().map(|response| (&response.head, &response.connection));
    let actions = model.actions.iter().filter_map(|action| match &action.detail {
        Detail::Connection(connection) => Some((&action.head, connection)),
        _ => None,
    });
    for (head, connection) in pairs.chain(groups).chain(responses).chain(actions) {
        let Some(Placed { value, span }) = *connection else { continue };
        let id = i64::from(value);
        if model.index.position(Target::Connection, id).is_none() {
            let reference = Reference { text: value.to_string(), id: Some(id), padded: false, span };
            faults.add(dangling(model, &format!("{} is on", head.label()), &reference, Target::Connection));
        }
    }
}

/// Which ids are declared near one that is not.
pub(super) fn declared_near(model: &Model, target: Target, id: i64) -> String {
    let noun = target.noun();
    let (near, are_all) = model.index.near(target, id, NEAR);
    let near = near.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if near.is_empty() {
        format!("this file declares no {noun}")
    } else if are_all {
        format!("{noun}s declared here: {near}")
    } else {
        format!("{noun}s declared nearest to it: {near}")
    }
}

/// The fault of a reference that names nothing.
pub(super) fn dangling(model: &Model, owner: &str, reference: &Reference, target: Target) -> Fault {
    let noun = target.noun();
    let text = reference.text.trim();
    let Some(id) = reference.id else {
        let message = format!("{owner} {noun} {}, which is not found in this form", quoted(&reference.text));
        let help =
            format!("write `{}` without white space, sign or leading zeros", text.trim_start_matches(['+', '0']));
        return Fault::error(Kind::DanglingReference, reference.span, message).help(help);
    };
    if target == Target::Param && is_built_in(id) {
        let message = format!("{owner} {noun} {id}, which the platform has built in and genlock does not carry out");
        return Fault::error(Kind::NotCarriedOut, reference.span, message).help("use a parameter of this file");
    }
    let message = format!("{owner} {noun} {id}, which is not declared");
    let declared = declared_near(model, target, id);
    let help = format!("add `<{} id=\"{id}\">` or change the id; {declared}", target.element());
    Fault::error(Kind::DanglingReference, reference.span, message).help(help)
}
