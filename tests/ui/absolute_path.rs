//! An absolute path names another file on the next machine.

mod switch {
    genlock::include_protocol!("/etc/switch.xml");
}

fn main() {}
