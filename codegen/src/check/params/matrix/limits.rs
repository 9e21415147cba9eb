//! `Measurement/Type@options` of a matrix: `matrix=` repeats its size and bounds the connections of each line.

use super::layout::{dimensions, dimensions_place};
use super::matrices;
use crate::check::file::{File, Param, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

/// The option.
const MATRIX: &str = "matrix=";
/// Its form.
const FORM: &str = "matrix=inputs,outputs,COmin,COmax,CImin,CImax";
/// What may stand behind the six numbers, in this order.
const WORDS: [&str; 2] = ["pages", "noDisconnectsInBackup"];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for matrix in matrices(file) {
        check_options(matrix, faults);
    }
}

fn check_options(matrix: &Param<'_>, faults: &mut Faults) {
    let Some(kind) = matrix.element.find_at(&["Measurement", "Type"]) else { return };
    let label = matrix.label();
    let Some(options) = kind.get("options").map(Slot::attribute) else {
        if matrix.kind != "write" {
            // 2.31.8
            let message = format!("the matrix of {label} does not say how many inputs and outputs it has");
            let fault = Fault::rule("2.31.8", kind.name_span, message).missing("@options");
            faults.add(fault.help(format!("add `options=\"{FORM}\"`")));
        }
        return;
    };
    let Some(written) = written(options) else {
        // 2.31.7
        let message = format!("the matrix of {label} does not say how many inputs and outputs it has");
        return faults.add(Fault::rule("2.31.7", options.span, message).help(format!("write `{FORM}`")));
    };
    let Some(numbers) = numbers(values(written)) else {
        // 2.31.6
        let message = format!("{} is not six numbers and what may follow them", quoted(written.trimmed()));
        let help = format!("write `{FORM}`, then only `,{}` and `,{}`", WORDS[0], WORDS[1]);
        return faults.add(Fault::rule("2.31.6", written.span, message).help(help));
    };
    check_numbers(matrix, written, numbers, faults);
}

/// The option, up to the next `;`.
fn written(options: Slot<'_>) -> Option<Slot<'_>> {
    let at = options.raw.to_ascii_lowercase().find(MATRIX)?;
    Some(options.within(options.raw.get(at..)?.split(';').next()?))
}

/// What stands behind `matrix=`.
fn values(written: Slot<'_>) -> &str {
    written.raw.get(MATRIX.len()..).unwrap_or_default()
}

/// The six numbers, if that is all there is but known words.
fn numbers(written: &str) -> Option<[u32; 6]> {
    let parts: Vec<&str> = written.split(',').collect();
    let (numbers, words) = parts.split_at_checked(6)?;
    let is_known =
        |(position, word): (usize, &&str)| WORDS.get(position).is_some_and(|known| known.eq_ignore_ascii_case(word));
    if !words.iter().enumerate().all(is_known) {
        return None;
    }
    let numbers: Option<Vec<u32>> = numbers.iter().map(|number| loose(number)).collect();
    numbers?.try_into().ok()
}

fn check_numbers(matrix: &Param<'_>, written: Slot<'_>, numbers: [u32; 6], faults: &mut Faults) {
    let (Some(size), Some(place)) = (dimensions(matrix), dimensions_place(matrix)) else { return };
    let [inputs, outputs, out_min, out_max, in_min, in_max] = numbers;
    let mut part = values(written).split(',').map(|part| written.within(part).span);
    let (of_inputs, of_outputs) = (part.next().unwrap_or(written.span), part.next().unwrap_or(written.span));
    if outputs != size.columns {
        // 2.31.4
        let message = format!("the matrix has {outputs} outputs here, but {} columns", size.columns);
        let fault =
            Fault::rule("2.31.4", of_outputs, message).help(format!("write {} as the second number", size.columns));
        faults.add(fault.related(place.span, "rows and columns"));
    }
    if inputs != size.rows {
        // 2.31.5
        let message = format!("the matrix has {inputs} inputs here, but {} rows", size.rows);
        let fault = Fault::rule("2.31.5", of_inputs, message).help(format!("write {} as the first number", size.rows));
        faults.add(fault.related(place.span, "rows and columns"));
    }
    if outputs != size.columns || inputs != size.rows {
        return;
    }
    let bound = |name: &str, value: u32, from: u32, to: u32| {
        (!(from..=to).contains(&value)).then(|| format!("{name} is {value}, which is not in {from} to {to}"))
    };
    let order =
        |low: &str, min: u32, high: &str, max: u32| (min > max).then(|| format!("{low} {min} exceeds {high} {max}"));
    // COmin and COmax count the inputs of one output, CImin and CImax the outputs of one input.
    let violation = bound("COmin", out_min, 0, size.rows)
        .or_else(|| bound("COmax", out_max, 1, size.rows))
        .or_else(|| order("COmin", out_min, "COmax", out_max))
        .or_else(|| bound("CImin", in_min, 0, size.columns))
        .or_else(|| bound("CImax", in_max, 1, size.columns))
        .or_else(|| order("CImin", in_min, "CImax", in_max));
    if let Some(violation) = violation {
        // 2.31.3
        let message = format!("{} cannot be connected so: {violation}", quoted(written.trimmed()));
        let fault = Fault::rule("2.31.3", written.span, message).related(place.span, "rows and columns");
        faults.add(fault.help(format!("keep to `{FORM}` with limits inside the size of the matrix")));
    }
}
