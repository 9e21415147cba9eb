//! The file stands beside the source file.
#![deny(warnings)]

mod switch {
    genlock::include_protocol!("switch.xml");
}

#[path = "../shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
