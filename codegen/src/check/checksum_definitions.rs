//! PARAM-116: a checksum says what it is calculated from, and how.

use genlock_spec::ParamKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        if param.coverage.is_some() || param.kind.is_none_or(|kind| kind.value != ParamKind::Crc) {
            continue;
        }
        let message = format!("nothing says how {} is calculated", param.head.label());
        let fault = Fault::error(Kind::MissingElement, param.head.span, message).missing("/CRC").beyond_rules();
        let help = "add `<CRC><Content><Param>0</Param></Content><Type>sum</Type></CRC>` with the parts that it covers";
        faults.add(fault.help(help));
    }
}
