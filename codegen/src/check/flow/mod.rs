//! What runs: QActions, groups, triggers, actions, timers, sessions, pairs, commands and responses.

mod action;
mod action_ids;
mod action_positions;
mod action_targets;
mod action_types;
mod duplicate_triggers;
mod group_sets;
mod listeners;
mod loops;
mod pair_timeouts;
mod set_next;
mod startup;
mod trigger_content;
mod trigger_items;
mod trigger_moments;

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[
    trigger_items::check,
    trigger_content::check,
    trigger_moments::check,
    duplicate_triggers::check,
    startup::check,
    loops::check,
    action_ids::check,
    action_types::check,
    action_positions::check,
    action_targets::check,
    pair_timeouts::check,
    set_next::check,
    group_sets::check,
];
