//! What people read is in title case: captions (2.13.7), descriptions (2.14.7), pages (2.22.6), exceptions (2.40.6).

use std::collections::BTreeSet;

use super::title_case::title_case;
use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::text::quoted;

/// Pages for the client of large networks, which have this in front of their names.
const INTEGRATION: &str = "CPEIntegration_";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut pages = BTreeSet::new();
    for param in &file.params {
        if !param.is_context_menu() {
            let captions = displays(param, &["Measurement", "Discreets"], "Discreet");
            faults.extend(captions.filter_map(|caption| judge("2.13.7", "caption", caption)));
        }
        if file.is_available(param) {
            let description = param.text(&["Description"]);
            faults.extend(description.and_then(|description| judge("2.14.7", "description", description)));
        }
        // One finding a page, at its first parameter.
        for page in param.positions().filter_map(|position| position.find("Page")).map(Slot::look) {
            if pages.insert(page.trimmed()) {
                faults.extend(judge_page(page));
            }
        }
        let exceptions = displays(param, &["Interprete", "Exceptions"], "Exception");
        faults.extend(exceptions.filter_map(|text| judge("2.40.6", "text of an exception", text)));
    }
}

/// The `Display` of each `item` in the list of a parameter.
fn displays<'d>(param: &Param<'d>, list: &[&str], item: &'static str) -> impl Iterator<Item = Slot<'d>> {
    let items = param.element.find_at(list).into_iter().flat_map(move |list: &Element| list.all(item));
    items.filter_map(|item| item.find("Display")).map(Slot::look)
}

fn judge(rule: &'static str, what: &str, text: Slot<'_>) -> Option<Fault> {
    let title = title_case(text.trimmed());
    wrong(rule, what, text, &title)
}

fn judge_page(page: Slot<'_>) -> Option<Fault> {
    let prefix = page.trimmed().strip_prefix(INTEGRATION).map_or("", |_| INTEGRATION);
    let title = page.trimmed().strip_prefix(INTEGRATION).map_or_else(|| title_case(page.trimmed()), title_case);
    wrong("2.22.6", "name of a page", page, &format!("{prefix}{title}"))
}

fn wrong(rule: &'static str, what: &str, text: Slot<'_>, title: &str) -> Option<Fault> {
    if text.trimmed() == title {
        return None;
    }
    let message = format!("the {what} {} is not in title case", quoted(text.trimmed()));
    Some(Fault::rule(rule, text.span, message).help(format!("write {}", quoted(title))))
}
