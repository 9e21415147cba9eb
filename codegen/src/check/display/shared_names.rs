//! A name belongs to one parameter, or to one that is read and the one that sets it (2.2.6, PARAM-10).

use std::collections::BTreeSet;

use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for param in file.params.iter().filter(|param| !param.name.is_empty()) {
        if !seen.insert(param.name.to_lowercase()) {
            continue;
        }
        let sharing: Vec<&Param<'_>> = file.named(param.name).collect();
        let Some((first, others)) = sharing.split_first().filter(|_| !may_share(&sharing)) else { continue };
        for other in others {
            let Some(name) = other.text(&["Name"]) else { continue };
            let message = format!("there are {} parameters named {}", counted(sharing.len()), quoted(other.name));
            let fault = Fault::rule("2.2.6", name.span, message)
                .help("give it another name; only one read and one write parameter can share theirs");
            let place = first.text(&["Name"]).map_or(first.element.name_span, |name| name.span);
            faults.add(fault.related(place, format!("{} has the same name", first.label())));
        }
    }
}

fn counted(count: usize) -> String {
    if count == 2 { "two".to_owned() } else { count.to_string() }
}

/// Whether parameters may share a name or a description: one of them at most, or a couple that belongs together.
pub(super) fn may_share(params: &[&Param<'_>]) -> bool {
    let is_couple = |one: &Param<'_>, other: &Param<'_>| {
        let matrices = one.is_matrix() && other.is_matrix();
        match one.kind.as_str() {
            "read" | "read bit" => other.is_write(),
            "header" | "trailer" => other.kind == "write",
            "array" => matrices && other.kind == "write",
            _ => false,
        }
    };
    match params {
        [] | [_] => true,
        [one, other] => is_couple(one, other) || is_couple(other, one),
        _ => false,
    }
}
