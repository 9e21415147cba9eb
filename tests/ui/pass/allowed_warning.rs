//! What is allowed is no warning.
#![deny(warnings)]

mod switch {
    genlock::include_protocol!("../behaviour_warning.xml", deny_warnings, allow = [GL0507]);
}

#[path = "../shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
