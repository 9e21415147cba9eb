//! The reference driver.
fn main() {}
