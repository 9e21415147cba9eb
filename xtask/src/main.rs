//! Development verbs of genlock.
fn main() {}
