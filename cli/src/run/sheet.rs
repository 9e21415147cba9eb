//! What is shown of parameters, and how: captions, pages, and values as operators read them.

use genlock::{AlarmLevel, Value};
use genlock_spec::{Param, ParamKind, Spec};

use super::visible::visible;

/// What stands for the value of a password parameter.
pub(super) const SECRET: &str = "****";
/// What stands for a value that is not initialised.
const NOTHING: &str = "—";

/// The parameters of a connector, as they are shown.
pub(super) struct Sheet {
    spec: &'static Spec<'static>,
    /// One for each parameter, in the order of the tables.
    pub(super) fields: Vec<Field>,
    pub(super) pages: Vec<Page>,
}

/// One parameter.
pub(super) struct Field {
    pub(super) pid: u32,
    pub(super) caption: String,
    pub(super) unit: String,
    /// The position of the field that sets it: its own for a write parameter.
    pub(super) setter: Option<usize>,
    /// Whether its value is never shown (PARAM-169).
    pub(super) is_secret: bool,
    /// Whether setting it takes no value: a button with one discreet (PARAM-145).
    pub(super) is_button: bool,
    /// The texts of its discreets.
    pub(super) choices: Vec<String>,
    /// What may be entered, for people.
    pub(super) hint: String,
}

/// A list of parameters under one name.
pub(super) struct Page {
    pub(super) name: String,
    /// Positions of fields.
    pub(super) fields: Vec<usize>,
}

impl Sheet {
    pub(super) fn new(spec: &'static Spec<'static>) -> Self {
        let fields: Vec<Field> =
            spec.params.iter().enumerate().map(|(position, row)| field(spec, position, row)).collect();
        let shown = spec.params.iter().enumerate().filter(|(_, row)| has_a_value(row.kind));
        let page = Page { name: "Parameters".to_owned(), fields: shown.map(|(position, _)| position).collect() };
        Self { spec, fields, pages: vec![page] }
    }

    /// The position of the parameter with this id.
    pub(super) fn position(&self, pid: u32) -> Option<usize> {
        self.fields.iter().position(|field| field.pid == pid)
    }

    /// What a parameter is called, with its id.
    pub(super) fn label(&self, pid: u32) -> String {
        let field = self.position(pid).and_then(|position| self.fields.get(position));
        field.map_or_else(|| format!("parameter {pid}"), |field| format!("{} ({pid})", field.caption))
    }

    /// A value as operators read it: the text of its discreet, or itself with its unit.
    pub(super) fn value(&self, pid: u32, value: Option<&Value>) -> String {
        let Some(position) = self.position(pid) else { return NOTHING.to_owned() };
        let (Some(field), Some(row)) = (self.fields.get(position), self.spec.params.get(position)) else {
            return NOTHING.to_owned();
        };
        match value {
            _ if field.is_secret => SECRET.to_owned(),
            None => NOTHING.to_owned(),
            Some(value) => shown(self.spec, row, field, value),
        }
    }
}

fn shown(spec: &Spec<'_>, row: &Param, field: &Field, value: &Value) -> String {
    let text = value.to_text();
    let number = value.to_number();
    let discreet = spec.discreets_of(row.discreets).iter().find(|discreet| match discreet.number {
        Some(known) => number == Some(known),
        None => spec.text(discreet.value) == text.as_str(),
    });
    let exceptions = row.format.map_or(&[][..], |format| spec.exceptions_of(spec.format(format).exceptions));
    let exception = exceptions.iter().find(|exception| spec.text(exception.value) == text.as_str());
    if let Some(discreet) = discreet {
        return visible(spec.text(discreet.display)).into_owned();
    }
    if let Some(exception) = exception {
        return visible(spec.text(exception.display)).into_owned(); // PARAM-100
    }
    let text = visible(&text);
    if field.unit.is_empty() { text.into_owned() } else { format!("{text} {}", field.unit) }
}

fn field(spec: &Spec<'_>, position: usize, row: &Param) -> Field {
    let discreets = spec.discreets_of(row.discreets);
    Field {
        pid: row.pid,
        caption: visible(spec.text(row.name)).into_owned(),
        unit: String::new(),
        setter: row.kind.is_write().then_some(position),
        is_secret: row.secret,
        is_button: row.kind.is_write() && discreets.len() == 1,
        choices: discreets.iter().map(|discreet| visible(spec.text(discreet.display)).into_owned()).collect(),
        hint: hint(row),
    }
}

/// What may be entered (PARAM-149).
fn hint(row: &Param) -> String {
    let unit = if row.value_type.is_number() { "" } else { " characters" };
    let Some(range) = row.entry else { return String::new() };
    let bounds = match (range.low, range.high) {
        (Some(low), Some(high)) => format!("{low} to {high}{unit}"),
        (Some(low), None) => format!("at least {low}{unit}"),
        (None, Some(high)) => format!("at most {high}{unit}"),
        (None, None) => String::new(),
    };
    match range.step {
        Some(step) if bounds.is_empty() => format!("in steps of {step}"),
        Some(step) => format!("{bounds}, in steps of {step}"),
        None => bounds,
    }
}

/// Whether a parameter holds something that changes.
fn has_a_value(kind: ParamKind) -> bool {
    !kind.is_constant()
        && !matches!(
            kind,
            ParamKind::Dummy
                | ParamKind::Length
                | ParamKind::Crc
                | ParamKind::Array
                | ParamKind::Matrix
                | ParamKind::DiscreetInfo
        )
}

/// The word for an alarm level; none where a parameter is not monitored.
pub(super) fn alarm_word(level: AlarmLevel) -> &'static str {
    match level {
        AlarmLevel::Undefined => "",
        AlarmLevel::Normal => "normal",
        AlarmLevel::Warning => "warning",
        AlarmLevel::Minor => "minor",
        AlarmLevel::Major => "major",
        AlarmLevel::Critical => "critical",
    }
}
