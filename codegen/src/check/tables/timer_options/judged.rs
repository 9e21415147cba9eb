//! What is wrong with one option: its parts, and so the whole.

use super::read::TimerOption;
use crate::check::file::{File, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::source::Span;
use crate::text::quoted;

/// How bad an option is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Right,
    /// It works, but uses what is superseded.
    Outdated,
    Wrong,
}

/// An option whose parts are judged one by one.
pub(super) struct Judged<'o, 'd> {
    option: &'o TimerOption<'d>,
    /// The rule on the whole option.
    rule: &'static str,
    /// What to write: `ip:table,column`.
    form: &'static str,
    parts: Vec<Fault>,
    /// How bad that is for the whole.
    state: State,
}

impl<'o, 'd> Judged<'o, 'd> {
    pub(super) fn new(option: &'o TimerOption<'d>, rule: &'static str, form: &'static str) -> Self {
        let state = if option.value.is_none() { State::Wrong } else { State::Right };
        Self { option, rule, form, parts: Vec::new(), state }
    }

    /// What is wrong with a part of it.
    pub(super) fn add(&mut self, fault: Fault) {
        self.parts.push(fault);
        self.state = State::Wrong;
    }

    /// What still works in it.
    pub(super) fn outdated(&mut self, fault: Fault) {
        self.parts.push(fault);
        self.state = self.state.max(State::Outdated);
    }

    /// What leaves the option as it is, only less recommended.
    pub(super) fn advise(&mut self, fault: Fault) {
        self.parts.push(fault);
    }

    /// 7.3.20: a part that it needs is absent. `what` is the part with its article.
    pub(super) fn absent(&mut self, what: &str) {
        let message = format!("{} lacks {what}", quoted(self.option.slot.trimmed()));
        let help = format!("write `{}`", self.form);
        self.add(Fault::rule("7.3.20", self.option.slot.span, message).help(help));
    }

    /// 7.3.3: a part, called `what`, has not its form, or no value at all.
    pub(super) fn invalid(&mut self, part: Slot<'_>, has_value: bool, what: &str, help: &str) {
        let name = self.option.name;
        let message = if has_value {
            format!("{what} in the option `{name}` cannot be {}", quoted(part.trimmed()))
        } else {
            format!("{what} in the option `{name}` has no value")
        };
        let span = if part.is_blank() { self.option.slot.span } else { part.span };
        self.add(Fault::rule("7.3.3", span, message).help(help));
    }

    /// A part that must be an unsigned integer.
    pub(super) fn number(&mut self, part: Slot<'_>, what: &str) -> Option<u32> {
        let number = loose(part.raw).filter(|_| !part.is_blank());
        if number.is_none() {
            self.invalid(part, !part.is_blank(), what, "write a whole number");
        }
        number
    }

    /// 7.3.2: whether the part names an item of the file; reports it if not.
    pub(super) fn refers(&mut self, file: &File<'_>, part: Slot<'_>, target: Target, id: u32) -> bool {
        let is_there = file.has(target, id);
        if !is_there {
            self.add(dangling("7.3.2", file, self.option, part.span, target, id));
        }
        is_there
    }

    /// Reports the option, and then its parts.
    pub(super) fn report(self, faults: &mut Faults) {
        let (name, form) = (self.option.name, self.form);
        let (message, help) = match (self.state, self.option.value) {
            (State::Outdated, _) => {
                (format!("the option `{name}` uses what is superseded"), "leave that part out".to_owned())
            }
            (_, None) => (format!("the option `{name}` has no value"), format!("write `{form}`")),
            (_, Some(_)) => {
                (format!("the option `{name}` does not work as it is written"), format!("its form is `{form}`"))
            }
        };
        let fault = Fault::rule(self.rule, self.option.slot.span, message).help(help);
        if self.state != State::Right {
            faults.add(fault);
        }
        self.parts.into_iter().for_each(|fault| faults.add(fault));
    }
}

/// A fault of a reference in an option that names nothing.
pub(super) fn dangling(
    rule: &'static str,
    file: &File<'_>,
    option: &TimerOption<'_>,
    span: Span,
    target: Target,
    id: u32,
) -> Fault {
    let message = format!("the option `{}` names {} {id}, which is not declared", option.name, target.noun());
    Fault::rule(rule, span, message).help(file.declared_near(target, id))
}
