//! A state whose type does not implement the QActions.

mod switch {
    genlock::include_protocol!("switch.xml");
}

struct State;

impl switch::QActions for State {
    fn parse_answer(_: &mut switch::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }
}

fn main() {
    let _ = switch::element("switch 1", State);
    let _ = switch::element("switch 2", ());
}
