//! What is shown of parameters, and how: captions, pages, and values as operators read them.

mod field;
mod number;
mod page;

use genlock::{AlarmLevel, Value};
use genlock_codegen::pages::Pages;
use genlock_spec::{Param, Spec};

pub(super) use self::field::{Choice, Field};
pub(super) use self::page::Page;
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
    /// Never empty.
    pub(super) pages: Vec<Page>,
}

impl Sheet {
    pub(super) fn new(spec: &'static Spec<'static>, pages: &Pages) -> Self {
        let fields: Vec<Field> = spec.params.iter().map(|row| Field::new(spec, pages, row)).collect();
        let pages = page::pages(spec, pages, &fields);
        Self { spec, fields, pages }
    }

    /// The position of the parameter with this id.
    pub(super) fn position(&self, pid: u32) -> Option<usize> {
        self.fields.iter().position(|field| field.pid == pid)
    }

    /// The page that is shown first.
    pub(super) fn first_page(&self) -> usize {
        self.pages.iter().position(|page| page.is_first).unwrap_or_default()
    }

    /// What a parameter is called, with its id.
    pub(super) fn label(&self, pid: u32) -> String {
        let field = self.position(pid).and_then(|position| self.fields.get(position));
        field.map_or_else(|| format!("parameter {pid}"), |field| format!("{} ({pid})", field.caption))
    }

    /// What a response is called, with its id.
    pub(super) fn response(&self, id: u32) -> String {
        let row = self.spec.responses.iter().find(|row| row.id == id);
        let name = row.map(|row| visible(self.spec.text(row.name))).unwrap_or_default();
        format!("{name} ({id})")
    }

    /// The name of the page that a page button opens: the value of its first discreet (PARAM-146).
    pub(super) fn opened_by(&self, field: &Field) -> Option<&str> {
        let row = self.position(field.pid).and_then(|position| self.spec.params.get(position))?;
        let discreet = self.spec.discreets_of(row.discreets).first()?;
        Some(self.spec.text(discreet.value))
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
    let (text, number) = (value.to_text(), value.to_number());
    let is_it = |raw: &str, known: Option<f64>| match known {
        Some(known) => number == Some(known),
        None => raw == text.as_str(),
    };
    let discreets = spec.discreets_of(row.discreets).iter();
    let mut discreets = discreets.filter(|discreet| is_it(spec.text(discreet.value), discreet.number));
    if let Some(discreet) = discreets.next() {
        return visible(spec.text(discreet.display)).into_owned();
    }
    let exceptions = row.format.map_or(&[][..], |format| spec.exceptions_of(spec.format(format).exceptions));
    let mut exceptions = exceptions.iter().filter(|exception| is_it(spec.text(exception.incoming), exception.number));
    if let Some(exception) = exceptions.next() {
        return visible(spec.text(exception.display)).into_owned(); // PARAM-100
    }
    let text = match number.filter(|_| row.value_type.is_number()) {
        Some(number) => number::written(number, field.number, field.decimals),
        None => visible(&text).into_owned(),
    };
    if field.unit.is_empty() { text } else { format!("{text} {}", field.unit) }
}

/// The word for an alarm level; none where a parameter is not monitored.
pub(super) fn alarm_word(level: AlarmLevel) -> &'static str {
    if level == AlarmLevel::Undefined { "" } else { level.word() }
}
