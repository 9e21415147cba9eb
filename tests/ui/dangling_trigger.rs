//! A trigger names an action that does not exist.

mod switch {
    genlock::include_protocol!("dangling_trigger.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
