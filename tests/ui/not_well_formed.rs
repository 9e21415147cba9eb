//! The reader says where, and nothing is said about names that a broken file may or may not have.

mod switch {
    genlock::include_protocol!("not_well_formed.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
