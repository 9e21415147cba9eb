//! Timers.

use genlock_spec::TimerStart;

use super::condition;
use super::item::{Head, Placed};
use super::option::{Entry, separated};
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use crate::condition::Condition;
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

/// A timer.
#[derive(Debug)]
pub(crate) struct Timer {
    pub(crate) head: Head,
    pub(crate) period: Option<Placed<Period>>,
    /// `Time@initial` (TMR-03).
    pub(crate) start: TimerStart,
    /// `Interval` (TMR-11).
    pub(crate) interval_ms: Option<Placed<u32>>,
    /// Its groups in order.
    pub(crate) groups: Vec<Reference>,
    /// Its groups that a column of a table names: `col:idx:group`.
    pub(crate) column_groups: Vec<ColumnGroup>,
    /// `@options`: how the rows of a table share its ticks.
    pub(crate) options: Vec<Entry>,
    /// `Condition` (TMR-14).
    pub(crate) condition: Option<Condition>,
}

/// A group for each row of a table.
#[derive(Debug)]
pub(crate) struct ColumnGroup {
    /// The number of the column that holds the ids of groups.
    pub(crate) column: u32,
    /// The group of rows that name none.
    pub(crate) fallback: Reference,
}

/// `Time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    /// So many milliseconds.
    Milliseconds(u32),
    /// Again as soon as the last group is done (TMR-10).
    Loop,
}

impl Timer {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let mut timer = Self {
            head: Head::read(Target::Timer, element, reader),
            period: None,
            // TMR-04: the same as `true`.
            start: TimerStart::Started,
            interval_ms: None,
            groups: Vec::new(),
            column_groups: Vec::new(),
            options: Vec::new(),
            condition: None,
        };
        if timer.head.id.is_some() {
            timer.read_inside(element, reader);
        }
        timer
    }

    fn read_inside(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        self.condition = condition::read(element, reader);
        if let Some(time) = reader.child(element, "Time") {
            self.period = period(&Slot::text(time));
            if let Some(initial) = reader.attribute(time, "initial") {
                self.start = start(&initial, reader).unwrap_or(TimerStart::Started);
            }
        }
        self.options = element.get("options").map_or_else(Vec::new, |options| separated(Slot::attribute(options)));
        let interval = reader.child(element, "Interval");
        self.interval_ms =
            interval.and_then(|interval| reader.number(&Slot::text(interval), 0, u32::MAX, "a time in milliseconds"));
        let Some(content) = reader.child(element, "Content") else { return };
        for group in content.children("Group") {
            let slot = Slot::text(group);
            if slot.raw.trim().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("col:")) {
                reader.refused(slot.span, &quoted(slot.raw.trim()), "tables", []);
                self.column_groups.extend(column_group(slot));
                continue;
            }
            self.groups.extend(reader.reference(&slot, Form::Loose));
        }
        if !content.children.iter().any(|child| child.name == "Group") {
            reader.nothing_in(content, &self.head.label(), "Group");
        }
    }
}

/// `col:idx:group`
fn column_group(slot: Slot<'_>) -> Option<ColumnGroup> {
    let mut parts = slot.trimmed().split(':').skip(1);
    let (column, group) = (parts.next()?, parts.next()?);
    Some(ColumnGroup {
        column: column.trim().parse().ok()?,
        fallback: Form::Loose.read(group, slot.within(group).span)?,
    })
}

/// `loop`, or from 1 ms on; what else there is, a check reports (7.1).
fn period(slot: &Slot<'_>) -> Option<Placed<Period>> {
    let text = slot.filled()?;
    let period = if text.value.eq_ignore_ascii_case("loop") {
        Some(Period::Loop)
    } else {
        let number = Form::Loose.read(&text.value, text.span).and_then(|number| number.id);
        number.and_then(|number| u32::try_from(number).ok()).filter(|&number| number > 0).map(Period::Milliseconds)
    };
    period.map(|value| Placed { value, span: text.span })
}

/// TMR-03: `true`, `false` or `random=a:b`.
fn start(slot: &Slot<'_>, reader: &mut Reader<'_, '_>) -> Option<TimerStart> {
    let text = slot.filled()?;
    let lower = text.value.to_ascii_lowercase();
    let start = match lower.as_str() {
        "true" => Some(TimerStart::Started),
        "false" => Some(TimerStart::Stopped),
        other => other.strip_prefix("random=").and_then(random),
    };
    if start.is_none() {
        let message = format!("{} does not say when the timer begins", quoted(&text.value));
        let fault = Fault::error(Kind::InvalidValue, text.span, message);
        reader.faults.add(fault.help("write `true`, `false`, or `random=a:b` with a below b, in seconds"));
    }
    start
}

fn random(range: &str) -> Option<TimerStart> {
    let (from, to) = range.split_once(':')?;
    let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    (from < to).then_some(TimerStart::Random { from, to })
}
