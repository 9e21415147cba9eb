//! CMD-14: with `MakeCommandByProtocol` a command is sent as it was last composed, so something must compose it.

use std::collections::BTreeSet;

use super::reach::{Before, reaching};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{ActionType, Model, On, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let makes = reaching(model, |action| action.kind.is_some_and(|kind| kind.value == ActionType::Make));
    let makes = |position: usize| makes.get(position).copied().unwrap_or_default();
    let before = Before::new(model, On::Command);
    let on_each = before.each.iter().find(|(position, _)| makes(*position));
    let by_protocol = model.connections.iter().find_map(|item| item.make_command_by_protocol.filter(|make| make.value));
    let commands = model.pairs.iter().filter_map(|pair| pair.command.as_ref());
    let sent: BTreeSet<usize> = commands.filter_map(|id| id.position(Target::Command, &model.index)).collect();
    for (position, command) in model.commands.iter().enumerate() {
        let label = command.head.label();
        match (before.on(position), on_each) {
            (None, Some(_)) => {}
            (Some(own), _) if own.iter().any(|(trigger, _)| makes(*trigger)) => {}
            (Some([(_, own), ..]), Some((_, each))) => {
                // TRG-36
                let (own, each) = (&own.head, &each.head);
                let message = format!("{} hides {}, so {label} is not composed", own.label(), each.label());
                let fault = Fault::warning(Kind::HiddenTrigger, own.span, message);
                let fault = fault.related(each.span, format!("{} does not fire for {label}", each.label()));
                faults.add(fault.help(format!("add an action `make` on command to {}", own.label())));
            }
            _ => {
                let Some(by_protocol) = by_protocol.filter(|_| sent.contains(&position)) else { continue };
                let message = format!("nothing composes {label}, so it is sent as it was at start");
                let fault = Fault::warning(Kind::MissingMake, command.head.span, message);
                let fault = fault.related(by_protocol.span, "commands are composed by the protocol's own actions");
                let help = "add a trigger `<On id=\"each\">command</On>`, `<Time>before</Time>` with an action `make` on command";
                faults.add(fault.help(help));
            }
        }
    }
}
