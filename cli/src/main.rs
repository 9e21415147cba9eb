//! The genlock command.
fn main() {}
