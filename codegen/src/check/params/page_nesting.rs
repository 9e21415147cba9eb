//! Page buttons lead at most two pages deep: a page that a button on a button's page opens has no button of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::Element;
use crate::source::Span;
use crate::text::quoted;

/// A page button that stands on a page.
struct Button<'d> {
    label: String,
    positions: Span,
    /// The pages on which it stands, in lower case.
    pages: BTreeSet<String>,
    /// The pages that it opens, in lower case.
    opens: BTreeSet<String>,
    element: &'d Element,
}

/// Two buttons, each on the page that the next one opens.
type Couple = (usize, usize);

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let buttons = buttons(file);
    let mut openers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, button) in buttons.iter().enumerate() {
        button.opens.iter().for_each(|page| openers.entry(page).or_default().push(position));
    }
    // Two openers are enough to find one that is not the button itself.
    let above = |button: usize| -> Vec<usize> {
        let pages = buttons.get(button).into_iter().flat_map(|button| &button.pages);
        let of = pages.flat_map(|page| openers.get(page.as_str()).into_iter().flatten().copied());
        let mut others = of.filter(|&opener| opener != button);
        let first = others.next();
        first.into_iter().chain(others.find(|&other| Some(other) != first)).collect()
    };
    let above: Vec<Vec<usize>> = (0..buttons.len()).map(above).collect();
    // Those that stand on a page that is opened as well.
    for list in openers.values_mut() {
        list.retain(|&opener| above.get(opener).is_some_and(|above| !above.is_empty()));
    }
    let couple = |lowest: usize, opener: usize| -> Option<Couple> {
        let next = above.get(opener)?.iter().find(|&&next| next != lowest)?;
        (opener != lowest).then_some((opener, *next))
    };
    for (position, button) in buttons.iter().enumerate() {
        let mut opening = button.pages.iter().flat_map(|page| openers.get(page.as_str()).into_iter().flatten());
        let Some((second, first)) = opening.find_map(|&opener| couple(position, opener)) else { continue };
        let (Some(second), Some(first)) = (buttons.get(second), buttons.get(first)) else { continue };
        // 2.37.13
        let message =
            format!("the page button {} is reached by {}, and that one by {}", button.label, second.label, first.label);
        let fault = Fault::rule("2.37.13", button.positions, message)
            .help("let page buttons nest at most two deep: put this one on a page that is opened earlier")
            .related(second.element.name_span, "opens the page of this button")
            .related(first.element.name_span, "opens the page of that one");
        faults.add(fault);
    }
}

fn buttons<'d>(file: &File<'d>) -> Vec<Button<'d>> {
    let lower = |element: &Element| Some(element.text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let mut buttons = Vec::new();
    for param in file.params.iter().filter(|param| param.measurement == "pagebutton") {
        let Some(positions) = param.element.find_at(&["Display", "Positions"]) else { continue };
        let pages = positions.all("Position").filter_map(|position| position.find("Page")).filter_map(lower);
        let pages: BTreeSet<String> = pages.collect();
        if !pages.is_empty() {
            buttons.push(Button {
                label: format!("{} ({})", quoted(param.name), param.id),
                positions: positions.name_span,
                pages,
                opens: param.discreets().filter_map(|entry| entry.find("Value")).filter_map(lower).collect(),
                element: param.element,
            });
        }
    }
    buttons
}
