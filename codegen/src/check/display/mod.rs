//! What people see: whether parameters are available to clients, captions, units, ranges, pages.

mod button_widths;
mod casing;
mod descriptions;
mod id_ranges;
mod limits;
mod names;
mod pages;
mod ranges;
mod rtdisplay;
mod shared_names;
mod subtexts;
mod title_case;
mod units;

use super::FileCheck;

pub(super) const CHECKS: &[FileCheck] = &[
    id_ranges::check,
    names::check,
    shared_names::check,
    descriptions::check,
    subtexts::check,
    units::check,
    ranges::check,
    limits::check,
    button_widths::check,
    pages::check,
    casing::check,
    rtdisplay::check,
];
