//! The path must be a literal: the macro runs before constants have values.

const PATH: &str = "switch.xml";

mod switch {
    genlock::include_protocol!(PATH);
}

fn main() {}
