//! Parameters that the platform has built in.

/// The ids of built-in parameters that triggers, QActions and conditions may name without declaring them.
const BUILT_IN: &[(i64, i64)] = &[
    (65000, 65000),
    (65002, 65009),
    (65017, 65017),
    (65019, 65022),
    (65026, 65027),
    (65029, 65062),
    (65064, 65065),
    (65067, 65096),
    (65098, 65103),
    (65105, 65114),
    (65118, 65127),
    (65130, 65130),
];

/// Whether `id` is that of a built-in parameter.
pub(crate) fn is_built_in(id: i64) -> bool {
    BUILT_IN.iter().any(|&(first, last)| (first..=last).contains(&id))
}
