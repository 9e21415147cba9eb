//! RSP-20: the parts of a response that have no fixed length stay empty unless it is read before it is processed.

use super::end_markers::is_variable;
use super::reach::{Before, reaching};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{ActionType, Model, On, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let reads = reaching(model, |action| {
        action.kind.is_some_and(|kind| kind.value == ActionType::Read)
            && action.on.is_some_and(|on| on.value == On::Response)
    });
    let reads = |position: usize| reads.get(position).copied().unwrap_or_default();
    let before = Before::new(model, On::Response);
    let on_each = before.each.iter().find(|(position, _)| reads(*position));
    for (position, response) in model.responses.iter().enumerate() {
        let params = response.params.iter().filter_map(|pid| pid.position(Target::Param, &model.index));
        if !params.filter_map(|param| model.params.get(param)).any(is_variable) {
            continue;
        }
        let label = response.head.label();
        match (before.on(position), on_each) {
            (None, Some(_)) => {}
            (Some(own), _) if own.iter().any(|(trigger, _)| reads(*trigger)) => {}
            (Some([(_, own), ..]), Some((_, each))) => {
                // TRG-36
                let (own, each) = (&own.head, &each.head);
                let message = format!("{} hides {}, so {label} is not read", own.label(), each.label());
                let fault = Fault::warning(Kind::HiddenTrigger, own.span, message);
                let fault = fault.related(each.span, format!("{} does not fire for {label}", each.label()));
                faults.add(fault.help(format!("add an action `read` on response to {}", own.label())));
            }
            _ => {
                let message = format!("nothing reads {label}, so its parts of variable length stay empty");
                let fault = Fault::warning(Kind::MissingRead, response.head.span, message);
                let help = "add a trigger `<On id=\"each\">response</On>`, `<Time>before</Time>` with an action `read` on response";
                faults.add(fault.help(help));
            }
        }
    }
}
