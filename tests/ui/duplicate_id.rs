//! Two parameters have the id 2.

mod switch {
    genlock::include_protocol!("duplicate_id.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
