//! What a browser must know of a connector: names and types from the tables, and how it is shown.

use genlock_spec::{AlarmThreshold, Format, Param, ParamKind, Spec, TrendKind};
use serde_json::{Map, Value as Json, json};

use crate::element::AnyElement;

/// The connector of an element.
pub(super) fn model(element: &AnyElement, read_only: bool) -> Json {
    let spec = element.spec();
    // Generated code and `genlock_codegen` write it; without it all parameters are listed by their names.
    let pages: Json = serde_json::from_str(element.pages()).unwrap_or_else(|_| json!({}));
    macro_rules! named {
        ($($table:ident)+) => {
            json!({ $(stringify!($table): spec.$table.iter().map(|row| json!([row.id, spec.text(row.name)])).collect::<Vec<_>>(),)+ })
        };
    }
    json!({
        "name": element.name(),
        "protocol": element.protocol_name(),
        "version": element.protocol_version(),
        "readOnly": read_only,
        "params": spec.params.iter().map(|row| param(spec, row)).collect::<Vec<_>>(),
        "names": named!(connections responses commands pairs groups triggers actions qactions timers),
        "pages": pages,
    })
}

/// A parameter. What says nothing is left out.
fn param(spec: &Spec<'_>, row: &Param) -> Json {
    let mut param = Map::new();
    let mut tell = |key: &str, told: Json| {
        param.insert(key.to_owned(), told);
    };
    tell("pid", json!(row.pid));
    tell("name", json!(spec.text(row.name)));
    tell("kind", json!(kind(row.kind)));
    if row.value_type.is_number() {
        tell("number", json!(true));
    }
    if row.secret {
        tell("secret", json!(true));
    }
    if let Some(trend) = row.trend {
        tell("trend", json!(trend_word(trend)));
    }
    let discreets = spec.discreets_of(row.discreets).iter();
    let discreets: Vec<Json> =
        discreets.map(|discreet| json!([spec.text(discreet.value), spec.text(discreet.display)])).collect();
    if !discreets.is_empty() {
        tell("discreets", json!(discreets));
    }
    let format = row.format.map_or(&Format::BLANK, |format| spec.format(format));
    let exceptions = spec.exceptions_of(format.exceptions).iter();
    let others =
        spec.others_of(format.others).iter().map(|other| json!([spec.text(other.value), spec.text(other.display)]));
    let exceptions = exceptions.map(|exception| json!([spec.text(exception.incoming), spec.text(exception.display)]));
    let exceptions: Vec<Json> = exceptions.chain(others).collect();
    if !exceptions.is_empty() {
        tell("exceptions", json!(exceptions));
    }
    if let Some(entry) = row.entry {
        tell("entry", json!({ "low": entry.low, "high": entry.high, "step": entry.step }));
    }
    let limits = limits(spec, row);
    if !limits.is_empty() {
        tell("limits", json!(limits));
    }
    Json::Object(param)
}

/// The alarm limits: level, value, and whether it is a lower one.
fn limits(spec: &Spec<'_>, row: &Param) -> Vec<Json> {
    let limit =
        |threshold: &AlarmThreshold, is_low: bool| json!([threshold.level.word(), spec.text(threshold.value), is_low]);
    let highs = spec.thresholds_of(row.alarms).iter().map(|threshold| limit(threshold, false));
    let monitoring = row.monitoring.map(|monitoring| spec.monitoring(monitoring));
    let lows = monitoring.map_or(&[][..], |monitoring| spec.thresholds_of(monitoring.lows));
    highs.chain(lows.iter().map(|threshold| limit(threshold, true))).collect()
}

const fn kind(kind: ParamKind) -> &'static str {
    if kind.is_write() {
        "write"
    } else if kind.is_constant() {
        "constant"
    } else {
        match kind {
            ParamKind::Read | ParamKind::ReadBit => "read",
            ParamKind::Array => "table",
            ParamKind::Matrix => "matrix",
            _ => "internal",
        }
    }
}

const fn trend_word(trend: TrendKind) -> &'static str {
    match trend {
        TrendKind::Average => "average",
        TrendKind::Last => "last",
        TrendKind::Sum => "sum",
        TrendKind::Maximum => "maximum",
        TrendKind::Minimum => "minimum",
    }
}
