//! The file does not exist: the message says where it was looked for and what is near.

mod switch {
    genlock::include_protocol!("swich.xml");
}

fn main() {
    let _ = switch::element("switch 1", ());
}
