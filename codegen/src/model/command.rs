//! Commands.

use genlock_spec::MessageType;

use super::item::Head;
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::Vocabulary;
use crate::parse::Element;

/// A command.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) head: Head,
    /// `WebSocketMessageType` (CONN-80).
    pub(crate) message_type: MessageType,
    /// The parameters that it consists of (CMD-01).
    pub(crate) params: Vec<Reference>,
    /// `@ascii`: which of them are sent as ASCII in a protocol whose texts are UTF-16.
    pub(crate) ascii: Option<Ascii>,
}

/// What of a command is sent as ASCII.
#[derive(Debug)]
pub(crate) enum Ascii {
    All,
    Params(Vec<Reference>),
}

const MESSAGE_TYPE: Vocabulary<MessageType> =
    Vocabulary { words: &[("binary", Carried(MessageType::Binary)), ("text", Carried(MessageType::Text))] };

impl Command {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let head = Head::read(Target::Command, element, reader);
        let mut command = Self { head, message_type: MessageType::Binary, params: Vec::new(), ascii: None };
        if command.head.id.is_some() {
            let word = reader.child(element, "WebSocketMessageType");
            let word = word.and_then(|word| reader.word(&Slot::text(word), &MESSAGE_TYPE));
            command.message_type = word.map_or(MessageType::Binary, |word| word.value);
            command.ascii = element.get("ascii").map(Slot::attribute).map(|ascii| {
                let ids = ascii.parts().filter_map(|id| Form::Loose.read(id.raw, id.span));
                if ascii.is("true") { Ascii::All } else { Ascii::Params(ids.collect()) }
            });
            command.params = content(element, &command.head, reader);
        }
        command
    }
}

/// The parameters in the Content of a command or a response.
pub(super) fn content(element: &Element, head: &Head, reader: &mut Reader<'_, '_>) -> Vec<Reference> {
    let Some(content) = reader.child(element, "Content") else { return Vec::new() };
    let params = reader.references(content, "Param", Form::Literal);
    if !content.children.iter().any(|child| child.name == "Param") {
        reader.nothing_in(content, &head.label(), "Param");
    }
    params
}
