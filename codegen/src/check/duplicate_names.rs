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

/// Whether the parameters of one name are one that holds a value and the one that sets it (schema, 4.2).
fn belong_together(first: &Param, others: &[&Param]) -> bool {
    let kind = |param: &Param| param.kind.map(|kind| kind.value);
    match others {
        [] => true,
        [other] => match (kind(first), kind(other)) {
            (Some(first), Some(other)) => is_set_by(first, other) || is_set_by(other, first),
            // A kind that is missing or unknown has its own fault.
            _ => true,
        },
        _ => false,
    }
}

/// Whether a parameter of the kind `held` may share its name with one of the kind `set`. An array that is set is a
/// matrix.
const fn is_set_by(held: ParamKind, set: ParamKind) -> bool {
    match held {
        ParamKind::Read | ParamKind::ReadBit => set.is_write(),
        ParamKind::Header | ParamKind::Trailer | ParamKind::Array => matches!(set, ParamKind::Write),
        _ => false,
    }
}
