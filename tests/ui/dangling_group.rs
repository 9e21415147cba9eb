//! A group names a pair that does not exist.

mod switch {
    genlock::include_protocol!("dangling_group.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
