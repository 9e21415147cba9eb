//! What a parameter reads as is an `Option`; what is written to it is not.

mod switch {
    genlock::include_protocol!("switch.xml", unhandled);
}

struct State;

impl switch::QActions for State {
    fn parse_answer(cx: &mut switch::Context<'_, Self>) -> genlock::HookResult {
        cx.set(switch::params::REQUEST, cx.get(switch::params::ANSWER))
    }
}

fn main() {
    let _ = switch::element("switch 1", State);
}
