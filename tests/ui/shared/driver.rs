//! What a user writes on top of the connector in these cases. It is right: only the XML is not, so that every error
//! of the compiler but those about the XML is noise.

use crate::switch::{self, params, values};

pub struct State;

impl switch::QActions for State {
    fn parse_answer(cx: &mut switch::Context<'_, Self>) -> genlock::HookResult {
        let count = cx.get(params::COUNT).unwrap_or_default();
        cx.set(params::COUNT, count + 1.0)?;
        cx.set(params::POSITION, values::Position::On)?;
        cx.check_trigger(switch::triggers::ON_CHECK_TRIGGER_ASK)
    }
}

pub async fn run() -> Result<(), genlock::Error> {
    let element = switch::element("switch 1", State)
        .connection(switch::connections::LINK, |link| link.host("ws://127.0.0.1").port(8050))
        .start()
        .await?;
    element.watch(params::POSITION).wait_for(|position| *position == values::Position::On).await?;
    element.stop().await
}
