//! A binary that uses one handle of each connector and refuses what lints can refuse, but for the order of items.
#![deny(warnings)]
#![deny(missing_docs, unreachable_pub, missing_debug_implementations, missing_copy_implementations, unnameable_types)]
#![deny(unused_qualifications, unused_results, unused_lifetimes, unused_import_braces, unused_macro_rules)]
#![deny(single_use_lifetimes, redundant_lifetimes, explicit_outlives_requirements, elided_lifetimes_in_paths)]
#![deny(trivial_casts, trivial_numeric_casts, variant_size_differences, let_underscore_drop, unsafe_code)]
#![deny(rust_2018_idioms, rust_2021_compatibility, rust_2024_compatibility, future_incompatible, nonstandard_style)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
#![deny(clippy::missing_docs_in_private_items, clippy::absolute_paths, clippy::allow_attributes_without_reason)]
#![deny(clippy::exhaustive_enums, clippy::exhaustive_structs, clippy::min_ident_chars)]
#![deny(clippy::missing_inline_in_public_items, clippy::indexing_slicing, clippy::unwrap_used)]
#![allow(clippy::cargo_common_metadata, clippy::multiple_crate_versions, reason = "they are about the package")]

/// By the build script.
mod by_build {
    genlock::include_generated!("hostile");
}

/// By the macro.
mod by_macro {
    genlock::include_protocol!("../../golden/hostile.xml");
}

fn main() {
    assert_eq!(by_macro::params::GAIN.name(), by_build::params::GAIN.name(), "both doors give the same names");
}
