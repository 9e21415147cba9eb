//! What a parameter says of itself: positions, trends, alarms, dependencies, its name.

use super::needs::Needs;
use crate::check::file::File;
use crate::parse::Slot;

pub(super) fn collect(file: &File<'_>, needs: &mut Needs) {
    let is_spectrum = file.is_spectrum();
    for param in &file.params {
        let name = param.element.find("Name").map_or(param.element.name_span, |name| Slot::look(name).span);
        if param.is_positioned()
            && let Some(positions) = param.element.find_at(&["Display", "Positions"])
        {
            needs.add(param, "2.57.2", positions.name_span, "it stands on a page");
        }
        if let Some(trending) = param.attribute(&[], "trending").filter(|trending| trending.is("true")) {
            needs.add(param, "2.8.4", trending.span, "its trend is kept");
        }
        if let Some(monitored) = param.text(&["Alarm", "Monitored"]).filter(|monitored| monitored.is("true")) {
            needs.add(param, "2.24.6", monitored.span, "it is monitored");
        }
        if let Some(dependencies) = param.element.find("Dependencies") {
            needs.add(param, "2.67.4", dependencies.name_span, "clients ask for other parameters when it is set");
        }
        let is_source = |part: &str| part.trim().eq_ignore_ascii_case("source");
        if let Some(end) = param.attribute(&["Type"], "virtual").filter(|end| end.raw.split(':').any(is_source)) {
            needs.add(param, "2.58.3", end.span, "it is the source of a virtual connection");
        }
        if param.is_context_menu() {
            needs.add(param, "2.2.10", name, "it is the menu of a table");
        }
        if param.is_feedback() {
            needs.add(param, "2.2.11", name, "it tells clients what became of a QAction");
        }
        if is_spectrum && (64_000..=64_299).contains(&param.id) {
            let id = param.attribute(&[], "id").map_or(name, |id| id.span);
            needs.add(param, "2.1.14", id, "the spectrum of the analyzer is shown by it");
        }
        // The alarm that a trap makes is one of the parameter.
        let maps =
            |alarm: &Slot<'_>| alarm.raw.split('|').next().is_some_and(|on| on.trim().eq_ignore_ascii_case("true"));
        if let Some(alarm) = param.attribute(&["SNMP", "TrapOID"], "mapAlarm").filter(maps) {
            needs.add(param, None, alarm.span, "a trap makes it an alarm");
        }
    }
}
