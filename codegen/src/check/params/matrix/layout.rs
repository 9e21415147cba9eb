//! `Type@options` of a matrix: its dimensions, and the parameter that its columns are of.

use super::matrices;
use crate::check::file::{File, Param, list, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::{either, quoted};

/// The option with the size.
const DIMENSIONS: &str = "dimensions";
/// The option with the parameter of the columns.
const COLUMN_TYPES: &str = "columntypes";

/// `dimensions=rows,columns`.
#[derive(Clone, Copy)]
pub(super) struct Dimensions {
    pub(super) rows: u32,
    pub(super) columns: u32,
}

/// `columntypes=pid:from-to`.
#[derive(Clone, Copy)]
pub(super) struct ColumnTypes<'d> {
    /// The parameter, which need not exist.
    pub(super) pid: u32,
    /// Its id as it is written.
    pub(super) id: Slot<'d>,
    /// The columns, first and last.
    range: (u32, u32),
    /// The columns as they are written.
    written: Slot<'d>,
}

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in matrices(file) {
        check_kind(param, faults);
        check_options(param, faults);
    }
}

fn check_kind(param: &Param<'_>, faults: &mut Faults) {
    let kind = param.text(&["Type"]).filter(|kind| !kind.is_blank() && !kind.is("array") && !kind.is("write"));
    let Some(kind) = kind else { return };
    // 2.21.13
    let message = format!("{} is a matrix, but of type {}", param.label(), quoted(kind.trimmed()));
    let fault = Fault::rule("2.21.13", kind.span, message);
    faults.add(fault.help("write `array` for the matrix that is shown, `write` for the one that is set"));
}

fn check_options(param: &Param<'_>, faults: &mut Faults) {
    let label = param.label();
    let Some(kind) = param.element.find("Type") else { return };
    let Some(options) = kind.get("options").map(Slot::attribute) else {
        // 2.21.12
        let message = format!("the matrix of {label} has no size");
        let fault = Fault::rule("2.21.12", kind.name_span, message).missing("@options");
        return faults.add(fault.help(format!("add `options=\"{DIMENSIONS}=rows,columns;{COLUMN_TYPES}=pid:0-n\"`")));
    };
    let missing: Vec<&str> =
        [DIMENSIONS, COLUMN_TYPES].into_iter().filter(|name| option(param, name).is_none()).collect();
    if !missing.is_empty() {
        // 2.21.11
        let message = format!("the options of {label}, a matrix, do not say {}", either(missing.iter().copied()));
        let fault = Fault::rule("2.21.11", options.span, message.replace(" or ", " and "));
        faults.add(fault.help(format!("write `{DIMENSIONS}=rows,columns;{COLUMN_TYPES}=pid:0-n`")));
    }
    let size = dimensions(param);
    if let Some(written) = option(param, DIMENSIONS).filter(|_| size.is_none()) {
        // 2.21.14
        let message =
            format!("{} does not give rows and columns", quoted(&format!("{DIMENSIONS}={}", written.trimmed())));
        faults.add(Fault::rule("2.21.14", written.span, message).help(format!("write `{DIMENSIONS}=rows,columns`")));
    }
    let types = column_types(param);
    if let Some(written) = option(param, COLUMN_TYPES).filter(|_| types.is_none()) {
        // 2.21.14
        let message = format!(
            "{} does not name one parameter for all columns",
            quoted(&format!("{COLUMN_TYPES}={}", written.trimmed()))
        );
        faults.add(Fault::rule("2.21.14", written.span, message).help(format!("write `{COLUMN_TYPES}=pid:0-n`")));
    }
    let (Some(size), Some(types)) = (size, types) else { return };
    if types.range.0 != 0 || u64::from(types.range.1) + 1 != u64::from(size.columns) {
        // 2.21.8
        let message = format!(
            "the columns {} are not those of a matrix with {} columns",
            quoted(types.written.trimmed()),
            size.columns
        );
        let fault = Fault::rule("2.21.8", types.written.span, message);
        let fault = option(param, DIMENSIONS)
            .map(|size| size.span)
            .into_iter()
            .fold(fault, |fault, size| fault.related(size, "its dimensions"));
        faults.add(match size.columns.checked_sub(1) {
            Some(last) => fault.help(format!("write `{COLUMN_TYPES}={}:0-{last}`", types.pid)),
            None => fault.help("give the matrix at least one column"),
        });
    }
}

/// What stands behind the `=` of an option of `Type`.
fn option<'d>(param: &Param<'d>, name: &str) -> Option<Slot<'d>> {
    list(param.attribute(&["Type"], "options")?, ';').find_map(|option| {
        let (written, value) = option.raw.split_once('=')?;
        written.trim().eq_ignore_ascii_case(name).then(|| option.within(value))
    })
}

/// The dimensions of a matrix, where they are right.
pub(super) fn dimensions(param: &Param<'_>) -> Option<Dimensions> {
    let (rows, columns) = option(param, DIMENSIONS)?.raw.split_once(',')?;
    Some(Dimensions { rows: loose(rows)?, columns: loose(columns)? })
}

/// The place of the dimensions.
pub(super) fn dimensions_place<'d>(param: &Param<'d>) -> Option<Slot<'d>> {
    option(param, DIMENSIONS)
}

/// The columns of a matrix, where they are right.
pub(super) fn column_types<'d>(param: &Param<'d>) -> Option<ColumnTypes<'d>> {
    let written = option(param, COLUMN_TYPES)?;
    let (id, columns) = written.raw.split_once(':')?;
    let (from, to) = columns.split_once('-')?;
    Some(ColumnTypes {
        pid: loose(id)?,
        id: written.within(id),
        range: (loose(from)?, loose(to)?),
        written: written.within(columns),
    })
}
