//! [`Field`]: one parameter, as it is shown and set.

use genlock_codegen::pages::{self, Form, LetterCase, NumberForm, Pages};
use genlock_spec::{Param, Spec};

use crate::run::visible::visible;

/// One parameter.
pub(in crate::run) struct Field {
    pub(in crate::run) pid: u32,
    pub(in crate::run) caption: String,
    pub(in crate::run) unit: String,
    pub(in crate::run) form: Form,
    pub(super) number: NumberForm,
    pub(super) decimals: Option<usize>,
    /// The id of the parameter that sets it: its own for a write parameter.
    pub(in crate::run) setter: Option<u32>,
    /// Whether its value is never shown (PARAM-169).
    pub(in crate::run) is_secret: bool,
    pub(in crate::run) choices: Vec<Choice>,
    /// The id of the parameter whose text decides on the choices (PARAM-164).
    pub(in crate::run) depends_on: Option<u32>,
    /// What may be entered, for people.
    pub(in crate::run) hint: String,
    /// What it is about.
    pub(in crate::run) help: String,
    /// What is asked before it is set; empty: nothing.
    pub(in crate::run) question: String,
    pub(in crate::run) case: LetterCase,
}

/// Something that may be chosen.
#[derive(Clone, Debug)]
pub(in crate::run) struct Choice {
    pub(in crate::run) text: String,
    /// What is asked before it is set; empty: nothing.
    pub(in crate::run) question: String,
    /// The texts of the parameter that decides with which it is offered; empty: with all.
    offered_with: String,
}

impl Choice {
    /// Whether it is offered while the parameter that decides shows this text.
    pub(in crate::run) fn is_offered_with(&self, text: &str) -> bool {
        self.offered_with.is_empty() || self.offered_with.split(';').any(|offered| offered.trim() == text)
    }
}

impl Field {
    pub(super) fn new(spec: &Spec<'_>, pages: &Pages, row: &Param) -> Self {
        let plain = |text: &str| visible(text).into_owned();
        let default = pages::Field { caption: spec.text(row.name).to_owned(), ..pages::Field::default() };
        let shown = pages.fields.iter().find(|field| field.pid == row.pid).unwrap_or(&default);
        let partner = shown.partner.filter(|_| !row.kind.is_write());
        let setter = if row.kind.is_write() { Some(row.pid) } else { partner };
        Self {
            pid: row.pid,
            caption: plain(&shown.caption),
            unit: plain(&shown.unit),
            form: shown.form,
            number: shown.number,
            decimals: shown.decimals.and_then(|decimals| usize::try_from(decimals).ok()),
            setter,
            is_secret: row.secret,
            choices: choices(spec, row, shown),
            depends_on: shown.depends_on,
            hint: hint(row),
            help: plain(shown.help.lines().next().unwrap_or_default()),
            question: plain(&shown.question),
            case: shown.case,
        }
    }

    /// What its button sets, if it has only one (PARAM-145).
    pub(in crate::run) fn only_choice(&self) -> Option<&Choice> {
        match self.choices.as_slice() {
            [only] if self.form == Form::Button => Some(only),
            _ => None,
        }
    }

    /// What its toggle button sets while this is shown: the other one of two (PARAM-147).
    pub(in crate::run) fn other_choice(&self, shown: &str) -> Option<&Choice> {
        match self.choices.as_slice() {
            [one, other] | [other, one] if self.form == Form::ToggleButton && one.text == shown => Some(other),
            _ => None,
        }
    }
}

fn choices(spec: &Spec<'_>, row: &Param, shown: &pages::Field) -> Vec<Choice> {
    let plain = |text: &str| visible(text).into_owned();
    if shown.choices.is_empty() {
        let discreets = spec.discreets_of(row.discreets).iter();
        let choice = |text: &str| Choice { text: plain(text), question: String::new(), offered_with: String::new() };
        return discreets.map(|discreet| choice(spec.text(discreet.display))).collect();
    }
    let choice = |choice: &pages::Choice| Choice {
        text: plain(&choice.display),
        question: plain(&choice.question),
        offered_with: choice.offered_with.clone(),
    };
    shown.choices.iter().map(choice).collect()
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
