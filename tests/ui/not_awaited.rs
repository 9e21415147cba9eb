//! A command that is not awaited is not sent.
#![deny(unused_must_use)]

mod switch {
    genlock::include_protocol!("switch.xml", unhandled);
}

fn ask(element: &switch::Element) {
    element.send(switch::pairs::ASK).request("?");
}

fn main() {
    let _ = ask;
}
