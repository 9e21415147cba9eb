//! The known values of a matrix are its lines: rows first, then columns, numbered from 1 without a gap.

use std::collections::BTreeSet;

use super::layout::{dimensions, dimensions_place};
use super::read_matrices;
use crate::check::file::{File, Param, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::text::{counted, quoted};

/// How many gaps are named.
const NAMED: usize = 12;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for matrix in read_matrices(file) {
        check_lines(matrix, faults);
    }
}

fn check_lines(matrix: &Param<'_>, faults: &mut Faults) {
    let lines: Vec<&Element> = matrix.discreets().collect();
    let first = match lines.first().map(|line| line.find("Value").map(Slot::look).filter(|value| !value.is_blank())) {
        // Without a value it has that fault.
        Some(None) => return,
        Some(first) => first,
        None => None,
    };
    if let Some(first) = first.filter(|first| first.trimmed() != "1") {
        // 2.41.3
        let message = format!("the first line of a matrix has the number 1, not {}", quoted(first.trimmed()));
        return faults.add(Fault::rule("2.41.3", first.span, message).help("number rows, then columns, from 1 on"));
    }
    let (Some(size), Some(place)) = (dimensions(matrix), dimensions_place(matrix)) else { return };
    let total = u64::from(size.rows) + u64::from(size.columns);
    let numbers: BTreeSet<u64> = lines
        .iter()
        .filter_map(|line| loose(&line.find("Value")?.text))
        .map(u64::from)
        .filter(|number| (1..=total).contains(number))
        .collect();
    let expected = format!("{} and {}", counted(size.rows as usize, "row"), counted(size.columns as usize, "column"));
    if let Some(first) = first.filter(|_| (numbers.len() as u64) < total) {
        // 2.41.2
        let gaps = gaps(&numbers, total);
        let message = format!("no known value of {} is numbered {gaps}", matrix.label());
        let fault = Fault::rule("2.41.2", first.span, message).related(place.span, expected);
        faults.add(fault.help(format!("add a `Discreet` for each number from 1 to {total}")));
    } else if lines.len() as u64 != total {
        // 2.41.1
        let message = format!("{} has {}, but {expected}", matrix.label(), counted(lines.len(), "known value"));
        let fault = if let Some(list) = matrix.element.find_at(&["Measurement", "Discreets"]) {
            Fault::rule("2.41.1", list.name_span, message)
        } else {
            let measurement = matrix.element.find("Measurement").unwrap_or(matrix.element);
            Fault::rule("2.41.1", measurement.name_span, message).missing("/Discreets")
        };
        let help = format!("define {total} of them: one for each row, then one for each column");
        faults.add(fault.related(place.span, "rows and columns").help(help));
    }
}

/// What `numbers` lacks of 1 to `total`: `2, 5 to 7`.
fn gaps(numbers: &BTreeSet<u64>, total: u64) -> String {
    let mut gaps: Vec<String> = Vec::new();
    let mut more = 0_usize;
    let mut next = 1;
    for number in numbers.iter().copied().chain([total + 1]) {
        if next < number {
            let last = number - 1;
            let gap = if next == last { last.to_string() } else { format!("{next} to {last}") };
            if gaps.len() < NAMED { gaps.push(gap) } else { more += 1 }
        }
        next = number + 1;
    }
    if more > 0 {
        gaps.push(format!("and {} more", counted(more, "gap")));
    }
    gaps.join(", ")
}

#[cfg(test)]
mod tests {
    use super::gaps;

    #[test]
    fn gaps_are_listed_as_ranges() {
        assert_eq!(gaps(&[1, 3, 4].into(), 8), "2, 5 to 8");
        assert_eq!(gaps(&[2].into(), 2), "1");
        assert!(gaps(&(1..100).map(|number| number * 2).collect(), 200).ends_with("and 88 gaps more"));
    }
}
