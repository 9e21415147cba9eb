//! Tables: options, columns, keys, relations, context menus, and timers over rows.

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[];
