//! Nothing reads the response: a warning, which this crate does not let pass.
#![deny(warnings)]

mod switch {
    genlock::include_protocol!("behaviour_warning.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
