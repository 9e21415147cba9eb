//! Parameters that options name in a text of their own form.

use super::Param;
use super::number::{list, loose};
use crate::parse::Slot;

impl<'d> Param<'d> {
    /// The ids in the options of its alarm, as written: `threshold:<pid>,<pid>` and the numbers between the stars of
    /// `properties:<separator><part>*<part>…`. What is no number is text of a property.
    pub(crate) fn named_by_alarm(&self) -> Vec<Slot<'d>> {
        let options = self.attribute(&["Alarm"], "options").into_iter().flat_map(|options| list(options, ';'));
        let mut named = Vec::new();
        for option in options {
            let Some((name, value)) = option.raw.split_once(':') else { continue };
            let value = option.within(value);
            if name.trim().eq_ignore_ascii_case("threshold") {
                let ids: Vec<Slot<'d>> = list(value, ',').collect();
                if ids.len() == 2 && ids.iter().all(is_number) {
                    named.extend(ids);
                }
            } else if name.trim().eq_ignore_ascii_case("properties")
                && let Some(separator) = value.raw.chars().next()
            {
                let parts = list(value, separator).flat_map(|property| list(property, '*'));
                named.extend(parts.filter(is_number));
            }
        }
        named
    }

    /// The ids that an entry of a context menu asks for, as written: `<pid>[?][:<default>]` between semicolons, and
    /// `[value:<pid>]` in a default. `values` is its `dependencyValues`.
    pub(crate) fn asked_by_menu(values: Slot<'d>) -> Vec<Slot<'d>> {
        let mut named = Vec::new();
        for entry in list(values, ';').filter(|entry| !entry.is_blank()) {
            let (asked, default) = entry.raw.split_once(':').unwrap_or((entry.raw, ""));
            named.push(entry.within(asked.trim_end_matches('?')));
            let placeholders = default.split("[value:").skip(1).filter_map(|rest| rest.split_once(']'));
            named.extend(placeholders.map(|(id, _)| entry.within(id)));
        }
        named
    }
}

fn is_number(slot: &Slot<'_>) -> bool {
    !slot.is_blank() && loose(slot.raw).is_some()
}
