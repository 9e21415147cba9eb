//! Every reference names an item of the file.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, OnId, Placed, Reference, Target, TriggerType, Url, is_built_in, padded};
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
    on_each(model, faults);
    connection_numbers(model, faults);
}

fn handshakes(model: &Model, visit: &mut impl FnMut(String, &Reference, Target)) {
    for connection in &model.connections {
        let label = connection.head.label();
        let handshake = connection.handshake.iter();
        handshake.for_each(|session| visit(format!("the handshake of {label} is"), session, Target::Session));
    }
}

fn logic(model: &Model, visit: &mut impl FnMut(String, &Reference, Target)) {
    for timer in &model.timers {
        let owner = format!("{} runs", timer.head.label());
        timer.groups.iter().for_each(|group| visit(owner.clone(), group, Target::Group));
    }
    for trigger in &model.triggers {
        let label = trigger.head.label();
        if let (Some(OnId::Item(item)), Some(target)) = (&trigger.id, trigger.on.and_then(|on| on.value.target())) {
            visit(format!("{label} is on"), item, target);
        }
        let target = match trigger.kind.map(|kind| kind.value) {
            Some(TriggerType::Action) => Target::Action,
            Some(TriggerType::Trigger) => Target::Trigger,
            None => continue,
        };
        trigger.content.iter().for_each(|id| visit(format!("{label} runs"), id, target));
    }
    for action in &model.actions {
        let label = action.head.label();
        let target = action.on.and_then(|on| on.value.target());
        if let (Some(targets), Some(target)) = (&action.targets, target) {
            for id in targets {
                visit(format!("{label} is on"), id, target);
            }
        }
        action.source.iter().for_each(|source| visit(format!("{label} copies"), source, Target::Param));
    }
    for qaction in &model.qactions {
        let owner = format!("{} is triggered by", qaction.head.label());
        qaction.triggers.iter().for_each(|pid| visit(owner.clone(), pid, Target::Param));
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

/// A trigger on each of what the file has none of.
fn on_each(model: &Model, faults: &mut Faults) {
    for trigger in &model.triggers {
        let (Some(on), Some(OnId::Each)) = (trigger.on, &trigger.id) else { continue };
        let Some(target) = on.value.target().filter(|&target| !model.index.has_any(target)) else { continue };
        let message = format!("{} is on each {1}, but this file declares no {1}", trigger.head.label(), target.noun());
        let fault = Fault::error(Kind::DanglingReference, on.span, message).missing("@id");
        faults.add(fault.help(format!("remove the trigger, or declare a {}", target.noun())));
    }
}

/// Numbers of connections in options and attributes.
fn connection_numbers(model: &Model, faults: &mut Faults) {
    let pairs = model.pairs.iter().map(|pair| (&pair.head, &pair.connection));
    let groups = model.groups.iter().map(|group| (&group.head, &group.connection));
    let responses = model.responses.iter().map(|response| (&response.head, &response.connection));
    for (head, connection) in pairs.chain(groups).chain(responses) {
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
