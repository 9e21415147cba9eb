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
    /// `@ping`: it tests the connection while that is polled slowly.
    pub(crate) ping: bool,
    /// `ResponseOnBadCommand`: what answers a command that was refused (RSP-09).
    pub(crate) on_bad_command: Vec<Reference>,
    /// Option `receiveInterval:ms`.
    pub(crate) receive_interval_ms: Option<u32>,
    /// Option `oneByte:ms`: the pause after each byte.
    pub(crate) one_byte_ms: Option<u32>,
    /// Option `commBreak:ms`: the length of the break signal in front.
    pub(crate) break_ms: Option<u32>,
    /// `Condition` (PAIR-03).
    pub(crate) condition: Option<Condition>,
}

/// The pause of `oneByte` and `commBreak` that do not say it (schema, 8.3).
const PAUSE_MS: u32 = 5;

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
            ping: false,
            on_bad_command: Vec::new(),
            receive_interval_ms: None,
            one_byte_ms: None,
            break_ms: None,
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
        let ping = element.get("ping").map(Slot::attribute).and_then(|ping| reader.flag(&ping));
        self.ping = ping.is_some_and(|ping| ping.value);
        let Some(content) = reader.child(element, "Content") else { return };
        self.on_bad_command = reader.references(content, "ResponseOnBadCommand", Form::Plain);
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
                "ignoreTimeout" => self.ignore_timeout = true,
                "receiveInterval" => self.receive_interval_ms = choice.number(u32::MAX, reader),
                "oneByte" => self.one_byte_ms = Some(choice.number_or(PAUSE_MS)),
                _ => self.break_ms = Some(choice.number_or(PAUSE_MS)),
            }
        }
    }
}
