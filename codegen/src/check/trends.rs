//! What the trend of a parameter keeps makes sense for its values (TRD-04).

use genlock_spec::TrendKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let is_discreet = param.measurement.as_ref().is_some_and(|measurement| !measurement.discreets.is_empty());
        let Some(kind) = param.trend.kind.filter(|kind| is_discreet && kind.value == TrendKind::Sum) else { continue };
        let message = format!("a sum of the known values of {} says nothing", param.head.label());
        let fault = Fault::error(Kind::IncompatibleCombination, kind.span, message);
        faults.add(fault.beyond_rules().help("keep another value of each window, such as `last`"));
    }
}
