//! QActions: the places where the user's own code runs.

use super::condition;
use super::item::{Head, Placed};
use super::option::Options;
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::Vocabulary;
use crate::condition::Condition;
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::source::Span;

/// A QAction. Its script is not read (QA-25).
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub(crate) struct QAction {
    pub(crate) head: Head,
    /// The start of its element, as written.
    pub(crate) doc: String,
    /// The parameters whose change events run it (QA-01).
    pub(crate) triggers: Vec<Reference>,
    /// The place of `triggers`.
    pub(crate) triggers_span: Option<Span>,
    /// `entryPoint` (QA-10).
    pub(crate) entry_points: Option<Placed<Vec<EntryPoint>>>,
    /// Whether it holds library code only: option `precompile`.
    pub(crate) is_library: bool,
    /// `inputParameters`: what it is given (QA-20).
    pub(crate) inputs: Vec<Reference>,
    /// `row`: it runs once for each row that changed.
    pub(crate) per_row: bool,
    /// Option `queued`: it runs beside the others (QA-22).
    pub(crate) queued: bool,
    /// Option `binary`: its inputs are bytes.
    pub(crate) binary: bool,
    /// Option `group`: `triggers` are groups.
    pub(crate) of_groups: bool,
    /// `Condition` (QA-05).
    pub(crate) condition: Option<Condition>,
}

/// One entry of `entryPoint`: `[Class.]Method`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntryPoint {
    /// The whole text.
    pub(crate) text: String,
    /// The method.
    pub(crate) method: String,
}

const ENCODING: Vocabulary<()> =
    Vocabulary { words: &[("csharp", Carried(())), ("jscript", Carried(())), ("vbscript", Carried(()))] };

const OPTIONS: Options = Options {
    // QA-24: `debug`, `dllName` and `precompile` concern the host of the scripts.
    carried: &["binary", "debug", "dllName", "precompile", "queued"],
    refused: &[("group", "tables")],
};

impl QAction {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        element.text_taken.set(true);
        let id = reader.id(element, Target::QAction);
        let head = Head::named_by_attribute(Target::QAction, id, element, reader);
        let tag = reader.source.slice(element.tag);
        let doc = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut qaction = Self {
            head,
            doc,
            triggers: Vec::new(),
            triggers_span: None,
            entry_points: None,
            is_library: false,
            inputs: Vec::new(),
            per_row: false,
            queued: false,
            binary: false,
            of_groups: false,
            condition: None,
        };
        if qaction.head.id.is_some() {
            qaction.read_inside(element, reader);
        }
        qaction
    }

    fn read_inside(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        self.condition = condition::read(element, reader);
        // An empty one is a fault of the form of the file.
        if self.head.name.is_none() && element.get("name").is_none() {
            let message = format!("{} has no name, which its function is named by", self.head.label());
            let fault = Fault::error(Kind::MissingAttribute, self.head.span, message).missing("@name");
            reader.faults.add(fault.help("write `name=\"…\"`"));
        }
        if let Some(encoding) = reader.attribute(element, "encoding") {
            reader.word(&encoding, &ENCODING);
        } else {
            let message = format!("{} does not say what language its script is in", self.head.label());
            let fault = Fault::error(Kind::MissingAttribute, self.head.span, message).missing("@encoding");
            reader.faults.add(fault.help("write `encoding=\"csharp\"`"));
        }
        if let Some(options) = reader.attribute(element, "options") {
            for choice in OPTIONS.read(options, reader) {
                match choice.name {
                    "precompile" => self.is_library = true,
                    "queued" => self.queued = true,
                    "binary" => self.binary = true,
                    "group" => self.of_groups = true,
                    // QA-24
                    _ => {}
                }
            }
        }
        let inputs = reader.attribute(element, "inputParameters");
        self.inputs = inputs.map_or_else(Vec::new, |inputs| reader.list(inputs, Form::Loose));
        let per_row = element.get("row").map(Slot::attribute).and_then(|row| reader.flag(&row));
        self.per_row = per_row.is_some_and(|row| row.value);
        let triggers = reader.attribute(element, "triggers");
        if self.is_library {
            return;
        }
        if let Some(triggers) = triggers {
            self.triggers_span = Some(triggers.span);
            self.triggers = reader.list(triggers, Form::Literal);
        }
        if let Some(entry_points) = reader.attribute(element, "entryPoint") {
            self.read_entry_points(entry_points, reader);
        }
    }

    fn read_entry_points(&mut self, slot: Slot<'_>, reader: &mut Reader<'_, '_>) {
        let mut entries = Vec::new();
        for entry in slot.entries() {
            let text = entry.raw.trim();
            let method = text.rsplit('.').next().unwrap_or(text);
            if method.is_empty() {
                let fault = Fault::error(Kind::InvalidValue, slot.span, "an entry point has no method");
                reader.faults.add(fault.help("write `Method` or `Class.Method`, with `;` between entry points"));
            }
            entries.push(EntryPoint { text: text.to_owned(), method: method.to_owned() });
        }
        self.entry_points = Some(Placed { value: entries, span: slot.span });
    }
}
