//! genlock.
