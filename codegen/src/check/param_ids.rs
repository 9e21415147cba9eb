//! LIFE-22: ids of parameters lie in the ranges that a connector may use.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let Some(id) = &param.head.id else { continue };
        let fault = match id.value {
            0 | 64_300..=69_999 | 100_000..=999_999 | 10_000_000.. => {
                let message = format!("no connector can use the parameter id {}", id.value);
                Fault::error(Kind::IdOutOfRange, id.span, message)
            }
            64_000..=64_299 => {
                let message = format!("the parameter id {} belongs to spectrum analyzers", id.value);
                Fault::error(Kind::ReservedId, id.span, message).validator("2.1.6")
            }
            70_000..=79_999 => {
                let message = format!("the parameter id {} belongs to mediation protocols", id.value);
                Fault::error(Kind::ReservedId, id.span, message).validator("2.1.7")
            }
            _ => continue,
        };
        faults.add(fault.help("use an id from 1 to 63999, or from 1000000 to 9989999"));
    }
}
