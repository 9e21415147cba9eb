//! Matrices: what their parameters must say for sizes, columns, captions and labels to fit together.

mod column_types;
mod conventions;
mod interprete;
mod known_values;
mod labels;
mod layout;
mod limits;

use crate::check::FileCheck;
use crate::check::file::{File, Param};

pub(super) const CHECKS: &[FileCheck] = &[
    layout::check,
    column_types::check,
    interprete::check,
    limits::check,
    known_values::check,
    labels::check,
    conventions::check,
];

/// The parameters that are matrices: for reading of type array, for setting of type write.
fn matrices<'f, 'd>(file: &'f File<'d>) -> impl Iterator<Item = &'f Param<'d>> {
    file.params.iter().filter(|param| param.is_matrix())
}

/// The matrices that are not only for setting.
fn read_matrices<'f, 'd>(file: &'f File<'d>) -> impl Iterator<Item = &'f Param<'d>> {
    matrices(file).filter(|param| param.kind != "write")
}
