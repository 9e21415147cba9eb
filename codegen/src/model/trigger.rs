//! Triggers.

use super::condition;
use super::guard::Guard;
use super::item::{Head, Placed};
use super::on::{OF_TRIGGERS, On};
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use super::report::Report;
use super::vocabulary::Meaning::{Carried, Refused};
use super::vocabulary::Vocabulary;
use crate::condition::Condition;
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::source::Span;
use crate::text::quoted;

/// A trigger.
#[derive(Debug)]
pub(crate) struct Trigger {
    pub(crate) head: Head,
    /// Whether there is an `On`, right or wrong. Without one it fires only when it is called (TRG-04).
    pub(crate) has_on: bool,
    pub(crate) on: Option<Placed<On>>,
    /// `On@id`.
    pub(crate) id: Option<OnId>,
    pub(crate) time: Option<Placed<Moment>>,
    /// `Time`, right or wrong.
    pub(crate) time_span: Option<Span>,
    pub(crate) kind: Option<Placed<TriggerType>>,
    /// What a connection has to report, for a trigger on communication (TRG-25).
    pub(crate) report: Option<Report>,
    /// What it runs, in order (TRG-03), whether its condition is true or false.
    pub(crate) content: Vec<Reference>,
    /// Which entries of `content` run when the condition is false, instead of the others: `Id@else` (TRG-41).
    is_else: Vec<bool>,
    /// `Time@case` and what belongs to it.
    pub(crate) guard: Option<Guard>,
    /// `Condition` (COND-30).
    pub(crate) condition: Option<Condition>,
}

/// `On@id`.
#[derive(Debug)]
pub(crate) enum OnId {
    /// Every item of the kind that has no trigger of its own (TRG-30).
    Each,
    /// One item.
    Item(Reference),
}

/// The word in `Time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Moment {
    After,
    AfterStartup,
    Before,
    Change,
    ChangeAfterResponse,
    LinkFileChange,
    Succeeded,
    Timeout,
    TimeoutAfterRetries,
}

/// The word in `Type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TriggerType {
    Action,
    Trigger,
}

const TIME: Vocabulary<Moment> = Vocabulary {
    words: &[
        ("after", Carried(Moment::After)),
        ("after startup", Carried(Moment::AfterStartup)),
        ("before", Carried(Moment::Before)),
        ("change", Carried(Moment::Change)),
        ("change after response", Carried(Moment::ChangeAfterResponse)),
        ("succeeded", Carried(Moment::Succeeded)),
        ("timeout", Carried(Moment::Timeout)),
        ("timeout after retries", Carried(Moment::TimeoutAfterRetries)),
        // TRG-24: two spellings.
        ("link file change", Refused(Moment::LinkFileChange, "tables")),
        ("link file changed", Refused(Moment::LinkFileChange, "tables")),
    ],
};

const TYPE: Vocabulary<TriggerType> =
    Vocabulary { words: &[("action", Carried(TriggerType::Action)), ("trigger", Carried(TriggerType::Trigger))] };

impl Trigger {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let mut trigger = Self {
            head: Head::read(Target::Trigger, element, reader),
            has_on: false,
            on: None,
            id: None,
            time: None,
            time_span: None,
            kind: None,
            report: None,
            content: Vec::new(),
            is_else: Vec::new(),
            guard: None,
            condition: None,
        };
        if trigger.head.id.is_some() {
            trigger.read_inside(element, reader);
        }
        trigger
    }

    fn read_inside(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        self.condition = condition::read(element, reader);
        if let Some(on) = reader.child(element, "On") {
            self.has_on = true;
            self.on = reader.word(&Slot::text(on), &OF_TRIGGERS);
            if self.on.is_none() {
                // Neither the id nor the time of an unknown kind can be judged.
                on.take_all();
                element.child("Time").map(Element::take_all);
            }
        }
        if let Some(on) = self.on {
            self.id = element.child("On").and_then(|element| on_id(element, on.value, reader));
            self.read_time(element, on, reader);
        } else if let Some(time) = reader.child(element, "Time") {
            self.time_span = Some(time.name_span);
            time.text_taken.set(true);
        }
        let own = self.id.as_ref().filter(|_| self.on.is_some_and(|on| on.value == On::Parameter));
        self.guard = element.find("Time").and_then(|time| Guard::read(time, self.time, own, reader));
        let kind = reader.child(element, "Type");
        self.kind = kind.and_then(|kind| reader.word(&Slot::text(kind), &TYPE));
        let content = reader.child(element, "Content");
        for id in content.into_iter().flat_map(|content| content.children("Id")) {
            let is_else = reader.attribute(id, "else").and_then(|slot| reader.flag(&slot));
            if let Some(reference) = reader.reference(&Slot::text(id), Form::Plain) {
                self.content.push(reference);
                self.is_else.push(is_else.is_some_and(|is_else| is_else.value));
            }
        }
    }

    /// What it runs when its condition is true, or when it is false. Without a condition the second never runs (TRG-42).
    pub(crate) fn content_if(&self, holds: bool) -> impl Iterator<Item = &Reference> {
        self.content.iter().zip(&self.is_else).filter(move |&(_, &is_else)| is_else != holds).map(|(id, _)| id)
    }

    fn read_time(&mut self, element: &Element, on: Placed<On>, reader: &mut Reader<'_, '_>) {
        let time = reader.child(element, "Time").map(Slot::text).filter(|time| !time.is_blank());
        self.time_span = time.as_ref().map(|time| time.span);
        if on.value == On::Communication {
            self.report = time.as_ref().and_then(|time| Report::read(time, reader));
        } else if let Some(time) = time {
            self.time = reader.word(&time, &TIME);
            if self.time.is_none() && TIME.meaning(time.trimmed()).is_none() {
                let message = format!("{} is no moment at which a trigger fires", quoted(time.trimmed()));
                let moments: Vec<&str> = moments(on.value).iter().map(|moment| moment.word()).collect();
                let help = match crate::text::nearest(time.trimmed(), moments.iter().copied()) {
                    Some(word) => format!("did you mean `{word}`?"),
                    None => format!("write {}", crate::text::either(moments)),
                };
                reader.faults.add(Fault::error(Kind::InvalidValue, time.span, message).help(help));
            }
        } else if on.value == On::Parameter {
            // Schema, A13: a trigger on a parameter without a time is one on its change.
            let message = format!("{} has no `Time`; it fires on `change`", self.head.label());
            let fault = Fault::warning(Kind::MissingElement, self.head.span, message).missing("/Time");
            reader.faults.add(fault.help("add `<Time>change</Time>`"));
            self.time = Some(Placed { value: Moment::Change, span: on.span });
        } else {
            let message = format!("{} does not say when it fires", self.head.label());
            let fault = Fault::error(Kind::MissingElement, self.head.span, message).missing("/Time");
            let moments = crate::text::either(moments(on.value).iter().map(|moment| moment.word()));
            reader.faults.add(fault.help(format!("add `<Time>…</Time>` with {moments}")));
        }
    }
}

/// A wrong id is reported by a check (5.1).
fn on_id(element: &Element, on: On, reader: &Reader<'_, '_>) -> Option<OnId> {
    let slot = reader.attribute(element, "id").filter(|id| on.target().is_some() && !id.is_blank())?;
    if slot.is("each") { Some(OnId::Each) } else { Form::Loose.read(slot.raw, slot.span).map(OnId::Item) }
}

/// The moments of each kind (TRG-10 to TRG-24); `communication` has none, because its time is the text that is waited
/// for.
pub(crate) const fn moments(on: On) -> &'static [Moment] {
    match on {
        On::Command | On::Response | On::Group => &[Moment::Before, Moment::After],
        On::Pair => &[Moment::Succeeded, Moment::Timeout, Moment::TimeoutAfterRetries],
        On::Parameter => &[Moment::Change, Moment::ChangeAfterResponse, Moment::Timeout, Moment::TimeoutAfterRetries],
        On::Timer => &[Moment::Before],
        On::Protocol => &[Moment::AfterStartup, Moment::LinkFileChange],
        On::Session => &[Moment::Timeout],
        On::Communication => &[],
    }
}

impl Moment {
    /// What the word in `Time` means, white space and letter case ignored.
    pub(crate) fn named(text: &str) -> Option<Self> {
        TIME.value(text.trim())
    }

    /// The word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::After => "after",
            Self::AfterStartup => "after startup",
            Self::Before => "before",
            Self::Change => "change",
            Self::ChangeAfterResponse => "change after response",
            Self::LinkFileChange => "link file change",
            Self::Succeeded => "succeeded",
            Self::Timeout => "timeout",
            Self::TimeoutAfterRetries => "timeout after retries",
        }
    }
}
