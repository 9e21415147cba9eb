//! CONN-46, CONN-98: `dynamic ip` stands on a read parameter and names a connection.

use genlock_spec::ParamKind;

use super::references::dangling;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, Reference, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let Some(option) = &param.dynamic_ip else { continue };
        let label = param.head.label();
        if param.kind.is_some_and(|kind| kind.value != ParamKind::Read) {
            let message = format!("{label} is no read parameter, so it cannot hold an address");
            let fault = Fault::error(Kind::IncompatibleCombination, option.span, message);
            faults.add(fault.help("put `dynamic ip` on a parameter of type `read`"));
        }
        let number = i64::from(option.connection.unwrap_or(0));
        let Some(connection) = model.addressed(option).and_then(|position| model.connections.get(position)) else {
            let reference = Reference { text: number.to_string(), id: Some(number), padded: false, span: option.span };
            let owner = format!("{label} holds the address of");
            faults.add(dangling(model, &owner, &reference, Target::Connection).beyond_rules());
            continue;
        };
        if option.connection.is_none() && connection.head.id() != Some(0) {
            let id = connection.head.id().unwrap_or_default();
            let message = format!(
                "`dynamic ip` without a number means connection 0; it is taken for connection {id}, the only one"
            );
            let fault = Fault::note(Kind::BareDynamicIp, option.span, message);
            faults.add(fault.help(format!("write `dynamic ip {id}`")));
        }
    }
}
