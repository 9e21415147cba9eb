//! genlock for build scripts.
