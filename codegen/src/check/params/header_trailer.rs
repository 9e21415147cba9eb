//! Headers and trailers of smart-serial lines belong together by a number of their own (RSP-54), and to a connection.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::file::{File, Link, Param, list, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::source::Span;
use crate::text::quoted;

/// The option with the number.
const LINK: &str = "headerTrailerLink";
/// The option with the connection.
const CONNECTION: &str = "connection";

/// What there is to link frames to.
struct Lines {
    /// Whether the file tells its connections; a fragment may not.
    are_known: bool,
    /// How many connections are of a serial kind.
    serial: usize,
    /// The numbers of the smart-serial connections.
    smart_serial: BTreeSet<u32>,
    /// The numbers of the connections that speak SNMP.
    snmp: BTreeSet<u32>,
}

impl Lines {
    fn new<'d>(links: &[Link<'d>]) -> Self {
        let numbers = |is_meant: fn(&Link<'d>) -> bool| {
            links.iter().filter(|link| is_meant(link)).map(|link| link.number).collect()
        };
        Self {
            are_known: links.iter().any(|link| link.kind.is_some()),
            serial: links.iter().filter(|link| link.is_serial()).count(),
            smart_serial: numbers(Link::is_smart_serial),
            snmp: numbers(Link::is_snmp),
        }
    }
}

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let lines = Lines::new(&file.links());
    let has_smart_serial = !lines.smart_serial.is_empty();
    let mut taken: BTreeMap<(&str, u32), Span> = BTreeMap::new();
    for param in &file.params {
        let is_frame = matches!(param.kind.as_str(), "header" | "trailer");
        let Some(link) = option(param, LINK) else {
            if has_smart_serial && is_frame {
                missing(param, faults);
            }
            continue;
        };
        if !is_frame || (lines.are_known && !has_smart_serial) {
            excess(param, is_frame, link, faults);
            continue;
        }
        if let Some(number) = value(link, LINK).and_then(|value| loose(value.raw)) {
            let first = *taken.entry((&param.kind, number)).or_insert(link.span);
            if first != link.span {
                duplicate(param, number, link, first, faults);
            }
            connection(&lines, param, link, faults);
        } else if has_smart_serial {
            // 2.21.5
            let message = format!("{} has no number", quoted(link.trimmed()));
            let help = format!("write `{LINK}=n`, with the same n at a header and its trailer");
            faults.add(Fault::rule("2.21.5", link.span, message).help(help));
        }
    }
}

/// The option of `Type` that starts with `name`.
fn option<'d>(param: &Param<'d>, name: &str) -> Option<Slot<'d>> {
    let is_named =
        |option: &Slot<'_>| option.trimmed().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    list(param.attribute(&["Type"], "options")?, ';').find(is_named)
}

/// What stands behind the `=` of an option of exactly this name.
fn value<'d>(option: Slot<'d>, name: &str) -> Option<Slot<'d>> {
    let (written, value) = option.raw.split_once('=')?;
    written.trim().eq_ignore_ascii_case(name).then(|| option.within(value))
}

fn excess(param: &Param<'_>, is_frame: bool, link: Slot<'_>, faults: &mut Faults) {
    let why = if is_frame {
        "only smart-serial connections use it, and this connector has none".to_owned()
    } else {
        format!("{} is neither header nor trailer", param.label())
    };
    // 2.21.6
    let message = format!("the option {} has no effect: {why}", quoted(link.trimmed()));
    faults.add(Fault::rule("2.21.6", link.span, message).help("remove it"));
}

fn missing(param: &Param<'_>, faults: &mut Faults) {
    let Some(kind) = param.element.find("Type") else { return };
    // 2.21.4
    let message = format!("the {} {} is linked to no {}", param.kind, param.id, other(param));
    let fault = match kind.get("options").map(Slot::attribute) {
        Some(options) => Fault::rule("2.21.4", options.span, message),
        None => Fault::rule("2.21.4", kind.name_span, message).missing("@options"),
    };
    faults.add(fault.help(format!("add the option `{LINK}=n`, with the same n at a header and its trailer")));
}

fn duplicate(param: &Param<'_>, number: u32, link: Slot<'_>, first: Span, faults: &mut Faults) {
    // 2.21.7
    let message = format!("another {} has the link number {number} as well", param.kind);
    let fault = Fault::rule("2.21.7", link.span, message).related(first, "the first one");
    faults.add(fault.help("give each couple of header and trailer a number of its own"));
}

fn connection(lines: &Lines, param: &Param<'_>, link: Slot<'_>, faults: &mut Faults) {
    let Some(number) = option(param, CONNECTION).and_then(|option| value(option, CONNECTION)) else {
        if lines.serial > 1 {
            // 2.21.22
            let message = format!("it is unclear on which connection the {} {} stands", param.kind, param.id);
            let fault = Fault::rule("2.21.22", link.span, message);
            faults.add(fault.help("add the option `connection=n` with the number of a smart-serial connection"));
        }
        return;
    };
    if let Some(id) = loose(number.raw).filter(|id| lines.snmp.contains(id)) {
        // 2.21.23
        let message = format!("connection {id} speaks SNMP, which has no {}s", param.kind);
        let fault = Fault::rule("2.21.23", number.span, message);
        faults.add(match lines.smart_serial.first() {
            Some(first) => fault.help(format!("name a smart-serial connection: `connection={first}`")),
            None => fault.help("name a smart-serial connection"),
        });
    }
}

/// What a header or trailer is linked to.
fn other(param: &Param<'_>) -> &'static str {
    if param.kind == "header" { "trailer" } else { "header" }
}
