//! Pairs.

use super::condition;
use super::item::{Head, Placed};
use super::option::Options;
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use crate::condition::Condition;
use crate::parse::Element;

/// A pair.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) head: Head,
    pub(crate) command: Option<Reference>,
    /// The responses that may answer, in the order in which they are tried (RSP-01).
    pub(crate) responses: Vec<Reference>,
    /// `@timeout` (PAIR-06).
    pub(crate) timeout_ms: Option<Placed<u32>>,
    /// Option `retries:n` (PAIR-23).
    pub(crate) retries: Option<u32>,
    /// Option `ignoreTimeout` (PAIR-26).
    pub(crate) ignore_timeout: bool,
    /// Option `connection:N` (PAIR-27).
    pub(crate) connection: Option<Placed<u32>>,
    /// `Condition` (PAIR-03).
    pub(crate) condition: Option<Condition>,
}

const OPTIONS: Options = Options {
    carried: &["connection", "ignoreTimeout", "retries"],
    refused: &[("receiveInterval", "serial lines"), ("oneByte", "serial lines"), ("commBreak", "serial lines")],
};

impl Pair {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let mut pair = Self {
            head: Head::read(Target::Pair, element, reader),
            command: None,
            responses: Vec::new(),
            timeout_ms: None,
            retries: None,
            ignore_timeout: false,
            connection: None,
            condition: None,
        };
        if pair.head.id.is_some() {
            pair.read_inside(element, reader);
        }
        pair
    }

    fn read_inside(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        self.condition = condition::read(element, reader);
        if let Some(options) = reader.attribute(element, "options") {
            self.read_options(options, reader);
        }
        let timeout = reader.attribute(element, "timeout");
        self.timeout_ms = timeout.and_then(|timeout| reader.number(&timeout, 1, 86_400_000, "a time in milliseconds"));
        let Some(content) = reader.child(element, "Content") else { return };
        // PAIR-01: exactly one command.
        let command = reader.child(content, "Command");
        self.command = command.and_then(|command| reader.reference(&Slot::text(command), Form::Plain));
        self.responses = reader.references(content, "Response", Form::Plain);
    }

    fn read_options(&mut self, options: Slot<'_>, reader: &mut Reader<'_, '_>) {
        for choice in OPTIONS.read(options, reader) {
            match choice.name {
                "connection" => {
                    let number = choice.number(u32::MAX, reader);
                    self.connection = number.map(|value| Placed { value, span: choice.slot.span });
                }
                // CONN-101: an element has at most 10 retries.
                "retries" => self.retries = choice.number(10, reader),
                _ => self.ignore_timeout = true,
            }
        }
    }
}
