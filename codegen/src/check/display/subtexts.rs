//! What the user sees is described (2.4.1, 2.4.2).

use std::collections::BTreeSet;

use crate::check::file::{File, Param, loose};
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let controls = file.root.find("TreeControls").into_iter().flat_map(|list| list.all("TreeControl"));
    let trees: BTreeSet<u32> =
        controls.filter_map(|tree| tree.get("parameterId").and_then(|id| loose(&id.value))).collect();
    for param in file.params.iter().filter(|param| file.is_shown(param) && !explains_itself(param)) {
        if trees.contains(&param.id) {
            continue;
        }
        let label = param.label();
        let fault = match param.text(&["Information", "Subtext"]) {
            None => {
                let information = param.element.find("Information");
                let (span, missing) = match information {
                    Some(information) => (information.name_span, "/Subtext"),
                    None => (param.element.name_span, "/Information/Subtext"),
                };
                Fault::rule("2.4.1", span, format!("{label} is shown to the user, but nothing describes it"))
                    .missing(missing)
                    .help("add `<Information><Subtext>…</Subtext></Information>`")
            }
            Some(text) if text.is_blank() => {
                Fault::rule("2.4.2", text.span, format!("the description of {label} for the user is empty"))
                    .help("say what the parameter is")
            }
            Some(_) => continue,
        };
        faults.add(fault);
    }
}

/// Whether it needs no words: a title, or what sets a value that is shown beside it.
fn explains_itself(param: &Param<'_>) -> bool {
    param.measurement == "title" || (param.is_write() && param.measurement != "button")
}
