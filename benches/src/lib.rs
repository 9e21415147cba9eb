//! Benchmarks of genlock.
