//! Names of parameters are unique, letter case ignored. A read and a write parameter that belong together share one
//! (PARAM-10).

use std::collections::BTreeMap;

use genlock_spec::ParamKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, Param};
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let mut sharing: BTreeMap<String, Vec<&Param>> = BTreeMap::new();
    for param in model.params.iter().filter(|param| param.head.id.is_some()) {
        if let Some(name) = &param.head.name {
            sharing.entry(name.value.to_lowercase()).or_default().push(param);
        }
    }
    for params in sharing.into_values() {
        let Some((first, others)) = params.split_first().filter(|(first, others)| !belong_together(first, others))
        else {
            continue;
        };
        for param in others {
            let Some(name) = &param.head.name else { continue };
            let message = format!("there are two parameters named {}", quoted(&name.value));
            let fault = Fault::error(Kind::DuplicateName, name.span, message);
            let help = "give one of them another name; only one read and one write parameter can share theirs";
            faults.add(fault.help(help).related(first.head.span, format!("{} has the same name", first.head.label())));
        }
    }
}

/// Whether the parameters of one name are a read parameter and the write parameter that sets it.
fn belong_together(first: &Param, others: &[&Param]) -> bool {
    let kind = |param: &Param| param.kind.map(|kind| kind.value);
    match others {
        [] => true,
        [other] => matches!(
            (kind(first), kind(other)),
            (Some(ParamKind::Read), Some(ParamKind::Write)) | (Some(ParamKind::Write), Some(ParamKind::Read))
            // A kind that is missing or unknown has its own fault.
            | (None, _) | (_, None)
        ),
        _ => false,
    }
}
