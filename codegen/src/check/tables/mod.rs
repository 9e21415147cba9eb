//! Tables: options, columns, keys, relations, and timers over rows.

mod column_names;
mod column_types;
mod display_key;
mod foreign_keys;
mod key_columns;
mod naming_format;
mod naming_option;
mod primary_key;
mod relations;
mod sorting;
mod state_option;
mod timer_options;
mod view_columns;
mod view_tables;
mod volatile;

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[
    naming_option::check,
    naming_format::check,
    state_option::check,
    view_tables::check,
    view_columns::check,
    sorting::check,
    primary_key::check,
    display_key::check,
    foreign_keys::check,
    key_columns::check,
    column_types::check,
    column_names::check,
    volatile::check,
    relations::check,
    timer_options::check,
];
