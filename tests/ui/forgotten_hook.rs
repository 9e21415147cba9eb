//! A QAction without its function.

mod switch {
    genlock::include_protocol!("switch.xml");
}

struct State;

impl switch::QActions for State {}

fn main() {
    let _ = switch::element("switch 1", State);
}
