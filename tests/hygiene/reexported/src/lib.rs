//! A library that has `genlock` inside: its users have no dependency of that name.

/// What comes from elsewhere.
pub mod vendor {
    pub use inner as engine;
}
