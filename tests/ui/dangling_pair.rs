//! A pair names a response that does not exist.

mod switch {
    genlock::include_protocol!("dangling_pair.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
