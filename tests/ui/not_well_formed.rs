//! The reader says where, and the rest of the file still counts.

mod switch {
    genlock::include_protocol!("not_well_formed.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
