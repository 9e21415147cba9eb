//! A connection names a session that does not exist.

mod switch {
    genlock::include_protocol!("dangling_handshake.xml");
}

#[path = "shared/driver.rs"]
mod driver;

fn main() {
    let _ = driver::run();
}
