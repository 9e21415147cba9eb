//! Parameters that stand in the middle of a text: in options, lists and placeholders.

use super::number::{list, loose};
use super::param::Param;
use crate::parse::{Element, Slot};

/// A parameter as a text names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention<'d> {
    /// The text that names it, with its place.
    pub(crate) slot: Slot<'d>,
    /// Its id; none when the text is no id.
    pub(crate) id: Option<u32>,
}

impl<'d> Mention<'d> {
    /// Read as a number.
    fn number(slot: Slot<'d>) -> Self {
        Self { slot, id: loose(slot.raw) }
    }

    /// Compared as it is written, so that white space and leading zeros name nothing.
    pub(crate) fn literal(slot: Slot<'d>) -> Self {
        Self { slot, id: slot.raw.parse().ok().filter(|id: &u32| slot.raw == id.to_string()) }
    }

    /// A number, below zero as well: there is no parameter of such an id, but it is meant as one.
    fn integer(slot: Slot<'d>) -> Option<Self> {
        slot.trimmed().parse::<i64>().ok().map(|_| Self::number(slot))
    }
}

/// The entries of `Params@loadSequence`, compared as they are written.
pub(crate) fn load_sequence(root: &Element) -> Vec<Mention<'_>> {
    let sequences = root.all("Params").filter_map(|params| params.get("loadSequence")).map(Slot::attribute);
    let entries = sequences.filter(|slot| !slot.is_blank()).flat_map(|slot| list(slot.within(slot.trimmed()), ';'));
    entries.map(Mention::literal).collect()
}

/// The parameters in `threshold:` and `properties:` of `Alarm@options` (ALM-13).
pub(crate) fn alarm_options<'d>(param: &Param<'d>) -> Vec<Mention<'d>> {
    let mut mentions = Vec::new();
    for option in param.attribute(&["Alarm"], "options").into_iter().flat_map(|options| list(options, ';')) {
        let Some((name, value)) = option.raw.split_once(':') else { continue };
        let value = option.within(value);
        if name.trim().eq_ignore_ascii_case("threshold") {
            let both: Option<Vec<Mention<'d>>> = list(value, ',').map(Mention::integer).collect();
            mentions.extend(both.filter(|both| both.len() == 2).into_iter().flatten());
        } else if name.trim().eq_ignore_ascii_case("properties") {
            // The first character separates the properties, `*` the parts of one.
            let mut rest = value.raw.chars();
            let Some(separator) = rest.next() else { continue };
            let parts = rest.as_str().split([separator, '*']).map(|part| value.within(part));
            mentions.extend(parts.filter_map(Mention::integer));
        }
    }
    mentions
}

/// The parameter in `Alarm/Monitored@disabledIf` (ALM-12): what stands before the first comma.
pub(crate) fn disabled_if<'d>(param: &Param<'d>) -> Option<Mention<'d>> {
    let value = param.attribute(&["Alarm", "Monitored"], "disabledIf")?;
    let (pid, _) = value.raw.split_once(',')?;
    Some(Mention::number(value.within(pid)))
}

/// The parameters in `Discreet@dependencyValues` of an entry of a context menu: `<pid>[?][:<default>]` with `;` between
/// them, in which a default may have placeholders `[value:<pid>]`.
pub(crate) fn menu_values(discreet: &Element) -> Vec<Mention<'_>> {
    let Some(values) = discreet.get("dependencyValues").map(Slot::attribute) else { return Vec::new() };
    let mut mentions = Vec::new();
    for entry in list(values.within(values.trimmed()), ';').filter(|_| !values.is_blank()) {
        let (asked, default) = entry.raw.split_once(':').unwrap_or((entry.raw, ""));
        let asked = asked.trim_end_matches('?');
        // Entries are not trimmed: ` 5` is no reference to 5.
        let id = loose(asked).filter(|_| asked == asked.trim());
        let slot = if asked.trim().is_empty() { entry } else { entry.within(asked) };
        mentions.push(Mention { slot, id });
        mentions.extend(placeholders(default).map(|pid| Mention::number(entry.within(pid))));
    }
    mentions
}

/// What stands in `[value:…]` in a text.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    const START: &str = "value:";
    text.split('[').skip(1).filter_map(|part| {
        let (inside, _) = part.split_once(']')?;
        inside.get(..START.len()).filter(|start| start.eq_ignore_ascii_case(START))?;
        inside.get(START.len()..)
    })
}
