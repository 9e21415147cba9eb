//! [`Editor`]: the value of a write parameter while it is entered.

use tui_input::{Input, InputRequest};

use crate::run::sheet::{Field, SECRET};

/// An entry under way.
#[derive(Debug)]
pub(super) struct Editor {
    pub(super) pid: u32,
    pub(super) caption: String,
    /// What may be entered.
    pub(super) hint: String,
    /// The texts to choose from.
    pub(super) choices: Vec<String>,
    pub(super) chosen: Option<usize>,
    is_secret: bool,
    input: Input,
}

impl Editor {
    pub(super) fn new(field: &Field, now: &str) -> Self {
        let chosen = field.choices.iter().position(|choice| choice == now);
        let text = chosen.and_then(|chosen| field.choices.get(chosen)).cloned().unwrap_or_default();
        Self {
            pid: field.pid,
            caption: field.caption.clone(),
            hint: field.hint.clone(),
            choices: field.choices.clone(),
            chosen,
            is_secret: field.is_secret,
            input: Input::new(text),
        }
    }

    pub(super) fn handle(&mut self, request: InputRequest) {
        self.input.handle(request);
        let text = self.input.value();
        self.chosen = self.choices.iter().position(|choice| choice == text);
    }

    /// Takes the next choice, or the one before.
    pub(super) fn choose(&mut self, forward: bool) {
        let Some(last) = self.choices.len().checked_sub(1) else { return };
        let next = match (self.chosen, forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(chosen), true) => (chosen + 1).min(last),
            (Some(chosen), false) => chosen.saturating_sub(1),
        };
        if let Some(text) = self.choices.get(next) {
            self.input = Input::new(text.clone());
            self.chosen = Some(next);
        }
    }

    /// What was entered.
    pub(super) fn text(&self) -> &str {
        self.input.value()
    }

    /// What is seen of it, and where the cursor is in that.
    pub(super) fn seen(&self) -> (String, usize) {
        if self.is_secret {
            // Not even how long it is.
            let text = if self.text().is_empty() { String::new() } else { SECRET.to_owned() };
            let end = text.len();
            return (text, end);
        }
        (self.text().to_owned(), self.input.visual_cursor())
    }
}
