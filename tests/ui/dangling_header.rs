//! A header names a parameter that does not exist.

mod switch {
    genlock::include_protocol!("dangling_header.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
