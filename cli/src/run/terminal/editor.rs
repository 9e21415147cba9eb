//! [`Editor`]: the value of a write parameter while it is entered.

use genlock_codegen::pages::LetterCase;
use tui_input::{Input, InputRequest};

use crate::run::sheet::{Choice, Field, SECRET};

/// An entry under way.
#[derive(Debug)]
pub(super) struct Editor {
    pub(super) pid: u32,
    pub(super) caption: String,
    /// What may be entered, and what it is about.
    pub(super) hints: Vec<String>,
    /// What may be chosen.
    pub(super) choices: Vec<Choice>,
    pub(super) chosen: Option<usize>,
    question: String,
    case: LetterCase,
    is_secret: bool,
    input: Input,
}

impl Editor {
    /// An entry for a parameter that shows `now`; `decides` is the text of the parameter that decides on the choices.
    pub(super) fn new(field: &Field, now: &str, decides: Option<&str>) -> Self {
        let is_offered = |choice: &&Choice| decides.is_none_or(|text| choice.is_offered_with(text));
        let choices: Vec<Choice> = field.choices.iter().filter(is_offered).cloned().collect();
        let chosen = choices.iter().position(|choice| choice.text == now);
        let text = chosen.and_then(|chosen| choices.get(chosen)).map_or("", |choice| &choice.text);
        let hints = [&field.hint, &field.help].into_iter().filter(|hint| !hint.is_empty());
        Self {
            pid: field.pid,
            caption: field.caption.clone(),
            hints: hints.cloned().collect(),
            input: Input::from(text),
            choices,
            chosen,
            question: field.question.clone(),
            case: field.case,
            is_secret: field.is_secret,
        }
    }

    pub(super) fn handle(&mut self, request: InputRequest) {
        self.input.handle(request);
        let text = self.input.value();
        self.chosen = self.choices.iter().position(|choice| choice.text == text);
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
        if let Some(choice) = self.choices.get(next) {
            self.input = Input::from(choice.text.as_str());
            self.chosen = Some(next);
        }
    }

    /// What was entered, in the letters that the parameter has (PARAM-169).
    pub(super) fn entered(&self) -> String {
        match self.case {
            LetterCase::AsEntered => self.text().to_owned(),
            LetterCase::Lower => self.text().to_lowercase(),
            LetterCase::Upper => self.text().to_uppercase(),
        }
    }

    /// What is asked before it is set; empty: nothing.
    pub(super) fn question(&self) -> &str {
        let chosen = self.chosen.and_then(|chosen| self.choices.get(chosen));
        let own = chosen.map(|choice| choice.question.as_str()).filter(|question| !question.is_empty());
        own.unwrap_or(&self.question)
    }

    fn text(&self) -> &str {
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
