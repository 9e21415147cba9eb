//! With the option `unhandled` every QAction has a body.
#![deny(warnings)]

mod switch {
    genlock::include_protocol!("switch.xml", unhandled,);
}

struct State;

impl switch::QActions for State {}

fn main() {
    let _ = switch::element("switch 1", State);
}
