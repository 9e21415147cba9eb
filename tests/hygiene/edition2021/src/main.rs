//! The edition 2021, in which `gen` is a name like any other.
#![deny(warnings)]

mod by_macro {
    genlock::include_protocol!("../../golden/hostile.xml");
}

mod by_build {
    genlock::include_generated!("hostile");
}

struct State;

impl by_macro::QActions for State {
    fn self_(cx: &mut by_macro::Context<'_, Self>) -> genlock::HookResult {
        cx.set(by_macro::params::GEN, "2021")
    }

    fn drop(_: &mut by_macro::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }

    fn clone(_: &mut by_macro::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }

    fn qaction_3(_: &mut by_macro::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }
}

/// Fills a command whose parameters have the names of keywords, of methods and of types.
async fn send(element: &by_macro::Element) -> Result<String, genlock::Error> {
    let answer = element.send(by_macro::pairs::R).r#type("a").r#gen("b").self_("c").answer_100("d").answer().await?;
    Ok(match answer {
        by_macro::pairs::RAnswer::R(response) => response.answer.to_string(),
        by_macro::pairs::RAnswer::Self_(by_macro::responses::Self_ {}) => String::new(),
        by_macro::pairs::RAnswer::Text(response) => response.into_future.to_string() + &response.r,
    })
}

fn main() {
    let _ = (by_macro::element("device", State), send);
    assert_eq!(by_macro::params::GAIN.name(), by_build::params::GAIN.name());
}
