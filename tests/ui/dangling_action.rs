//! An action names a group that does not exist.

mod switch {
    genlock::include_protocol!("dangling_action.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
