//! A path that was written on Windows.
#![deny(warnings)]

mod switch {
    genlock::include_protocol!(".\\switch.xml", unhandled);
}

fn main() {
    let _ = switch::params::COUNT;
}
