//! What people see: whether parameters are available to clients, captions, units, ranges, pages.

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[];
