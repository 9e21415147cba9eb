//! What must hold in a file beyond the form of its values: one fact a file.
//!
//! Each check looks at what is there and is silent about what is not, so a fragment of a connector can be checked as
//! well. The checks do not depend on each other's order.

mod action_sources;
mod action_targets;
mod action_types;
mod alarms;
mod answers;
mod checksum_definitions;
mod conditions;
mod connection_actions;
mod connection_limit;
mod connection_numbers;
mod default_values;
mod discreets;
mod display;
mod dynamic_ip;
mod end_markers;
mod entry_points;
mod file;
mod fixed_lengths;
mod flow;
mod forms;
mod handshakes;
mod headers;
mod hidden_responses;
mod length_actions;
mod long_triggers;
mod makes;
mod name_collisions;
mod named_requests;
mod pair_connections;
mod params;
mod protocol;
mod reach;
mod references;
mod retries;
mod session_connections;
mod setters;
mod shared_parameters;
mod tables;
#[cfg(test)]
mod tests;
mod trends;
mod trigger_moments;
mod unused_sessions;

use crate::diagnostic::Faults;
use crate::model::Model;
use crate::options::Options;
use crate::parse::Element;
use crate::source::SourceSet;
use file::File;

/// A fact about what a driver runs.
type Check = fn(&Model, &mut Faults);
/// A fact about the file.
type FileCheck = fn(&File<'_>, &mut Faults);

const CHECKS: &[Check] = &[
    connection_limit::check,
    name_collisions::check,
    references::check,
    fixed_lengths::check,
    length_actions::check,
    checksum_definitions::check,
    end_markers::check,
    default_values::check,
    discreets::check,
    alarms::check,
    setters::check,
    dynamic_ip::check,
    shared_parameters::check,
    connection_numbers::check,
    retries::check,
    pair_connections::check,
    named_requests::check,
    session_connections::check,
    handshakes::check,
    headers::check,
    unused_sessions::check,
    answers::check,
    hidden_responses::check,
    makes::check,
    long_triggers::check,
    trends::check,
    trigger_moments::check,
    action_types::check,
    action_targets::check,
    action_sources::check,
    connection_actions::check,
    entry_points::check,
];

/// The facts about the file, by folder.
const FILE_CHECKS: &[&[FileCheck]] = &[
    &[forms::check],
    conditions::CHECKS,
    display::CHECKS,
    flow::CHECKS,
    params::CHECKS,
    params::MATRIX_CHECKS,
    protocol::CHECKS,
    tables::CHECKS,
];

/// Runs all checks on the file with the outermost element `root`.
pub(crate) fn check(root: &Element, source: &SourceSet, model: &Model, options: &Options, faults: &mut Faults) {
    for check in CHECKS {
        check(model, faults);
    }
    let file = File::new(root, source, model, options);
    for check in FILE_CHECKS.iter().copied().flatten() {
        check(&file, faults);
    }
}
