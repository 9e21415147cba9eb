//! The file is no connector: nothing is said about names that nobody can know.

mod switch {
    genlock::include_protocol!("no_connector.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
