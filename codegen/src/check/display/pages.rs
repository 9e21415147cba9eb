//! A parameter stands once on a page (2.22.5), in one of two columns (2.44.4, 2.44.5).

use std::collections::BTreeMap;

use crate::check::file::{File, plain};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::source::Span;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in file.params.iter().filter(|param| !param.is_title_end()) {
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        for position in param.positions() {
            let Some(page) = position.find("Page").map(Slot::look).filter(|page| !page.is_blank()) else { continue };
            let name = page.trimmed().to_lowercase();
            if let Some(&earlier) = first.get(&name) {
                let message = format!("{} stands on the page {} twice", param.label(), quoted(page.trimmed()));
                let fault = Fault::rule("2.22.5", page.span, message).help("keep one position a page");
                faults.add(fault.related(earlier, "the first position"));
            } else {
                first.insert(name, page.span);
            }
        }
    }
    columns(file, faults);
}

/// One finding a page, at the first of its parameters that stand further right.
fn columns(file: &File<'_>, faults: &mut Faults) {
    let mut pages: BTreeMap<&str, Vec<(Span, String)>> = BTreeMap::new();
    for param in &file.params {
        for position in param.positions() {
            let Some(column) = position.find("Column").map(Slot::look) else { continue };
            let Some(number) = plain(column.raw) else { continue };
            if number > 1 {
                let page = position.find("Page").map_or("", |page| page.text.trim());
                pages.entry(page).or_default().push((column.span, param.label()));
            } else if column.is_padded() {
                // 2.44.4
                let message = format!("there is white space around {}", quoted(column.trimmed()));
                faults.add(Fault::rule("2.44.4", column.span, message).help("remove it"));
            }
        }
    }
    for (page, columns) in pages {
        let Some(((span, _), others)) = columns.split_first() else { continue };
        let page = if page.is_empty() { "a page".to_owned() } else { format!("the page {}", quoted(page)) };
        let mut fault =
            Fault::rule("2.44.5", *span, format!("{page} has more than two columns")).help("use column 0 or 1");
        for (span, label) in others {
            fault = fault.related(*span, format!("{label} as well"));
        }
        faults.add(fault);
    }
}
