//! Parameters.

use genlock_spec::{EntryRange, ParamKind, ValueType};

use super::alarm::Alarm;
use super::coverage::Coverage;
use super::duration::milliseconds;
use super::interprete::{Interprete, times};
use super::item::{Head, Placed};
use super::matrix::Matrix;
use super::measurement::Measurement;
use super::number::plain;
use super::option::Options;
use super::reader::{Reader, Slot};
use super::reference::Form::Loose;
use super::reference::{Reference, Target};
use super::shown::Shown;
use super::table::Table;
use super::trend::Trend;
use super::vocabulary::Meaning::{Carried, Refused};
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Fault, Kind};
use crate::pages::Form;
use crate::parse::Element;
use crate::source::Span;
use crate::text::quoted;

/// A parameter.
#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) head: Head,
    pub(crate) kind: Option<Placed<ParamKind>>,
    /// `Type@times` (PARAM-78).
    pub(crate) times: Option<Placed<u32>>,
    /// The option `dynamic ip` (CONN-46).
    pub(crate) dynamic_ip: Option<DynamicIp>,
    pub(crate) save: bool,
    /// `@saveInterval` (SAVE-05).
    pub(crate) save_interval_ms: Option<u32>,
    /// What is kept of its values over time.
    pub(crate) trend: Trend,
    /// `Type@alarmRegistration`: the parameters whose alarm levels it is told (QA-08).
    pub(crate) alarm_registration: Vec<Reference>,
    pub(crate) setter: Option<Placed<bool>>,
    /// What the rows of a table consist of.
    pub(crate) table: Option<Table>,
    pub(crate) matrix: Option<Matrix>,
    /// What a length or a checksum covers.
    pub(crate) coverage: Option<Coverage>,
    /// `Type@id` of type `response`: the response that takes its bytes apart (PARAM-120).
    pub(crate) inner: Option<Reference>,
    /// `Display/Range` of what users enter (PARAM-149).
    pub(crate) entry: Option<EntryRange>,
    pub(crate) interprete: Option<Interprete>,
    pub(crate) alarm: Option<Alarm>,
    pub(crate) measurement: Option<Measurement>,
    /// `Information/Subtext`.
    pub(crate) subtext: Option<String>,
    /// `Message`: what is asked before it is set.
    pub(crate) question: Option<String>,
    /// How it is shown on pages.
    pub(crate) shown: Shown,
}

/// `dynamic ip` or `dynamic ip 1`.
#[derive(Debug)]
pub(crate) struct DynamicIp {
    /// The number of the connection; none in the bare form.
    pub(crate) connection: Option<u32>,
    pub(crate) span: Span,
}

const KIND: Vocabulary<ParamKind> = Vocabulary {
    words: &[
        ("read", Carried(ParamKind::Read)),
        ("write", Carried(ParamKind::Write)),
        ("dummy", Carried(ParamKind::Dummy)),
        ("fixed", Carried(ParamKind::Fixed)),
        ("array", Refused(ParamKind::Array, "tables")),
        ("matrix", Refused(ParamKind::Matrix, "tables")),
        ("discreet info", Refused(ParamKind::DiscreetInfo, "tables")),
        ("bus", Refused(ParamKind::Bus, "element information")),
        ("ip", Carried(ParamKind::Ip)),
        ("pollingip", Carried(ParamKind::PollingIp)),
        ("elementid", Refused(ParamKind::ElementId, "element information")),
        ("elementname", Carried(ParamKind::ElementName)),
        ("elementdmaid", Refused(ParamKind::ElementDmaId, "element information")),
        ("dataminer info", Refused(ParamKind::AgentInfo, "element information")),
        ("header", Carried(ParamKind::Header)),
        ("trailer", Carried(ParamKind::Trailer)),
        ("length", Carried(ParamKind::Length)),
        ("crc", Carried(ParamKind::Crc)),
        ("group", Carried(ParamKind::Group)),
        ("read bit", Carried(ParamKind::ReadBit)),
        ("write bit", Carried(ParamKind::WriteBit)),
        ("response", Carried(ParamKind::Response)),
    ],
};

const OPTIONS: Options = Options {
    carried: &[],
    refused: &[
        ("connection", "serial lines"),
        ("headerTrailerLink", "serial lines"),
        ("linkAlarmValue", "the platform"),
        ("ssh username", "serial lines"),
        ("ssh pwd", "serial lines"),
        ("ssh options", "serial lines"),
        ("dynamic snmp get", "SNMP"),
        ("loadOID", "SNMP"),
        ("columnTypes", "tables"),
        ("dimensions", "tables"),
    ],
};

impl Param {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let mut param = Self {
            head: Head::read(Target::Param, element, reader),
            kind: None,
            times: None,
            dynamic_ip: None,
            save: false,
            save_interval_ms: None,
            trend: Trend::default(),
            alarm_registration: Vec::new(),
            setter: None,
            table: None,
            matrix: None,
            coverage: None,
            inner: None,
            entry: None,
            interprete: None,
            alarm: None,
            measurement: None,
            subtext: None,
            question: None,
            shown: Shown::default(),
        };
        if param.head.id.is_some() {
            param.read_inside(element, reader);
        }
        param
    }

    fn read_inside(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        if let Some(kind) = reader.child(element, "Type") {
            self.kind = reader.word(&Slot::text(kind), &KIND);
            if self.kind.is_some_and(|kind| kind.value == ParamKind::Trailer) {
                self.times = times(kind, reader);
            }
            if let Some(pids) = reader.attribute(kind, "alarmRegistration") {
                self.alarm_registration = reader.list(pids, Loose);
            }
            if let Some(options) = reader.attribute(kind, "options") {
                self.read_options(options, reader);
            }
        }
        let save = reader.attribute(element, "save");
        self.save = save.and_then(|save| reader.flag(&save)).is_some_and(|save| save.value);
        self.save_interval_ms = reader.attribute(element, "saveInterval").and_then(|time| interval(&time, reader));
        let setter = reader.attribute(element, "setter");
        self.setter = setter.and_then(|setter| reader.flag(&setter));
        match self.kind.map(|kind| kind.value) {
            Some(ParamKind::Array) => self.table = Table::read(element, reader),
            Some(ParamKind::Matrix) => self.matrix = Matrix::read(element),
            Some(ParamKind::Response) => {
                let id = element.find("Type").and_then(|kind| reader.attribute(kind, "id"));
                self.inner = id.and_then(|id| reader.reference(&id, Loose));
            }
            Some(kind) => self.coverage = Coverage::read(element, kind, reader),
            None => {}
        }
        self.interprete = reader.child(element, "Interprete").map(|inside| Interprete::read(inside, element, reader));
        self.alarm = reader.child(element, "Alarm").map(|inside| Alarm::read(inside, reader));
        self.measurement = reader.child(element, "Measurement").map(|inside| Measurement::read(inside, reader));
        let information = reader.child(element, "Information");
        let subtext = information.and_then(|information| reader.child(information, "Subtext"));
        self.subtext = subtext.and_then(|text| Slot::text(text).filled()).map(|text| text.value);
        let display = reader.child(element, "Display");
        self.trend = Trend::read(element, display, reader);
        self.shown = display.map(|display| Shown::read(display, reader)).unwrap_or_default();
        let question = reader.child(element, "Message").and_then(|text| Slot::text(text).filled());
        self.question = question.map(|text| text.value);
        if self.kind.is_some_and(|kind| kind.value.is_write()) {
            self.entry = display.and_then(|display| entry_range(display, reader));
        }
    }

    fn read_options(&mut self, options: Slot<'_>, reader: &mut Reader<'_, '_>) {
        for part in options.parts() {
            let Some(number) = dynamic_ip(part.raw.trim()) else {
                OPTIONS.read(part, reader);
                continue;
            };
            let connection = number.parse().ok();
            if connection.is_none() && !number.is_empty() {
                let message = format!("{} is not the number of a connection", quoted(number));
                let fault = Fault::error(Kind::InvalidOption, part.span, message);
                reader.faults.add(fault.help("write `dynamic ip` and the id of the connection: `dynamic ip 1`"));
                continue;
            }
            self.dynamic_ip = Some(DynamicIp { connection, span: part.span });
        }
    }

    /// Which occurrence of what ends it counts (PARAM-77); of a trailer, which one is it (PARAM-78).
    pub(crate) fn times(&self) -> u32 {
        let of_length = || self.interprete.as_ref().and_then(|inside| inside.times.as_ref());
        self.times.as_ref().or_else(of_length).map_or(1, |times| times.value)
    }

    /// The parameter whose bits it cuts up (PARAM-118, PARAM-119).
    pub(crate) fn bit_group(&self) -> Option<&Reference> {
        self.kind.filter(|kind| matches!(kind.value, ParamKind::ReadBit | ParamKind::WriteBit))?;
        self.interprete.as_ref()?.format.as_ref()?.bits.group.as_ref()
    }

    /// Whether its alarm levels hold from a threshold on (ALM-04), not at one value (ALM-05).
    pub(crate) fn is_compared_by_size(&self) -> bool {
        match self.measurement.as_ref().and_then(|measurement| measurement.kind) {
            Some(kind) => {
                matches!(kind.value, Form::Number | Form::Analog | Form::Progress)
            }
            None => self.value_type().is_number(),
        }
    }

    /// Its typed reading. Without one, it is what its raw type suggests (schema, A66).
    pub(crate) fn value_type(&self) -> ValueType {
        self.interprete.as_ref().map_or(ValueType::Text, Interprete::value_type)
    }
}

/// PARAM-149: a step of 0 is none.
fn entry_range(display: &Element, reader: &mut Reader<'_, '_>) -> Option<EntryRange> {
    let mut number = |parent: &Element, name: &'static str| {
        let element = reader.child(parent, name)?;
        plain(Slot::text(element).trimmed())
    };
    let range = display.find("Range");
    let [low, high] = ["Low", "High"].map(|end| range.and_then(|range| number(range, end)));
    let step = number(display, "Steps").filter(|step| *step > 0.0);
    (low.is_some() || high.is_some()).then_some(EntryRange { low, high, step })
}

/// `@saveInterval`.
fn interval(slot: &Slot<'_>, reader: &mut Reader<'_, '_>) -> Option<u32> {
    let text = slot.filled()?;
    let time = milliseconds(&text.value);
    if time.is_none() {
        let message = format!("{} is no interval that genlock carries out", quoted(&text.value));
        let fault = Fault::error(Kind::InvalidValue, text.span, message);
        reader.faults.add(fault.help("write weeks, days, hours, minutes and seconds as ISO 8601 does: `PT20S`"));
    }
    time
}

/// What stands behind `dynamic ip`.
fn dynamic_ip(option: &str) -> Option<&str> {
    const NAME: &str = "dynamic ip";
    let name = option.get(..NAME.len())?;
    let rest = option.get(NAME.len()..)?;
    (name.eq_ignore_ascii_case(NAME) && (rest.is_empty() || rest.starts_with(' '))).then(|| rest.trim())
}
