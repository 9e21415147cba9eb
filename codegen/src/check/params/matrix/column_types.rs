//! The parameter that the columns of a matrix are of: it is declared, and its cells are numbers.

use std::collections::BTreeSet;

use super::layout::column_types;
use super::matrices;
use crate::check::file::{File, Mention, Param};
use crate::check::params::dangling::dangling;
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::source::Span;
use crate::text::{either, quoted};

/// What the cells need: the rule, the element in `Interprete`, and the words that it may have.
const NEEDS: [(&str, &str, &[&str]); 3] = [
    ("2.21.9", "RawType", &["numeric text", "unsigned number"]),
    ("2.21.15", "LengthType", &["next param", "fixed"]),
    ("2.21.16", "Type", &["double"]),
];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    // The two sides of a matrix name the same parameter.
    let mut judged = BTreeSet::new();
    for matrix in matrices(file) {
        let Some(types) = column_types(matrix) else { continue };
        let Some(cells) = file.param(types.pid) else {
            // 2.21.17
            let owner = format!("the columns of the matrix {} are of", matrix.id);
            faults.add(dangling(file, "2.21.17", &owner, Mention { slot: types.id, id: Some(types.pid) }));
            continue;
        };
        if judged.insert(cells.id) {
            check_cells(matrix, cells, types.id.span, faults);
        }
    }
}

fn check_cells(matrix: &Param<'_>, cells: &Param<'_>, option: Span, faults: &mut Faults) {
    let owner = format!("the columns of the matrix {} are of {}", matrix.id, cells.label());
    let Some(interprete) = cells.element.find("Interprete") else {
        // 2.21.18
        let fault = Fault::rule("2.21.18", cells.element.name_span, format!("{owner}, which has no `Interprete`"));
        let help = "add `<Interprete>` with `numeric text`, `double` and `next param`";
        return faults.add(fault.missing("/Interprete").help(help).related(option, "named here"));
    };
    let is_wrong = |need: &&(&str, &str, &[&str])| !need.2.iter().any(|word| has(interprete, need.1, word));
    let wrong: Vec<&(&'static str, &str, &[&str])> = NEEDS.iter().filter(is_wrong).collect();
    match wrong.as_slice() {
        [] => {}
        [(rule, name, words)] => {
            let message = format!("{owner}, whose `{name}` does not suit cells");
            faults.add(at(rule, interprete, name, message).help(write(name, words)).related(option, "named here"));
        }
        several => {
            // 2.21.19
            let names = either(several.iter().map(|need| need.1)).replace(" or ", " and ");
            let fault =
                Fault::rule("2.21.19", interprete.name_span, format!("{owner}, whose {names} do not suit cells"));
            let help: Vec<String> = several.iter().map(|need| write(need.1, need.2)).collect();
            faults.add(fault.help(help.join("; ")).related(option, "named here"));
        }
    }
}

/// Whether the element `name` holds `word`.
pub(super) fn has(interprete: &Element, name: &str, word: &str) -> bool {
    interprete.find(name).map(Slot::look).is_some_and(|text| text.is(word))
}

/// The fault at the element `name` in `interprete`, or where it should be.
pub(super) fn at(rule: &'static str, interprete: &Element, name: &str, message: String) -> Fault {
    match interprete.find(name).map(Slot::look) {
        Some(text) => Fault::rule(rule, text.span, message),
        None => Fault::rule(rule, interprete.name_span, message).missing(format!("/{name}")),
    }
}

fn write(name: &str, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(&format!("<{name}>{word}</{name}>"))).collect();
    format!("write {}", words.join(" or "))
}
