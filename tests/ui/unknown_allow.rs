//! There is no such code, and no such rule.

mod code {
    genlock::include_protocol!("switch.xml", allow = [GL0507, GL0570]);
}

mod rule {
    genlock::include_protocol!("switch.xml", unhandled, allow = ["9.4"]);
}

mod number {
    genlock::include_protocol!("switch.xml", allow = [5.1]);
}

fn main() {}
