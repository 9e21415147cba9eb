//! Parameters: types, readings, alarms, lists of known values, options, matrices.

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[];
