//! Chapter PARAM: values, change events and their order; LIFE and SAVE for what parameters start with.

use genlock_spec::ParamIndex;

use super::super::{Event, Output};
use super::run::{Run, Settings, Step};
use super::xml::{action, connector, exchange, number, param, qaction, text, trigger};
use crate::error::Error;
use crate::value::Value;
use bytes::Bytes;

fn on_change(pid: u32) -> String {
    format!(r#"<On id="{pid}">parameter</On><Time>change</Time>"#)
}

fn saved(pid: u32, default: &str) -> String {
    text(pid, "Saved")
        .replace("<Param ", r#"<Param save="true" "#)
        .replace("</Interprete>", &format!("{default}</Interprete>"))
}

fn stored(values: &[(u32, &'static str)]) -> Settings {
    Settings {
        saved: values.iter().map(|(pid, text)| (*pid, Bytes::from_static(text.as_bytes()))).collect(),
        ..Settings::default()
    }
}

#[test]
fn life_11_12_a_stored_value_wins_over_the_default() {
    let xml = connector(&format!("<Params>{}</Params>", saved(8, "<DefaultValue>default</DefaultValue>")));
    assert_eq!(Run::new(&xml).value(8).as_deref(), Some("default"));
    assert_eq!(Run::with(&xml, stored(&[(8, "stored")])).value(8).as_deref(), Some("stored"));
    assert_eq!(
        Run::with(&xml, stored(&[(8, "")])).value(8).as_deref(),
        Some(""),
        "the empty text is a value (PARAM-195)"
    );
}

#[test]
fn life_14_restored_and_default_values_raise_no_event() {
    let xml = connector(&format!(
        "<Params>{}</Params><Triggers>{}</Triggers><Actions>{}</Actions><QActions>{}</QActions>",
        saved(8, "<DefaultValue>default</DefaultValue>"),
        trigger(40, &on_change(8), &[40]),
        action(40, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        qaction(8, "8"),
    ));
    let mut run = Run::with(&xml, stored(&[(8, "stored")]));
    run.start();
    assert_eq!(run.take_only(&["trigger", "qaction", "param 8"]), [""; 0]);
}

#[test]
fn save_02_03_a_change_event_stores_the_bytes() {
    let mut run = Run::new(&connector(&format!("<Params>{}</Params>", saved(8, ""))));
    run.set(8, "x");
    run.set(8, "x");
    run.set(10, "not saved");
    assert_eq!(run.take_only(&["save"]), ["save 8=x", "save 8=x"]);
}

#[test]
fn save_09_a_stored_value_that_no_longer_fits_is_ignored() {
    let xml =
        connector(&format!("<Params>{}</Params>", number(8, "Level").replace("<Param ", r#"<Param save="true" "#)));
    let run = Run::with(&xml, stored(&[(8, "loud"), (999, "unknown")]));
    assert_eq!(run.value(8), None);
}

#[test]
fn save_10_param_192_a_hooks_clear_forgets_the_stored_copy() {
    let xml = connector(&format!("<Params>{}</Params><QActions>{}</QActions>", saved(8, ""), qaction(1, "10")));
    let mut run = Run::new(&xml).qaction(1, [Step::Clear(8)]);
    run.set(8, "x");
    run.set(10, "go");
    assert_eq!(run.take_only(&["save"]), ["save 8=x", "save 8=-"]);
    assert_eq!(run.value(8), None);
}

#[test]
fn param_06_a_parameter_is_uninitialised_until_it_is_set() {
    let mut run = Run::new(&connector(""));
    assert_eq!(run.value(10), None);
    run.set(10, "");
    assert_eq!(run.value(10).as_deref(), Some(""), "PARAM-195");
}

#[test]
fn param_20_to_26_fixed_parameters_have_bytes_at_start() {
    let fixed = |pid: u32, raw: &str, kind: &str, more: &str| {
        param(pid, &format!("F{pid}"), "read", raw, kind, more).replace("next param", "fixed")
    };
    let xml = connector(&format!(
        "<Params>{}{}{}{}</Params>",
        fixed(20, "other", "string", "<Length>2</Length>"),
        fixed(21, "numeric text", "double", "<Length>3</Length>"),
        fixed(22, "other", "string", "<Length>4</Length><Value>AB</Value>"),
        fixed(23, "other", "string", "<Length>2</Length><Value>0x41 0x0A</Value>".replace(' ', "").as_str()),
    ));
    let run = Run::new(&xml);
    assert_eq!(run.value(20).as_deref(), Some("  "), "PARAM-22");
    assert_eq!(run.value(21).as_deref(), Some("0"), "PARAM-32");
    assert_eq!(run.value(22).as_deref(), Some("  AB"), "PARAM-26");
    assert_eq!(run.value(23).as_deref(), Some("A\n"), "PARAM-24");
}

#[test]
fn param_60_61_who_sets_decides_whether_an_equal_value_is_an_event() {
    let xml = connector(&format!(
        "<Params>{}{}</Params><Triggers>{}{}</Triggers><Actions>{}{}</Actions><QActions>{}</QActions>",
        text(20, "Target"),
        param(21, "Write", "write", "other", "string", ""),
        trigger(40, "", &[40]),
        trigger(41, "", &[41]),
        action(40, r#"<On id="20">parameter</On>"#, r#"<Type id="10">copy</Type>"#),
        action(41, r#"<On id="21">parameter</On>"#, r#"<Type id="10">copy</Type>"#),
        qaction(1, "11"),
    ));
    let mut run = Run::new(&xml).qaction(1, [Step::set(20, "x")]);
    run.set(10, "x");
    run.take();
    for _ in 0..2 {
        run.check_trigger(40); // a protocol construct on a read parameter (PARAM-61)
        run.check_trigger(41); // on a write parameter (ACT-06)
    }
    assert_eq!(run.take_only(&["param"]), ["param 20=x!", "param 21=x!", "param 21=x!"]);
    run.set(11, "go"); // a hook
    assert_eq!(run.take_only(&["param 20"]), ["param 20=x!"]);
}

#[test]
fn param_62_after_clear_the_next_value_is_new() {
    let mut run = Run::new(&connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions>{}<QActions>{}</QActions>",
        trigger(40, "", &[40]),
        action(40, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>"),
        exchange(""),
        qaction(1, "11"),
    )))
    .opened();
    run.receive("x");
    run.receive("x"); // RSP-19: without the clear an equal message fires no event
    run.check_trigger(40);
    run.receive("x");
    let trace = run.take_only(&["param 11", "qaction"]);
    assert_eq!(trace, ["param 11=x!", "qaction 1", "param 11=-", "param 11=x!", "qaction 1"]);
}

#[test]
fn param_63_a_change_event_keeps_its_order() {
    let xml = connector(&format!(
        r#"<Params>{}<Param id="21" setter="true"><Name>Url</Name><Type>write</Type><Interprete><RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType></Interprete></Param></Params>
        <Triggers>{}</Triggers><Actions>{}</Actions><QActions>{}</QActions>"#,
        saved(20, "").replace("Saved", "Url").replace("<Type>read", r#"<Type options="dynamic ip 1">read"#),
        trigger(40, &on_change(20), &[40]),
        action(40, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        qaction(1, "20;21"),
    ));
    let mut run = Run::new(&xml).opened();
    run.set(21, "ws://h:1/");
    let trace = run.take_only(&["param 2", "trigger", "close", "save", "qaction"]);
    // The write parameter first; its copy is an event of its own, nested before the write parameter's QActions
    // (PARAM-142). Within the copy: triggers, connection, save, QActions.
    let expected = [
        "param 21=ws://h:1/!",
        "param 20=ws://h:1/!",
        "trigger 40",
        "close 1000",
        "save 20=ws://h:1/",
        "qaction 1",
        "qaction 1",
    ];
    assert_eq!(trace, expected);
}

#[test]
fn param_64_qa_31_32_everything_of_an_event_runs_before_the_setter_goes_on() {
    let xml = connector(&format!(
        "<Params>{}</Params><QActions>{}{}</QActions>",
        text(20, "Nested"),
        qaction(1, "10"),
        qaction(2, "20")
    ));
    let mut run = Run::new(&xml)
        .qaction(1, [Step::set(20, "inner"), Step::set(11, "after")])
        .qaction(2, [Step::set(11, "nested")]);
    run.set(10, "go");
    let trace = run.take_only(&["param", "qaction"]);
    let expected = ["param 10=go!", "qaction 1", "param 20=inner!", "qaction 2", "param 11=nested!", "param 11=after!"];
    assert_eq!(trace, expected); // QA-32
}

#[test]
fn param_68_bey_21_endless_recursion_is_cut_and_told() {
    let xml = connector(&format!(
        "<Params>{}</Params><QActions>{}{}</QActions>",
        text(20, "Other"),
        qaction(1, "10"),
        qaction(2, "20")
    ));
    let mut run = Run::new(&xml).qaction(1, [Step::set(20, "ping")]).qaction(2, [Step::set(10, "pong")]);
    run.set(10, "go");
    assert_eq!(run.counters().nested_too_deep, 1);
    let log = run.take_only(&["log"]);
    assert_eq!(log.len(), 1, "{log:?}");
    assert!(log[0].contains("10 -> 20 -> 10") && log[0].contains("100 events"), "{}", log[0]);
    run.set(11, "still alive");
    assert_eq!(run.take_only(&["param"]), ["param 11=still alive!"]);
}

#[test]
fn param_68_events_that_multiply_are_cut_and_told() {
    let write = |pid: u32| param(pid, &format!("W{pid}"), "write", "other", "string", "");
    let copy = |id: u32, target: u32| {
        action(id, &format!(r#"<On id="{target}">parameter</On>"#), r#"<Type id="10">copy</Type>"#)
    };
    let change = |id: u32, pid: u32, actions: [u32; 2]| {
        trigger(id, &format!(r#"<On id="{pid}">parameter</On><Time>change</Time>"#), &actions)
    };
    // Each event raises two others: 100 levels of them would be 2¹⁰⁰.
    let xml = connector(&format!(
        "<Params>{}{}</Params><Triggers>{}{}</Triggers><Actions>{}{}{}{}</Actions>",
        write(20),
        write(21),
        change(40, 20, [40, 41]),
        change(41, 21, [42, 43]),
        copy(40, 21),
        copy(41, 21),
        copy(42, 20),
        copy(43, 20),
    ));
    let mut run = Run::new(&xml);
    run.set(10, "x");
    run.engine().set_traced(false);
    run.set(20, "go");
    assert!(run.counters().nested_too_deep > 1);
    run.engine().set_traced(true);
    run.set(11, "still alive");
    assert_eq!(run.take_only(&["param 11"]), ["param 11=still alive!"]);
}

#[test]
fn param_142_143_the_setter_copies_and_an_equal_copy_is_no_event() {
    let xml = connector(&format!(
        r#"<Params>{}<Param id="21" setter="true"><Name>Level</Name><Type>write</Type><Interprete><RawType>numeric text</RawType><Type>double</Type><LengthType>next param</LengthType></Interprete></Param></Params>"#,
        number(20, "Level"),
    ));
    let mut run = Run::new(&xml);
    run.set(21, "5");
    run.set(21, "5");
    assert_eq!(run.take_only(&["param"]), ["param 21=5!", "param 20=5!", "param 21=5!"]);
}

#[test]
fn a_value_that_does_not_fit_is_refused_and_nothing_changes() {
    let mut run = Run::new(&connector(""));
    for value in [Value::Text("loud".into()), Value::Number(f64::NAN), Value::Number(f64::INFINITY)] {
        let error = run.try_set(7, value).unwrap_err();
        assert!(matches!(error, Error::Value { pid: 7, .. }), "{error}");
    }
    assert_eq!(run.value(7), None);
    assert_eq!(run.take_only(&["param"]), [""; 0]);
}

#[test]
fn param_190_193_clear_makes_uninitialised_without_an_event() {
    let xml = connector(&format!(
        "<Triggers>{}</Triggers><Actions>{}</Actions><QActions>{}</QActions>",
        trigger(40, "", &[40]),
        action(40, r#"<On id="10">parameter</On>"#, "<Type>clear</Type>"),
        qaction(1, "10"),
    ));
    let mut run = Run::new(&xml);
    run.set(10, "x");
    run.take();
    run.check_trigger(40);
    assert_eq!(run.take(), ["trigger 40", "action 40", "param 10=-"]);
    assert_eq!(run.value(10), None);
}

#[test]
fn act_34_clear_leaves_the_stored_copy_alone() {
    let xml = connector(&format!(
        "<Params>{}</Params><Triggers>{}</Triggers><Actions>{}</Actions>",
        saved(8, ""),
        trigger(40, "", &[40]),
        action(40, r#"<On id="8">parameter</On>"#, "<Type>clear</Type>"),
    ));
    let mut run = Run::new(&xml);
    run.set(8, "x");
    run.check_trigger(40);
    assert_eq!(run.value(8), None);
    assert_eq!(run.take_only(&["save"]), ["save 8=x"]);
}

/// A trigger on parameter 20 increments 21, by an action or by a group that it queues; QAction 12 sets 20 to 3 and
/// shows both.
fn seen_by_a_hook(through_a_group: bool) -> Vec<String> {
    let target = if through_a_group { 51 } else { 50 };
    let xml = connector(&format!(
        r#"<Groups><Group id="1"><Name>G1</Name><Type>poll action</Type><Content><Action>50</Action></Content></Group></Groups>
        <Params>{}{}{}</Params><Triggers>{}</Triggers><Actions>{}{}</Actions>
        <QActions>{}</QActions>"#,
        number(20, "A"),
        number(21, "B"),
        number(12, "Go"),
        trigger(40, r#"<On id="20">parameter</On><Time>change</Time>"#, &[target]),
        action(50, r#"<On id="21">parameter</On>"#, r#"<Type value="1">increment</Type>"#),
        action(51, r#"<On id="1">group</On>"#, "<Type>execute</Type>"),
        qaction(12, "12"),
    ));
    let steps = [Step::Set(20, Value::Number(3.0)), Step::Show(20), Step::Show(21)];
    let mut run = Run::new(&xml).qaction(12, steps).opened();
    run.set(21, "4");
    run.set(12, "1");
    run.take_only(&["show"])
}

#[test]
fn param_65_a_hook_sees_what_its_set_caused_and_not_what_it_queued() {
    assert_eq!(seen_by_a_hook(false), ["show 20=3", "show 21=5"], "3 * 5 = 15");
    assert_eq!(seen_by_a_hook(true), ["show 20=3", "show 21=4"], "3 * 4 = 12");
}

#[test]
fn param_66_bytes_are_stored_and_none_of_the_eight_steps_runs() {
    let on_change = trigger(41, &on_change(20), &[41]);
    let count = action(41, r#"<On id="21">parameter</On>"#, r#"<Type value="1">increment</Type>"#);
    let xml = connector(&format!(
        r#"<Params>{}{}</Params><Triggers>{on_change}</Triggers><Actions>{count}</Actions>
        <QActions><QAction id="1" name="Q" encoding="csharp" triggers="20"/></QActions>"#,
        text(20, "Kept").replace(r#"<Param id="20""#, r#"<Param id="20" save="true""#),
        number(21, "Count"),
    ));
    let mut run = Run::new(&xml).qaction(1, [Step::Show(20)]);
    run.start();
    run.take();
    let param = ParamIndex(run.engine().spec().params.iter().position(|param| param.pid == 20).unwrap() as u32);
    run.engine().watch_param(param, true);
    run.engine().set_binary(param, Bytes::from_static(b"bytes")).unwrap();
    let outputs: Vec<Output> =
        std::iter::from_fn(|| Some(run.engine().poll()).filter(|output| !matches!(output, Output::Timeout(_))))
            .collect();
    let [Output::Event(Event::Param { pid: 20, change: false, .. })] = outputs.as_slice() else {
        panic!("{outputs:?}")
    };
    assert_eq!(run.value(20).as_deref(), Some("bytes"));
}
