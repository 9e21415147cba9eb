//! Twenty errors are shown, the rest is counted.

mod switch {
    genlock::include_protocol!("many_errors.xml");
}

fn main() {}
