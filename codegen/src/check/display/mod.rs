//! What people see: whether parameters are available to clients, captions, units, ranges, pages.

mod id_ranges;
mod name_characters;
mod pages;
mod reserved_names;
mod shared_names;

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] =
    &[id_ranges::check, reserved_names::check, shared_names::check, name_characters::check, pages::check];
