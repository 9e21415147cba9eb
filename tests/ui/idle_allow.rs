//! An error cannot be allowed, and what does not occur need not be.
#![deny(warnings)]

mod switch {
    genlock::include_protocol!("dangling_group.xml", allow = ["9.4.3", GL0412]);
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
