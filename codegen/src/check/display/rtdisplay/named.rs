//! Parameters that other parameters name: in options of alarms, in dependencies, in menus.

use super::needs::Needs;
use crate::check::file::{File, Param, list, loose};
use crate::parse::Slot;

pub(super) fn collect(file: &File<'_>, needs: &mut Needs) {
    for param in &file.params {
        alarm(file, param, needs);
        dependencies(file, param, needs);
        discreets(param, needs);
    }
    // The whole is trimmed, the entries are not.
    let sequence = file.root.all("Params").filter_map(|params| params.get("loadSequence"));
    for entry in sequence.flat_map(|sequence| {
        let whole = Slot::attribute(sequence);
        list(whole.within(whole.trimmed()), ';')
    }) {
        if !entry.is_padded() {
            needs.add_named(entry, "2.56.6", "the load sequence names it");
        }
    }
}

fn alarm(file: &File<'_>, param: &Param<'_>, needs: &mut Needs) {
    let label = param.label();
    for named in param.named_by_alarm() {
        let why = format!("the alarm options of {label} name it");
        let Some(id) = loose(named.raw) else { continue };
        needs.add_id(id, "2.34.7", named.span, why);
        // Only what is there needs its table.
        for table in file.tables_of(id).filter(|_| file.param(id).is_some()) {
            let why = format!("the alarm options of {label} name its column {id}");
            needs.add_id(table.pid, "2.34.7", named.span, why);
        }
    }
    if let Some(condition) = param.attribute(&["Alarm", "Monitored"], "disabledIf")
        && let Some((id, _)) = condition.raw.split_once(',')
    {
        needs.add_named(condition.within(id), "2.72.6", format!("the alarm of {label} depends on it"));
    }
}

fn dependencies(file: &File<'_>, param: &Param<'_>, needs: &mut Needs) {
    for id in param.element.all("Dependencies").flat_map(|list| list.all("Id")).map(Slot::look) {
        needs.add_named(id, "2.67.5", format!("clients ask for it when {} is set", param.label()));
        let named = loose(id.raw).and_then(|id| file.param(id));
        if let Some(partner) = named.and_then(|named| file.partner(named)) {
            needs.allow(partner.id);
        }
    }
}

fn discreets(param: &Param<'_>, needs: &mut Needs) {
    if let Some(id) = param.attribute(&["Measurement", "Discreets"], "dependencyId") {
        needs.add_named(id, "2.54.6", format!("the values of {} depend on it", param.label()));
    }
    if !param.is_context_menu() {
        return;
    }
    let discreets = param.element.find_at(&["Measurement", "Discreets"]);
    let discreets = discreets.into_iter().flat_map(|discreets| discreets.all("Discreet"));
    for values in discreets.filter_map(|discreet| discreet.get("dependencyValues")).map(Slot::attribute) {
        for id in Param::asked_by_menu(values) {
            needs.add_named(id, "2.59.4", format!("the menu {} asks for it", param.label()));
        }
    }
}
