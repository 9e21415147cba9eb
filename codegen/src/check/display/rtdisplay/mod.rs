//! Which parameters clients need, and whether they can have them: `Display/RTDisplay` (2.7.4, 2.7.5; PARAM-170).
//!
//! What needs a parameter is collected over the whole file first. A parameter that is needed and not available is one
//! finding: under the number of the cause, and where that is, if there is only one; else under 2.7.4 with every cause.

mod columns;
mod elsewhere;
mod named;
mod needs;
mod own;
mod trees;

use std::collections::BTreeSet;

use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::counted;
use needs::{Need, Needs};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut needs = Needs::default();
    own::collect(file, &mut needs);
    named::collect(file, &mut needs);
    columns::collect(file, &mut needs);
    trees::collect(file, &mut needs);
    elsewhere::collect(file, &mut needs);

    let mut lacking = BTreeSet::new();
    for param in file.params.iter().filter(|param| !file.is_available(param)) {
        let causes = needs.of(param.id);
        // Of parameters that share an id, the first one stands for all.
        if !causes.is_empty() && lacking.insert(param.id) {
            faults.extend(expected(param, causes));
        }
    }
    let waiting = waiting(file, &lacking);
    for param in file.params.iter().filter(|param| param.rt_display && !file.is_exported(param)) {
        if needs.is_needed_or_allowed(param.id) || is_for_other_applications(param) || waits(file, param, &waiting) {
            continue;
        }
        let Some(flag) = flag(param) else { continue };
        let message = format!("{} is available to clients, but nothing that they show needs it", param.label());
        let fault = Fault::rule("2.7.5", flag.span, message);
        faults.add(fault.help(
            "take `RTDisplay` away, or write `<RTDisplay onAppLevel=\"true\">true</RTDisplay>` if others read it",
        ));
    }
}

/// How many reasons a message names.
const NAMED: usize = 3;
/// How many of their places it shows.
const SHOWN: usize = 16;

/// One finding with all the causes: at the first of them if all are of one rule, else at the flag.
fn expected(param: &Param<'_>, causes: &[Need]) -> Option<Fault> {
    let first = causes.first()?;
    let is_only_one = causes.iter().all(|cause| cause.rule == first.rule);
    let numbers = if is_only_one { String::new() } else { numbers(causes) };
    let reasons = reasons(causes);
    let message = format!("clients need {}, but cannot have it: {reasons}{numbers}", param.label());
    let (flag, missing, lacks) = match (flag(param), param.element.find("Display")) {
        (Some(flag), _) => (flag.span, "", "this is not `true`"),
        (None, Some(display)) => (display.name_span, "/RTDisplay", "this has no `RTDisplay`"),
        (None, None) => (param.element.name_span, "/Display/RTDisplay", "this has no `Display` with `RTDisplay`"),
    };
    let (fault, span) = match first.rule.filter(|_| is_only_one) {
        Some(rule) => (Fault::rule(rule, first.span, message).related(flag, lacks), first.span),
        None => (Fault::rule("2.7.4", flag, message).missing(missing), flag),
    };
    let fault = fault.help(format!("write `<RTDisplay>true</RTDisplay>` in the `<Display>` of {}", param.label()));
    let elsewhere = causes.iter().filter(|cause| cause.span != span).take(SHOWN);
    Some(elsewhere.fold(fault, |fault, cause| fault.related(cause.span, cause.why.clone())))
}

/// The causes in words, each once.
fn reasons(causes: &[Need]) -> String {
    let mut said = BTreeSet::new();
    let reasons: Vec<&str> = causes.iter().map(|cause| cause.why.as_str()).filter(|why| said.insert(*why)).collect();
    let named: Vec<&str> = reasons.iter().take(NAMED).copied().collect();
    let others = match reasons.len().saturating_sub(NAMED) {
        0 => String::new(),
        count => format!(", and {}", counted(count, "other reason")),
    };
    named.join("; ") + &others
}

/// The numbers of the rules behind the causes.
fn numbers(causes: &[Need]) -> String {
    let numbers: BTreeSet<&str> = causes.iter().filter_map(|cause| cause.rule).collect();
    let numbers: Vec<&str> = numbers.into_iter().collect();
    format!(" ({})", numbers.join(", "))
}

fn flag<'d>(param: &Param<'d>) -> Option<Slot<'d>> {
    param.text(&["Display", "RTDisplay"])
}

/// Whether the flag says that what needs the parameter is no client.
fn is_for_other_applications(param: &Param<'_>) -> bool {
    param.attribute(&["Display", "RTDisplay"], "onAppLevel").is_some_and(|on| on.is("true"))
}

/// The columns of tables that are not available yet though they are needed.
fn waiting(file: &File<'_>, lacking: &BTreeSet<u32>) -> BTreeSet<u32> {
    let tables = file.tables.iter().filter(|table| lacking.contains(&table.pid));
    tables.flat_map(|table| table.columns.iter().filter_map(|column| column.pid)).collect()
}

/// Whether it is one of the columns that wait for their table, or sets one.
fn waits(file: &File<'_>, param: &Param<'_>, waiting: &BTreeSet<u32>) -> bool {
    let column = if param.is_write() { file.partner(param) } else { None };
    waiting.contains(&param.id) || column.is_some_and(|column| waiting.contains(&column.id))
}
