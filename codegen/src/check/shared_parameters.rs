//! Each connection has its own status parameter (CONN-69), which is a number (CONN-65), and at most one parameter
//! that holds its address (CONN-46).

use std::collections::BTreeMap;

use genlock_spec::ValueType;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, Target};
use crate::source::Span;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let mut shown: BTreeMap<usize, (Span, String)> = BTreeMap::new();
    for connection in &model.connections {
        let Some(status) = &connection.status else { continue };
        let Some(position) = status.position(Target::Param, &model.index) else { continue };
        let label = connection.head.label();
        if let Some((earlier, other)) = shown.get(&position) {
            let message = format!("{label} and {other} show their state in the same parameter");
            let fault = Fault::error(Kind::SharedParameter, status.span, message);
            let fault = fault.related(*earlier, format!("the state of {other}"));
            faults.add(fault.help("give each connection a parameter of its own"));
        }
        let param = model.params.get(position);
        if let Some(param) = param.filter(|param| param.interprete.is_some() && param.value_type() == ValueType::Text) {
            let message =
                format!("the state of {label} is a number (0 closed, 1 open), but {} is text", param.head.label());
            let fault = Fault::warning(Kind::WrongReferenceKind, status.span, message);
            let fault = fault.related(param.head.span, format!("{} is declared here", param.head.label()));
            faults.add(
                fault.help("write `<RawType>numeric text</RawType>` and `<Type>double</Type>` in its `Interprete`"),
            );
        }
        shown.entry(position).or_insert((status.span, label));
    }
    let mut addressed: BTreeMap<usize, (Span, String)> = BTreeMap::new();
    for param in &model.params {
        let Some(option) = &param.dynamic_ip else { continue };
        let Some(position) = model.addressed(option) else { continue };
        let label = param.head.label();
        if let Some((earlier, other)) = addressed.get(&position) {
            let message = format!("{label} and {other} both hold the address of one connection");
            let fault = Fault::error(Kind::SharedParameter, option.span, message);
            faults.add(fault.related(*earlier, format!("the option of {other}")).help("keep one of the two"));
        }
        addressed.entry(position).or_insert((option.span, label));
    }
}
