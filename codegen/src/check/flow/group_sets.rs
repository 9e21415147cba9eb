//! An action that sets a group sends the group's parameters by SNMP (6.7.9 to 6.7.13).

use std::collections::{BTreeMap, BTreeSet};

use super::action::{Action, recognised};
use crate::check::file::{File, Item, Link, Param, loose, plain};
use crate::diagnostic::{Fault, Faults};
use crate::text::{counted, quoted};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let links = file.links();
    // Several actions may set one group, and several groups hold one parameter; each is judged once.
    let (mut groups, mut judged) = (BTreeMap::new(), BTreeSet::new());
    for action in recognised(file).filter(Action::is_group_set) {
        connection(&links, &action, faults);
        for target in action.targets() {
            let Some(group) = plain(target.raw).and_then(|id| file.groups.find(id)) else { continue };
            let holds_params = *groups.entry(group.id).or_insert_with(|| {
                let mut held = params(file, &group).peekable();
                let holds_params = held.peek().is_some();
                for param in held.filter(|param| judged.insert(param.id)) {
                    writable(param, &action, &group, faults);
                }
                holds_params
            });
            if !holds_params {
                // 6.7.11
                let message =
                    format!("{} sends the parameters of {}, which has none", action.item.label(), group.label());
                let fault = Fault::rule("6.7.11", target.span, message).related(group.name_span(), "the group");
                faults.add(fault.help("name a group that holds write parameters"));
            }
        }
    }
}

/// The parameters of a group that exist.
fn params<'f, 'd>(file: &'f File<'d>, group: &Item<'d>) -> impl Iterator<Item = &'f Param<'d>> {
    let content = group.element.find("Content");
    let ids = content.into_iter().flat_map(|content| content.all("Param"));
    ids.filter_map(|id| file.param(loose(id.text.split(':').next()?)?))
}

fn connection(links: &[Link<'_>], action: &Action<'_>, faults: &mut Faults) {
    let number = action.kind_attribute("nr");
    let meant = number.map_or(Some(0), |number| loose(number.raw).filter(|&meant| (meant as usize) < links.len()));
    if let (Some(number), None) = (number, meant) {
        // 6.7.9
        let (label, count) = (action.item.label(), counted(links.len(), "connection"));
        let message = match number.trimmed() {
            "" => format!("{label} does not say on which connection it sends"),
            text => format!("{label} sends on connection {}, but the protocol has {count}", quoted(text)),
        };
        let help = match links.len() {
            0 => "declare the connection that is meant in `<Type>`".to_owned(),
            count => format!("write a number from 0 to {}", count - 1),
        };
        faults.add(Fault::rule("6.7.9", number.span, message).help(help));
    }
    let Some(meant) = meant else { return };
    let Some(link) = links.iter().find(|link| link.number == meant) else { return };
    let Some(kind) = link.kind.filter(|_| !link.is_snmp()) else { return };
    // 6.7.10
    let message = format!("`{}` on a group is sent by SNMP, but connection {meant} is `{kind}`", action.kind.word());
    let fault =
        Fault::rule("6.7.10", action.kind_element.text_span, message).related(link.span, "the type of the connection");
    let which = links.iter().find(|link| link.is_snmp());
    faults.add(fault.help(match which {
        Some(snmp) => format!("write `<Type nr=\"{}\">{}</Type>`", snmp.number, action.kind.word()),
        None => "remove the action: the protocol has no SNMP connection".to_owned(),
    }));
}

/// What is sent is a write parameter with an OID.
fn writable(param: &Param<'_>, action: &Action<'_>, group: &Item<'_>, faults: &mut Faults) {
    let by = format!("{} sends {} with it", action.item.label(), group.label());
    let (label, name) = (param.label(), param.element.name_span);
    if param.kind != "write" {
        // 6.7.12
        let kind = param.text(&["Type"]);
        let message = format!("{label} is sent to the device, but is no write parameter");
        let fault = Fault::rule("6.7.12", kind.map_or(name, |kind| kind.span), message);
        let fault = if kind.is_none() { fault.missing("/Type") } else { fault };
        let help = "write `<Type>write</Type>`, or put the write parameter of the same name into the group";
        faults.add(fault.related(action.item.name_span(), by.clone()).help(help));
    }
    let enabled = param.text(&["SNMP", "Enabled"]);
    if !enabled.is_some_and(|enabled| enabled.is("true")) {
        // 6.7.13
        let message = format!("{label} is sent by SNMP, which is not enabled on it");
        let fault = Fault::rule("6.7.13", enabled.map_or(name, |enabled| enabled.span), message);
        let fault = if enabled.is_none() { fault.missing("/SNMP/Enabled") } else { fault };
        faults.add(
            fault
                .related(action.item.name_span(), by)
                .help("write `<SNMP><Enabled>true</Enabled>…</SNMP>` with its OID"),
        );
    }
}
