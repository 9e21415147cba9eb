//! What goes on around a pause (LIFE-31).

use super::super::{Input, Until};
use super::run::Run;
use super::xml::{action, connector, exchange, trigger};

#[test]
fn act_37_life_31_a_close_that_ends_in_a_pause_stays_closed() {
    let close = trigger(50, "", &[50]);
    let close_action = action(50, "<On>protocol</On>", r#"<Type nr="1">close</Type>"#);
    let xml = connector(&format!("<Triggers>{close}</Triggers><Actions>{close_action}</Actions>"));
    let mut run = Run::new(&xml).opened();
    run.check_trigger(50);
    assert_eq!(run.take_only(&["close"]), ["close 1000"]);
    run.input(Input::Pause).unwrap();
    run.lost();
    run.input(Input::Resume).unwrap();
    run.at(600_000);
    assert_eq!(run.take_only(&["connect "]), [""; 0]);
}

#[test]
fn conn_53_life_31_a_reconnect_whose_close_ends_in_a_pause_connects_afterwards() {
    let mut run = Run::new(&connector("")).opened();
    run.reconnect();
    run.input(Input::Pause).unwrap();
    run.lost();
    run.at(60_000);
    assert_eq!(run.take_only(&["connect "]), [""; 0]);
    run.input(Input::Resume).unwrap();
    assert_eq!(run.take_only(&["connect "]).len(), 1);
}

#[test]
fn tmr_23_29_a_timer_that_is_restarted_in_a_pause_goes_on_with_the_element() {
    let restart = trigger(50, "", &[50]);
    let restart_action = action(50, r#"<On id="1">timer</On>"#, "<Type>restart timer</Type>");
    let clear = action(60, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>");
    let mut run = Run::new(&connector(&format!(
        r#"{}<Groups><Group id="2"><Name>G2</Name><Type>poll action</Type><Content><Action>60</Action></Content></Group></Groups>
        <Timers><Timer id="1"><Name>T</Name><Time>500</Time><Interval>0</Interval><Content><Group>2</Group></Content></Timer></Timers>
        <Triggers>{restart}</Triggers><Actions>{restart_action}{clear}</Actions>"#,
        exchange(""),
    )))
    .opened();
    run.at(450);
    run.execute(1, &[(10, "ask")], Until::Answered).unwrap();
    run.sent();
    // The timer's group waits behind the pair, and so it does in the pause.
    run.at(600);
    run.input(Input::Pause).unwrap();
    assert_eq!(run.take_only(&["group"]), ["group 2 queued"]);
    run.check_trigger(50);
    run.at(5000);
    assert_eq!(run.take_only(&["group"]), [""; 0]);
    run.input(Input::Resume).unwrap();
    let tick = ["group 2 queued", "group 2 started", "group 2 done"];
    assert_eq!(run.at(5001).take_only(&["group"]), tick);
    assert_eq!(run.at(5499).take_only(&["group"]), [""; 0]);
    assert_eq!(run.at(5500).take_only(&["group"]), tick);
}
