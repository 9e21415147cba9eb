//! The parameter is a number, the value is not.

mod switch {
    genlock::include_protocol!("switch.xml", unhandled);
}

struct State;

impl switch::QActions for State {
    fn parse_answer(cx: &mut switch::Context<'_, Self>) -> genlock::HookResult {
        cx.set(switch::params::COUNT, "many")
    }
}

fn main() {
    let _ = switch::element("switch 1", State);
}
