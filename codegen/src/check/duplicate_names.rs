//! Names are unique within their kind, letter case ignored (TRG-53; schema, 4.1). Those of parameters are another
//! matter (`display::shared_names`).

use std::collections::BTreeMap;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Head, Model, Target};
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let mut first: BTreeMap<(Target, String), &Head> = BTreeMap::new();
    for (target, _, head) in
        model.heads().filter(|(target, _, _)| !matches!(target, Target::Param | Target::Connection))
    {
        let (Some(_), Some(name)) = (&head.id, &head.name) else { continue };
        if let Some(earlier) = first.get(&(target, name.value.to_lowercase())) {
            let message = format!("there are two {}s named {}", target.noun(), quoted(&name.value));
            let fault = Fault::style(Kind::DuplicateName, name.span, message).help("give one of them another name");
            faults.add(fault.related(earlier.name.as_ref().map_or(earlier.span, |name| name.span), "the first one"));
        } else {
            first.insert((target, name.value.to_lowercase()), head);
        }
    }
}
