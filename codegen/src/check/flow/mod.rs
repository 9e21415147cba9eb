//! What runs: QActions, groups, triggers, actions, timers, sessions, pairs, commands and responses.

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[];
