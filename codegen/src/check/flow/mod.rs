//! What runs: QActions, groups, triggers, actions, timers, sessions, pairs, commands and responses.

mod action;
mod action_ids;
mod action_positions;
mod action_targets;
mod action_types;
mod ascii_params;
mod checksums;
mod clearing;
mod duplicate_triggers;
mod frames;
mod group_content;
mod group_sets;
mod header_keys;
mod listeners;
mod loops;
mod pair_timeouts;
mod polled_params;
mod qaction_triggers;
mod request_headers;
mod script_libraries;
mod set_next;
mod similar_timers;
mod startup;
mod timer_groups;
mod timer_times;
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
    group_content::check,
    polled_params::check,
    timer_times::check,
    similar_timers::check,
    timer_groups::check,
    qaction_triggers::check,
    script_libraries::check,
    request_headers::check,
    header_keys::check,
    clearing::check,
    checksums::check,
    ascii_params::check,
    frames::check,
];
