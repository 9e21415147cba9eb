//! Chapters TRG and ACT.

use super::super::Engine;
use super::run::{Run, Step};
use super::xml::{action, connector, exchange, number, qaction, text, trigger};
use crate::value::Value;

#[test]
fn trg_03_content_runs_in_order_each_to_its_end() {
    let xml = connector(&format!(
        "<Params>{}</Params><Triggers>{}</Triggers><Actions>{}{}</Actions><QActions>{}</QActions>",
        text(20, "Target"),
        trigger(40, "", &[40, 41]),
        action(40, r#"<On id="20">parameter</On>"#, r#"<Type id="10">copy</Type>"#),
        action(41, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        qaction(1, "20"),
    ));
    let mut run = Run::new(&xml);
    run.set(10, "x");
    run.take();
    run.check_trigger(40);
    assert_eq!(run.take(), ["trigger 40", "action 40", "param 20=x!", "qaction 1", "action 41", "param 10=-"]);
}

#[test]
fn trg_02_a_trigger_may_call_triggers() {
    let outer =
        r#"<Trigger id="40"><Name>Outer</Name><Type>trigger</Type><Content><Id>41</Id><Id>42</Id></Content></Trigger>"#;
    let xml = connector(&format!(
        "<Triggers>{outer}{}{}</Triggers><Actions>{}</Actions>",
        trigger(41, "", &[40]),
        trigger(42, "", &[40]),
        action(40, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml);
    run.check_trigger(40);
    assert_eq!(run.take_only(&["trigger"]), ["trigger 40", "trigger 41", "trigger 42"]);
}

#[test]
fn trg_30_31_36_a_specific_trigger_hides_the_each_one() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>{}",
        trigger(40, r#"<On id="1">response</On><Time>before</Time>"#, &[40]),
        action(40, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        exchange(""),
    ));
    let mut run = Run::new(&xml).opened();
    run.receive("x");
    // RSP-20: the hidden trigger would have read the response, so the parameter stays unfilled.
    assert_eq!(run.take_only(&["trigger", "response", "param 11"]), ["trigger 40", "response 1 matched"]);
}

#[test]
fn trg_32_a_specific_trigger_with_another_time_hides_nothing() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>{}",
        trigger(40, r#"<On id="1">response</On><Time>after</Time>"#, &[40]),
        action(40, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        exchange(""),
    ));
    let mut run = Run::new(&xml).opened();
    run.receive("x");
    let trace = run.take_only(&["trigger", "response", "param 11"]);
    assert_eq!(trace, ["trigger 31", "response 1 matched", "param 11=x!", "trigger 40"]); // TRG-12, TRG-13
}

#[test]
fn trg_40_several_triggers_run_in_document_order() {
    let on = r#"<On id="10">parameter</On><Time>change</Time>"#;
    let xml = connector(&format!(
        "<Triggers>{}{}</Triggers><Actions>{}</Actions>",
        trigger(42, on, &[40]),
        trigger(41, on, &[40]),
        action(40, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml);
    run.set(10, "x");
    assert_eq!(run.take_only(&["trigger"]), ["trigger 42", "trigger 41"]);
}

#[test]
fn trg_18_rsp_23_change_after_response_runs_between_the_changes_and_after_response() {
    let xml = connector(&format!(
        "<Triggers>{}{}{}</Triggers><Actions>{}</Actions>{}",
        trigger(40, r#"<On id="11">parameter</On><Time>change after response</Time>"#, &[40]),
        trigger(41, r#"<On id="1">response</On><Time>after</Time>"#, &[40]),
        trigger(42, r#"<On id="11">parameter</On><Time>change</Time>"#, &[40]),
        action(40, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        exchange(""),
    ));
    let mut run = Run::new(&xml).opened();
    run.receive("x");
    assert_eq!(run.take_only(&["trigger"]), ["trigger 31", "trigger 42", "trigger 40", "trigger 41"]);
    run.receive("x"); // RSP-22: the parameter did not change
    assert_eq!(run.take_only(&["trigger"]), ["trigger 31", "trigger 41"]);
}

#[test]
fn trg_47_a_failing_action_does_not_stop_the_next() {
    let xml = connector(&format!(
        "<Params>{}</Params><Triggers>{}</Triggers><Actions>{}{}</Actions>",
        number(20, "Level"),
        trigger(40, "", &[40, 41]),
        action(40, r#"<On id="20">parameter</On>"#, r#"<Type id="10">copy</Type>"#),
        action(41, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml);
    run.set(10, "no number");
    run.take();
    run.check_trigger(40);
    let trace = run.take();
    assert!(trace[2].starts_with("log action 40: parameter 20 can't take this value"), "{trace:?}");
    assert_eq!(trace[3..], ["action 41", "param 10=-"]);
}

#[test]
fn act_02_several_targets_in_order() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>",
        trigger(40, "", &[40]),
        action(40, r#"<On id="11;10">parameter</On>"#, "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml);
    run.check_trigger(40);
    assert_eq!(run.take_only(&["param"]), ["param 11=-", "param 10=-"]);
}

#[test]
fn act_03_41_without_ids_the_item_that_fired_is_meant() {
    let xml = connector(&format!(
        "<Params>{}</Params><Triggers>{}</Triggers><Actions>{}{}</Actions>",
        text(20, "Copy"),
        trigger(40, r#"<On id="10">parameter</On><Time>change</Time>"#, &[40, 41]),
        action(40, r#"<On id="20">parameter</On>"#, "<Type>copy</Type>"),
        action(41, "<On>parameter</On>", "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml);
    run.set(10, "x");
    assert_eq!(run.take_only(&["param"]), ["param 10=x!", "param 20=x!", "param 10=-"]);
}

#[test]
fn act_42_copy_goes_through_the_typed_value() {
    let xml = connector(&format!(
        "<Params>{}</Params><Triggers>{}{}</Triggers><Actions>{}{}</Actions>",
        number(20, "Level"),
        trigger(40, "", &[40]),
        trigger(41, "", &[41]),
        action(40, r#"<On id="20">parameter</On>"#, r#"<Type id="10">copy</Type>"#),
        action(41, r#"<On id="11">parameter</On>"#, r#"<Type id="20">copy</Type>"#),
    ));
    let mut run = Run::new(&xml);
    run.set(10, " 007.50 ");
    run.check_trigger(40);
    run.check_trigger(41);
    assert_eq!(run.take_only(&["param 20", "param 11"]), ["param 20=7.5!", "param 11=7.5!"]); // PARAM-56
}

#[test]
fn act_44_param_186_bey_25_copy_takes_everything() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>",
        trigger(40, "", &[40]),
        action(40, r#"<On id="11">parameter</On>"#, r#"<Type id="10">copy</Type>"#),
    ));
    let mut run = Run::new(&xml);
    run.set(10, "a\0b");
    run.check_trigger(40);
    assert_eq!(run.value(11).as_deref(), Some("a\0b"));
}

#[test]
fn act_45_copy_of_an_uninitialised_parameter_clears_the_target() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>",
        trigger(40, "", &[40]),
        action(40, r#"<On id="11">parameter</On>"#, r#"<Type id="10">copy</Type>"#),
    ));
    let mut run = Run::new(&xml);
    run.set(11, "x");
    run.take();
    run.check_trigger(40);
    assert_eq!(run.take_only(&["param"]), ["param 11=-"]);
}

#[test]
fn act_69_read_without_a_message_is_a_no_op_with_a_log_line() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>{}",
        trigger(40, "", &[40]),
        action(40, r#"<On id="1">response</On>"#, "<Type>read</Type>"),
        exchange(""),
    ));
    let mut run = Run::new(&xml);
    run.check_trigger(40);
    assert_eq!(run.take_only(&["log"]), ["log action 40 reads response 1, but no message is being tried against it"]);
}

#[test]
fn act_82_run_actions_runs_the_qactions_and_nothing_else() {
    let xml = connector(&format!(
        r#"<Params><Param id="20"><Name>Dummy</Name><Type>dummy</Type></Param></Params><Triggers>{}{}</Triggers><Actions>{}{}</Actions><QActions>{}</QActions>"#,
        trigger(40, "", &[40]),
        trigger(41, r#"<On id="20">parameter</On><Time>change</Time>"#, &[41]),
        action(40, r#"<On id="20">parameter</On>"#, "<Type>run actions</Type>"),
        action(41, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        qaction(1, "20"),
    ));
    let mut run = Run::new(&xml);
    run.check_trigger(40);
    assert_eq!(run.take(), ["trigger 40", "action 40", "qaction 1"]);
}

#[test]
fn param_68_a_group_is_no_event_and_is_queued_at_the_limit() {
    let xml = connector(&format!(
        r#"<Params><Param id="20"><Name>Dummy</Name><Type>dummy</Type></Param></Params>
        <Groups><Group id="1"><Name>G1</Name><Type>poll action</Type><Content><Action>41</Action></Content></Group></Groups>
        <Triggers>{}</Triggers><Actions>{}{}{}</Actions><QActions>{}</QActions>"#,
        trigger(40, "", &[42, 40]),
        action(40, r#"<On id="20">parameter</On>"#, "<Type>run actions</Type>"),
        action(41, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        action(42, r#"<On id="1">group</On>"#, "<Type>execute</Type>"),
        qaction(1, "20"),
    ));
    let mut run = Run::new(&xml).qaction(1, [Step::CheckTrigger(40)]);
    run.start();
    run.check_trigger(40);
    assert_eq!(run.counters().nested_too_deep, 1, "the last run of the QAction");
    assert_eq!(run.take_only(&["group 1 queued"]).len(), 101, "each time that the trigger was called");
}

#[test]
fn param_68_run_actions_of_itself_is_cut_as_well() {
    let xml = connector(&format!(
        r#"<Params><Param id="20"><Name>Dummy</Name><Type>dummy</Type></Param></Params><Triggers>{}</Triggers><Actions>{}</Actions><QActions>{}</QActions>"#,
        trigger(40, "", &[40]),
        action(40, r#"<On id="20">parameter</On>"#, "<Type>run actions</Type>"),
        qaction(1, "20"),
    ));
    let mut run = Run::new(&xml).qaction(1, [Step::CheckTrigger(40)]);
    run.check_trigger(40);
    assert_eq!(run.counters().nested_too_deep, 1);
}

#[test]
fn life_15_17_after_startup_fires_without_any_group() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>",
        trigger(40, "<On>protocol</On><Time>after startup</Time>", &[40]),
        action(40, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml);
    run.start();
    assert_eq!(run.take_only(&["connect ", "trigger"]), ["connect ws://127.0.0.1:8050/", "trigger 40"]); // LIFE-06
}

#[test]
fn alm_05_09_17_19_an_alarm_level_is_told_when_it_changes() {
    let alarm = number(20, "Tally").replace(
        "</Param>",
        "<Description>Tally</Description><Alarm><Monitored>true</Monitored><Normal>1</Normal><CH>0</CH></Alarm>\
         <Display><RTDisplay>true</RTDisplay></Display>\
         <Measurement><Type>discreet</Type><Discreets><Discreet><Display>Off</Display><Value>0</Value></Discreet>\
         <Discreet><Display>On</Display><Value>1</Value></Discreet></Discreets></Measurement></Param>",
    );
    let mut run = Run::new(&connector(&format!("<Params>{alarm}</Params>")));
    for value in ["0", "0", "1", "5", "0"] {
        run.set(20, value);
    }
    assert_eq!(run.take_only(&["alarm"]), ["alarm 20 critical", "alarm 20 normal", "alarm 20 critical"]);
}

#[test]
fn qa_34_a_failing_hook_ends_its_run_only() {
    let xml = connector(&format!("<QActions>{}{}</QActions>", qaction(1, "10"), qaction(2, "10")));
    let mut run =
        Run::new(&xml).qaction(1, [Step::Fail("broken"), Step::set(11, "never")]).qaction(2, [Step::set(11, "next")]);
    run.try_set(10, Value::Text("x".into())).unwrap();
    let trace = run.take_only(&["qaction", "param 11"]);
    assert_eq!(trace, ["qaction 1", "qaction 1 failed: broken", "qaction 2", "param 11=next!"]); // QA-04
    assert_eq!(run.counters().hook_failures, 1);
}

#[test]
fn qa_42_check_trigger_runs_a_trigger_whatever_its_on_and_time_say() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>",
        trigger(40, r#"<On id="10">parameter</On><Time>change</Time>"#, &[40]),
        action(40, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml);
    run.check_trigger(40);
    assert_eq!(run.take(), ["trigger 40", "action 40", "param 11=-"]);
}

/// The memory that an engine keeps from one message to the next, in entries.
fn held_by(engine: &Engine<'_>) -> [usize; 4] {
    [engine.parts.capacity(), engine.borrowed.capacity(), engine.outputs.capacity(), engine.queue.len()]
}

#[test]
fn trg_52_change_after_response_keeps_nothing_of_a_message() {
    let xml = connector(&format!(
        "{}<Triggers>{}</Triggers><Actions>{}</Actions>",
        exchange(""),
        trigger(40, r#"<On id="11">parameter</On><Time>change after response</Time>"#, &[60]),
        action(60, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml).opened();
    run.engine().set_traced(false);
    for _ in 0..10 {
        run.receive("message");
    }
    let held = held_by(run.engine());
    for _ in 0..1_000_000 {
        run.receive("message");
    }
    assert_eq!(run.value(11), None, "the trigger has run");
    assert_eq!(held_by(run.engine()), held);
}
