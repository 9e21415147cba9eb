//! A handle of another connector is a type error, and not a wrong write.

mod switch {
    genlock::include_protocol!("switch.xml", unhandled);
}

mod other {
    genlock::include_protocol!("switch.xml", unhandled);
}

struct State;

impl switch::QActions for State {
    fn parse_answer(cx: &mut switch::Context<'_, Self>) -> genlock::HookResult {
        cx.set(other::params::COUNT, 1.0)
    }
}

fn main() {
    let _ = switch::element("switch 1", State);
}
