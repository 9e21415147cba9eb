//! How a table is laid out: `tab=columns:101|0-102|1,width:80-0,sort:INT-STRING`.

use super::Table;
use super::number::list;
use crate::parse::Slot;

impl<'d> Table<'d> {
    /// The value of the option `tab` of `Measurement/Type`.
    pub(crate) fn tab(&self) -> Option<Slot<'d>> {
        let options = self.element.find_at(&["Measurement", "Type"]).and_then(|kind| kind.get("options"))?;
        list(Slot::attribute(options), ';').find_map(|option| after(option, "tab="))
    }

    /// What stands in it behind `name`, such as `width:`.
    pub(crate) fn tab_part(&self, name: &str) -> Option<Slot<'d>> {
        self.tab().and_then(|tab| list(tab, ',').find_map(|part| after(part, name)))
    }
}

/// The part of `slot` behind `prefix`, letter case ignored.
fn after<'d>(slot: Slot<'d>, prefix: &str) -> Option<Slot<'d>> {
    let text = slot.trimmed();
    let is_there = text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    text.get(prefix.len()..).filter(|_| is_there).map(|rest| slot.within(rest))
}
