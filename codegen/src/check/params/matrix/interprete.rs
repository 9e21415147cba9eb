//! How the bytes of a matrix are read: what it holds is put together by the platform, not by a device.

use super::column_types::{at, has};
use super::matrices;
use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Element;
use crate::text::either;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for matrix in matrices(file) {
        let Some(interprete) = matrix.element.find("Interprete") else {
            // 2.37.8: all three are absent.
            let message = format!("{} is a matrix, but has no `Interprete`", matrix.label());
            let fault = Fault::rule("2.37.8", matrix.element.name_span, message).missing("/Interprete");
            let needs: Vec<String> = needs(matrix).iter().map(tag).collect();
            faults.add(fault.help(format!("add `<Interprete>{}</Interprete>`", needs.concat())));
            continue;
        };
        check_interprete(matrix, interprete, faults);
    }
}

/// What a matrix needs: the rule, the element in `Interprete`, and its word.
type Need = (&'static str, &'static str, &'static str);

fn needs(matrix: &Param<'_>) -> Vec<Need> {
    let value = match matrix.kind.as_str() {
        "array" => Some("double"),
        "write" => Some("string"),
        _ => None,
    };
    let value = value.map(|word| ("2.37.3", "Type", word));
    [("2.37.2", "RawType", "other")].into_iter().chain(value).chain([("2.37.4", "LengthType", "next param")]).collect()
}

fn check_interprete(matrix: &Param<'_>, interprete: &Element, faults: &mut Faults) {
    let wrong: Vec<Need> = needs(matrix).into_iter().filter(|(_, name, word)| !has(interprete, name, word)).collect();
    let label = matrix.label();
    match wrong.as_slice() {
        [] => {}
        [need] => {
            // 2.37.2, 2.37.3, 2.37.4
            let message = format!("{label} is a matrix, so its `{}` has to be `{}`", need.1, need.2);
            faults.add(at(need.0, interprete, need.1, message).help(format!("write `{}`", tag(need))));
        }
        several => {
            // 2.37.8
            let names = either(several.iter().map(|need| need.1)).replace(" or ", " and ");
            let message = format!("{label} is a matrix, but its {names} are not those of one");
            let right: Vec<String> = several.iter().map(tag).collect();
            let fault =
                Fault::rule("2.37.8", interprete.name_span, message).help(format!("write `{}`", right.concat()));
            faults.add(
                several
                    .iter()
                    .filter_map(|need| interprete.find(need.1))
                    .fold(fault, |fault, element| fault.related(element.name_span, "not that of a matrix")),
            );
        }
    }
}

fn tag((_, name, word): &Need) -> String {
    format!("<{name}>{word}</{name}>")
}
