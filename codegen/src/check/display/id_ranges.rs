//! LIFE-22: ids of parameters lie in the ranges that a connector of its kind may use.
//!
//! Of what services and SLAs predefine, the platform documents the ids; names and descriptions are those of a template
//! that is not published. So an id that is documented is taken for the predefined parameter (2.1.9, 2.1.10).

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::parse::Slot;
use crate::text::quoted;

/// The ids below 1000 that the platform documents for service protocols.
const SERVICE: &[RangeInclusive<u32>] = &[1..=4, 7..=7, 11..=11, 14..=14, 100..=100, 198..=213];
/// The table of service protocols whose columns are not documented one by one.
const SERVICE_TABLE: u32 = 100;
/// The ids below 3000 that the platform documents for SLA protocols.
const SLA: &[RangeInclusive<u32>] = &[
    1..=1,
    4..=4,
    10..=14,
    20..=32,
    34..=77,
    101..=106,
    108..=112,
    121..=145,
    166..=166,
    201..=201,
    203..=203,
    208..=213,
    216..=217,
    250..=267,
    300..=319,
    350..=352,
    400..=406,
    450..=468,
    470..=470,
    500..=500,
    550..=556,
    600..=610,
    750..=768,
    1000..=1010,
    1050..=1053,
    1060..=1066,
    2050..=2059,
];

/// LIFE-22: the ids above those that connectors use which the validator lets pass.
const NOT_LOADED: RangeInclusive<u32> = 9_990_000..=9_999_999;

const FREE: &str = "use an id from 1 to 63999, or from 1000000 to 9989999";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let is_spectrum = file.is_spectrum();
    let is_base = file.root.get("baseFor").is_some();
    let is_service = is_of_type(file, "service");
    let is_sla = is_of_type(file, "sla");
    let columns = predefined_columns(file);
    for param in &file.params {
        let id = param.id;
        let span = param.attribute(&[], "id").map_or(param.element.name_span, |id| id.span);
        if NOT_LOADED.contains(&id) {
            // No rule of the validator is on these.
            let message = format!("the platform does not load a parameter with the id {id}");
            faults.add(Fault::warning(Kind::IdOutOfRange, span, message).help(FREE).beyond_rules());
        }
        let (rule, message, help) = match id {
            0 | 64_300..=69_999 | 100_000..=999_999 | 10_000_000.. => {
                ("2.1.5", format!("no connector can use the parameter id {id}"), FREE)
            }
            64_000..=64_299 if !is_spectrum => {
                ("2.1.6", format!("the parameter id {id} belongs to spectrum analyzers"), FREE)
            }
            50_000..=60_000 if is_spectrum => (
                "2.1.6",
                format!("the platform gives the parameter id {id} to what it measures itself"),
                "use an id from 1 to 49999, or from 1000000 to 9989999",
            ),
            70_000..=79_999 if !is_base => {
                ("2.1.7", format!("the parameter id {id} belongs to mediation protocols"), FREE)
            }
            1..=999 if is_service && !is_in(SERVICE, id) && !columns.contains(&id) => (
                "2.1.9",
                format!("the parameter id {id} belongs to what the platform tells a service"),
                "use an id from 1000 to 63999",
            ),
            1..=2999 if is_sla && !is_in(SLA, id) => (
                "2.1.10",
                format!("the parameter id {id} belongs to what the platform tells an SLA"),
                "use an id from 3000 to 63999",
            ),
            _ => {
                check_padding(param, faults);
                continue;
            }
        };
        faults.add(Fault::rule(rule, span, message).help(help));
    }
}

/// 2.1.13: only of an id that the parameter can have.
fn check_padding(param: &Param<'_>, faults: &mut Faults) {
    if let Some(id) = param.attribute(&[], "id").filter(Slot::is_padded) {
        let message = format!("there is white space around {}", quoted(id.trimmed()));
        faults.add(Fault::rule("2.1.13", id.span, message).help("remove it"));
    }
}

/// The columns of the table that services have.
fn predefined_columns(file: &File<'_>) -> BTreeSet<u32> {
    let columns = file.table(SERVICE_TABLE).into_iter().flat_map(|table| &table.columns);
    columns.filter_map(|column| column.pid).collect()
}

fn is_in(ranges: &[RangeInclusive<u32>], id: u32) -> bool {
    ranges.iter().any(|range| range.contains(&id))
}

/// Whether the protocol is of type `word`, in any of the syntaxes of connections.
fn is_of_type(file: &File<'_>, word: &str) -> bool {
    let is = |text: &str| text.trim().eq_ignore_ascii_case(word);
    let by_type = file.root.find("Type").is_some_and(|kind| is(&kind.text));
    let connections = file.root.find("Connections").into_iter().flat_map(|list| list.all("Connection"));
    let by_connection = |connection: &crate::parse::Element| {
        connection.find("Type").is_some_and(|kind| is(&kind.text))
            || connection.children.iter().any(|kind| is(&kind.name))
    };
    by_type || connections.into_iter().any(by_connection)
}
