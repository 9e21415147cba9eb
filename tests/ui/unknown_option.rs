//! There is no such option.

mod switch {
    genlock::include_protocol!("switch.xml", unhandeld);
}

fn main() {}
