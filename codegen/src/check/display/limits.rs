//! The ends of ranges: above zero where a logarithm is taken of them (2.32.6, 2.33.6), the same for a parameter and the
//! one that sets it (2.32.7, 2.33.7), and, where nothing else is wrong, without white space (2.32.5, 2.33.5).

use crate::check::file::{File, Param, decimal};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::text::quoted;

/// The ends, with the rules for white space, for a logarithm and for partners.
const ENDS: &[(&str, [&str; 3])] = &[("Low", ["2.32.5", "2.32.6", "2.32.7"]), ("High", ["2.33.5", "2.33.6", "2.33.7"])];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(range) = param.element.find_at(&["Display", "Range"]) else { continue };
        for &(name, [trimmed, positive, same]) in ENDS {
            let end = range.find(name).map(Slot::look);
            if is_malformed(end) {
                continue;
            }
            let fault = check_logarithm(param, range, end, (name, positive));
            let fault = fault.or_else(|| check_partner(file, param, end?, (name, same)));
            faults.extend(fault.or_else(|| check_padding(end?, trimmed)));
        }
    }
}

/// Blank, or no number: a fault of the form.
fn is_malformed(end: Option<Slot<'_>>) -> bool {
    end.is_some_and(|end| decimal(end.raw).is_none())
}

fn check_logarithm(
    param: &Param<'_>,
    range: &Element,
    end: Option<Slot<'_>>,
    (name, rule): (&str, &'static str),
) -> Option<Fault> {
    let logarithmic = param.attribute(&["Display", "Trending"], "logarithmic")?;
    if !logarithmic.is("true") || end.and_then(|end| decimal(end.raw)).is_some_and(|end| end > 0.0) {
        return None;
    }
    let label = param.label();
    let fault = if let Some(end) = end {
        let message = format!("`{name}` of {label} is {}, but the logarithm of it is shown", end.trimmed());
        Fault::rule(rule, end.span, message)
    } else {
        let message = format!("the range of {label} has no `{name}`, but the logarithm of it is shown");
        Fault::rule(rule, range.name_span, message).missing(format!("/{name}"))
    };
    let help = format!("set `{name}` above zero");
    Some(fault.help(help).related(logarithmic.span, "the trend is logarithmic here"))
}

fn check_partner(
    file: &File<'_>,
    param: &Param<'_>,
    end: Slot<'_>,
    (name, rule): (&str, &'static str),
) -> Option<Fault> {
    let read = file.partner(param).filter(|_| param.is_write())?;
    let other = read.text(&["Display", "Range", name]);
    let number = decimal(end.raw)?;
    let Some(other) = other else {
        let message = format!("{} has `{name}`, but {}, which it sets, has none", param.label(), read.label());
        let fault = Fault::rule(rule, end.span, message).help(format!("give both parameters the same `{name}`"));
        return Some(fault.related(read.element.name_span, "the parameter that it sets"));
    };
    if decimal(other.raw).is_none_or(|other| same(other, number)) {
        return None;
    }
    let message = format!(
        "`{name}` of {} is {}, but {} has {}",
        param.label(),
        end.trimmed(),
        read.label(),
        quoted(other.trimmed())
    );
    let fault = Fault::rule(rule, end.span, message).help(format!("write {}", quoted(other.trimmed())));
    Some(fault.related(other.span, "the end of the parameter that it sets"))
}

fn check_padding(end: Slot<'_>, rule: &'static str) -> Option<Fault> {
    let message = format!("there is white space around {}", quoted(end.trimmed()));
    end.is_padded().then(|| Fault::rule(rule, end.span, message).help("remove it"))
}

/// Whether two numbers as written are the same.
fn same(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_eq() || (one == 0.0 && other == 0.0)
}
