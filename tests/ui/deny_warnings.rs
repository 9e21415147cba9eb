//! Nothing reads the response: a warning, which this use of the file does not let pass.

mod switch {
    genlock::include_protocol!("behaviour_warning.xml", deny_warnings);
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
