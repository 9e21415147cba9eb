//! The file does not exist: the message says where it was looked for and what is near, and nothing is said about names
//! that nobody can know.

mod switch {
    genlock::include_protocol!("swich.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
