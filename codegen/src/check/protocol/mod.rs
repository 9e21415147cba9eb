//! What a connector says about itself, and its connections.

mod advanced_types;
mod connection_count;
mod connection_names;
mod connection_syntax;
mod connection_type;
mod main_port;
mod name;
mod ping_group;
mod ping_pairs;
mod provider;

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[
    name::check,
    provider::check,
    connection_type::check,
    connection_syntax::check,
    advanced_types::check,
    connection_count::check,
    connection_names::check,
    main_port::check,
    ping_group::check,
    ping_pairs::check,
];
