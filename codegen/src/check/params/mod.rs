//! Parameters: their types, lengths, values, captions and alarms.

mod alarm_options;
mod alarm_switches;
mod buttons;
mod captions;
mod confirmations;
mod dangling;
mod default_values;
mod dependencies;
mod duplicate_captions;
mod empty_displays;
mod exception_captions;
mod exception_states;
mod exception_values;
mod exceptions_of_writes;
mod header_trailer;
mod information_thresholds;
mod known_values;
mod length_references;
mod lengths;
mod load_sequence;
mod matrix;
mod menu_references;
mod missing_thresholds;
mod number_lengths;
mod obsolete_includes;
mod opposites;
mod page_nesting;
mod saved_answers;
mod ssh_options;
mod threshold_order;
mod toggle_buttons;
mod type_references;

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[
    alarm_options::check,
    alarm_switches::check,
    buttons::check,
    captions::check,
    confirmations::check,
    default_values::check,
    dependencies::check,
    duplicate_captions::check,
    empty_displays::check,
    exception_captions::check,
    exception_states::check,
    exception_values::check,
    exceptions_of_writes::check,
    header_trailer::check,
    information_thresholds::check,
    known_values::check,
    length_references::check,
    lengths::check,
    load_sequence::check,
    menu_references::check,
    missing_thresholds::check,
    number_lengths::check,
    obsolete_includes::check,
    opposites::check,
    page_nesting::check,
    saved_answers::check,
    ssh_options::check,
    threshold_order::check,
    toggle_buttons::check,
    type_references::check,
];

pub(super) const MATRIX_CHECKS: &[FileCheck] = matrix::CHECKS;
