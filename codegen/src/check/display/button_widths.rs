//! Widths of buttons: there, wide enough, and the same on a page (2.10).

use std::collections::BTreeMap;

use crate::check::file::{File, Param, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::source::Span;
use crate::text::quoted;

/// The least width that rules advise.
const LEAST: u32 = 110;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut pages: BTreeMap<&str, Vec<Button>> = BTreeMap::new();
    for param in &file.params {
        let Some(kind) = param.element.find_at(&["Measurement", "Type"]) else { continue };
        let width = kind.get("width").map(Slot::attribute);
        if matches!(param.measurement.as_str(), "button" | "pagebutton") {
            faults.extend(check_width(param, kind, width));
            let Some((width, value)) = width.and_then(|width| Some((width, loose(width.raw)?))) else { continue };
            for page in param.positions().filter_map(|position| position.find("Page")) {
                pages.entry(&page.text).or_default().push(Button {
                    width: value,
                    span: width.span,
                    label: param.label(),
                });
            }
        } else if let Some(width) = kind.get("width") {
            let message = format!("{} has a width, but it is no button", param.label());
            faults.add(Fault::rule("2.10.6", width.name_span, message).help("take `width` away"));
        }
    }
    for (page, buttons) in pages {
        faults.extend(check_page(page, &buttons));
    }
}

/// A button on a page.
struct Button {
    width: u32,
    span: Span,
    label: String,
}

fn check_width(param: &Param<'_>, kind: &Element, width: Option<Slot<'_>>) -> Option<Fault> {
    let label = param.label();
    let help = "write a number of at least 110";
    let Some(width) = width else {
        let fault = Fault::rule("2.10.1", kind.name_span, format!("the button of {label} has no width"));
        return Some(fault.missing("@width").help("add `width=\"110\"`"));
    };
    if width.is_blank() {
        return Some(Fault::rule("2.10.2", width.span, format!("the width of {label} is empty")).help(help));
    }
    match loose(width.raw) {
        None => {
            let message = format!("the width {} of {label} is no whole number", quoted(width.trimmed()));
            Some(Fault::rule("2.10.4", width.span, message).help(help))
        }
        Some(value) if value < LEAST => {
            let message = format!("{value} is too narrow for the caption of the button of {label}");
            Some(Fault::rule("2.10.7", width.span, message).help(help))
        }
        Some(value) if width.is_padded() => {
            let message = format!("there is white space around the width of {label}");
            Some(Fault::rule("2.10.3", width.span, message).help(format!("write `width=\"{value}\"`")))
        }
        Some(_) => None,
    }
}

/// One finding a page, at the first button with another width than the first one.
fn check_page(page: &str, buttons: &[Button]) -> Option<Fault> {
    let first = buttons.first()?;
    let mut others = buttons.iter().filter(|button| button.width != first.width);
    let other = others.next()?;
    let message = format!("the buttons on the page {} have different widths", quoted(page.trim()));
    let mut fault = Fault::rule("2.10.5", other.span, message)
        .help("use the same width on a page")
        .related(first.span, format!("{} has {}", first.label, first.width));
    for other in others {
        fault = fault.related(other.span, format!("{} has {}", other.label, other.width));
    }
    Some(fault)
}
