//! The protocol as a whole: its head, its connections and ports, endless loops, pings.

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[];
