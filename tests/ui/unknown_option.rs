//! There is one option.

mod switch {
    genlock::include_protocol!("switch.xml", unhandeld);
}

fn main() {}
