//! The macros of genlock.
