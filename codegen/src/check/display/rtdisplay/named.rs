//! Parameters that other parameters name: in options of alarms, in dependencies, in menus.

use std::collections::BTreeMap;

use super::needs::Needs;
use crate::check::file::{File, Param, alarm_options, disabled_if, load_sequence, loose, menu_values};
use crate::parse::Slot;

pub(super) fn collect(file: &File<'_>, needs: &mut Needs) {
    let mut in_alarms = BTreeMap::new();
    for param in &file.params {
        alarm(param, needs, &mut in_alarms);
        dependencies(file, param, needs);
        discreets(param, needs);
        charts_and_levels(param, needs);
    }
    for (id, (slot, alarm)) in in_alarms {
        for table in file.tables_of(id).filter(|_| file.param(id).is_some()) {
            let why = format!("the alarm options of parameter {alarm} name its column {id}");
            needs.add_id(table.pid, "2.34.7", slot.span, why);
        }
    }
    for mention in load_sequence(file.root) {
        if let Some(id) = mention.id {
            needs.add_id(id, "2.56.6", mention.slot.span, "the load sequence names it");
        }
    }
}

/// `named` gets the first place that names a parameter.
fn alarm<'d>(param: &Param<'d>, needs: &mut Needs, named: &mut BTreeMap<u32, (Slot<'d>, u32)>) {
    let label = param.label();
    for mention in alarm_options(param) {
        let Some(id) = mention.id else { continue };
        needs.add_id(id, "2.34.7", mention.slot.span, format!("the alarm options of {label} name it"));
        named.entry(id).or_insert((mention.slot, param.id));
    }
    if let Some((id, span)) = disabled_if(param).and_then(|mention| Some((mention.id?, mention.slot.span))) {
        needs.add_id(id, "2.72.6", span, format!("the alarm of {label} depends on it"));
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
    for mention in param.discreets().flat_map(menu_values) {
        if let Some(id) = mention.id {
            needs.add_id(id, "2.59.4", mention.slot.span, format!("the menu {} asks for it", param.label()));
        }
    }
}

/// What a chart draws, what alarm levels are relative to, and what enables a choice: clients may read these.
fn charts_and_levels(param: &Param<'_>, needs: &mut Needs) {
    if let Some(view) = param.element.find_at(&["Display", "ParametersView"]) {
        needs.allow_all_in(view);
    }
    // `absolute:<nominal>,<factor>,<override>`
    let level = param.attribute(&["Alarm"], "type").and_then(|kind| kind.raw.split_once(':'));
    for id in level.into_iter().flat_map(|(_, ids)| ids.split(',')).filter_map(loose) {
        needs.allow(id);
    }
    // `enabled=<pid>,<value>`, `disabled=<pid>,<value>`
    let discreets = param.element.find_at(&["Measurement", "Discreets"]);
    let discreets = discreets.into_iter().flat_map(|discreets| discreets.all("Discreet"));
    let options = discreets.filter_map(|discreet| discreet.get("options")).map(Slot::attribute);
    for (name, value) in options.flat_map(|options| options.raw.split(';')).filter_map(|option| option.split_once('='))
    {
        let id = value.split(',').next().and_then(loose);
        if let Some(id) = id.filter(|_| matches!(name.trim(), "enabled" | "disabled")) {
            needs.allow(id);
        }
    }
}
