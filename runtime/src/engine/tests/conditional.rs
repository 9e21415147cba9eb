//! Items that have conditions: triggers, actions, QActions, groups, pairs and timers.

use super::run::{Run, Step};
use super::xml::{action, condition, connector, exchange, number, qaction, trigger};
use crate::engine::Until;
use crate::error::Error;
use crate::value::Value;

/// A connector with the numbers 20 and 21, and `parts`.
fn conditional(parts: &str) -> String {
    connector(&format!("<Params>{}{}</Params>{parts}", number(20, "Level"), number(21, "Limit")))
}

/// `item` with a condition in it; as it is when there is none.
fn with(item: &str, text: &str) -> String {
    let condition = if text.is_empty() { String::new() } else { condition(text) };
    item.replacen("</Name>", &format!("</Name>{condition}"), 1)
}

/// An action that clears parameter 11.
fn clear(id: u32) -> String {
    action(id, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>")
}

#[test]
fn cond_30_trg_41_a_trigger_runs_its_content_or_the_other_one() {
    let on = r#"<On id="20">parameter</On><Time>change</Time>"#;
    let content = trigger(40, on, &[40, 41, 42])
        .replace("<Id>41", "<Id else=\"true\">41")
        .replace("<Id>42", "<Id else=\"false\">42");
    let mut run = Run::new(&conditional(&format!(
        "<Triggers>{}</Triggers><Actions>{}{}{}</Actions>",
        with(&content, "id:20 == 1"),
        clear(40),
        clear(41),
        clear(42)
    )));
    run.set(20, "1");
    assert_eq!(run.take_only(&["trigger", "action"]), ["trigger 40", "action 40", "action 42"]);
    run.set(20, "2");
    assert_eq!(run.take_only(&["trigger", "action"]), ["action 41"]);
}

#[test]
fn trg_42_without_a_condition_the_other_content_never_runs() {
    let mut run = Run::new(&conditional(&format!(
        "<Triggers>{}</Triggers><Actions>{}{}</Actions>",
        trigger(40, "", &[40, 41]).replace("<Id>41", "<Id else=\"true\">41"),
        clear(40),
        clear(41)
    )));
    run.check_trigger(40);
    assert_eq!(run.take_only(&["action"]), ["action 40"]);
}

#[test]
fn trg_35_a_false_condition_does_not_wake_the_trigger_on_each() {
    let on = |id: &str| format!(r#"<On id="{id}">response</On><Time>after</Time>"#);
    let xml = conditional(&format!(
        "<Triggers>{}{}</Triggers><Actions>{}</Actions>{}",
        with(&trigger(40, &on("1"), &[40]), "id:20 == 1"),
        trigger(41, &on("each"), &[40]),
        clear(40),
        exchange("")
    ));
    let mut run = Run::new(&xml).opened();
    run.receive("x");
    assert_eq!(run.take_only(&["trigger 4"]), [""; 0]);
}

#[test]
fn act_04_an_action_whose_condition_is_false_counts_as_done() {
    let mut run = Run::new(&conditional(&format!(
        "<Triggers>{}</Triggers><Actions>{}{}</Actions>",
        trigger(40, "", &[40, 41]),
        with(&clear(40), "id:20 == 1"),
        clear(41)
    )));
    run.check_trigger(40);
    assert_eq!(run.take_only(&["action"]), ["action 41"]);
    run.set(20, "1");
    run.take();
    run.check_trigger(40);
    assert_eq!(run.take_only(&["action"]), ["action 40", "action 41"]);
}

#[test]
fn qa_05_act_83_a_qaction_whose_condition_is_false_does_not_run() {
    let conditioned = qaction(1, "20").replace("/>", &format!(">{}</QAction>", condition("id:20 == 1")));
    let run_actions = action(40, r#"<On id="20">parameter</On>"#, "<Type>run actions</Type>");
    let mut run = Run::new(&conditional(&format!(
        "<QActions>{conditioned}{}</QActions><Triggers>{}</Triggers><Actions>{run_actions}</Actions>",
        qaction(2, "20"),
        trigger(40, "", &[40])
    )));
    run.set(20, "1");
    assert_eq!(run.take_only(&["qaction"]), ["qaction 1", "qaction 2"]);
    run.set(20, "2");
    assert_eq!(run.take_only(&["qaction"]), ["qaction 2"]);
    run.check_trigger(40);
    assert_eq!(run.take_only(&["qaction"]), ["qaction 2"]);
}

#[test]
fn qa_05_a_hook_that_sets_decides_about_the_next_one() {
    let conditioned = qaction(2, "20").replace("/>", &format!(">{}</QAction>", condition("id:21 == 7")));
    let xml = conditional(&format!("<QActions>{}{conditioned}</QActions>", qaction(1, "20")));
    let mut run = Run::new(&xml).qaction(1, [Step::Set(21, Value::Number(7.0))]);
    run.set(20, "1");
    assert_eq!(run.take_only(&["qaction"]), ["qaction 1", "qaction 2"], "evaluated when it is about to run");
}

/// A connector with the group 1 of pair 1 and the group 2 of an action, under conditions, with triggers around both,
/// and the triggers 50 and 51, which queue them.
fn groups(pair: &str, group: &str) -> String {
    let around = |id: u32, group: u32, time: &str| {
        trigger(id, &format!(r#"<On id="{group}">group</On><Time>{time}</Time>"#), &[60])
    };
    let attributes = r#" options="retries:0""#;
    let ask = format!(r#"<Pair id="1"{attributes}><Name>Ask</Name>"#);
    let pairs = exchange(attributes).replace(&ask, &with(&ask, pair));
    let poll = r#"<Group id="1"><Name>G1</Name><Content><Pair>1</Pair></Content></Group>"#;
    let actions =
        r#"<Group id="2"><Name>G2</Name><Type>poll action</Type><Content><Action>60</Action></Content></Group>"#;
    let queue = |id: u32, group: u32| action(id, &format!(r#"<On id="{group}">group</On>"#), "<Type>execute</Type>");
    conditional(&format!(
        "{pairs}<Groups>{}{}</Groups><Triggers>{}{}{}{}{}{}{}</Triggers><Actions>{}{}{}</Actions>",
        with(poll, group),
        with(actions, group),
        around(40, 1, "before"),
        around(41, 1, "after"),
        around(42, 2, "before"),
        around(43, 2, "after"),
        trigger(44, r#"<On id="1">pair</On><Time>timeout</Time>"#, &[60]),
        trigger(50, "", &[50]),
        trigger(51, "", &[51]),
        queue(50, 1),
        queue(51, 2),
        clear(60),
    ))
}

#[test]
fn grp_11_trg_20_a_false_condition_holds_back_the_group_and_its_triggers() {
    let mut run = Run::new(&groups("", "id:20 == 1")).opened();
    run.check_trigger(51);
    assert_eq!(run.take_only(&["trigger 4", "group", "action 60"]), ["group 2 queued", "group 2 skipped"]);
    run.set(20, "1");
    run.check_trigger(51);
    let all = ["group 2 queued", "group 2 started", "trigger 42", "action 60", "action 60", "trigger 43", "action 60"];
    assert_eq!(run.take_only(&["trigger 4", "group", "action 60"]), [&all[..], &["group 2 done"]].concat());
}

#[test]
fn cond_31_cmd_16_a_group_is_judged_when_it_is_taken_from_the_queue() {
    let mut run = Run::new(&groups("", "id:20 == 1")).opened();
    run.set(20, "1");
    run.set(10, "x");
    run.check_trigger(50);
    run.check_trigger(51);
    run.sent();
    run.set(20, "2");
    run.receive("answer");
    let states = run.take_only(&["group"]);
    assert_eq!(states, ["group 1 queued", "group 1 started", "group 2 queued", "group 1 done", "group 2 skipped"]);
}

#[test]
fn rel_46_a_group_goes_on_after_false_and_true() {
    let mut run = Run::new(&groups("", "id:20 == 1")).opened();
    run.set(10, "x");
    for (value, runs) in [("2", false), ("1", true), ("2", false), ("1", true)] {
        run.set(20, value);
        run.take();
        run.check_trigger(50);
        if runs {
            assert_eq!(run.take_only(&["send"]), ["send x"]);
            run.sent();
            run.receive("answer");
            assert_eq!(run.take_only(&["group"]), ["group 1 done"]);
        } else {
            assert_eq!(run.take_only(&["group"]), ["group 1 queued", "group 1 skipped"]);
        }
    }
}

#[test]
fn pair_03_cond_31_a_pair_whose_condition_is_false_is_skipped_without_a_trigger() {
    let mut run = Run::new(&groups("id:20 == 1", "")).opened();
    run.set(10, "x");
    run.take();
    run.check_trigger(50);
    let skipped = ["group 1 queued", "pair 1 queued", "group 1 started", "trigger 40", "trigger 41", "group 1 done"];
    assert_eq!(run.take_only(&["trigger 4", "group", "send", "pair"]), skipped);
    run.set(20, "1");
    run.take();
    run.check_trigger(50);
    assert_eq!(run.take_only(&["send"]), ["send x"]);
}

#[test]
fn pair_03_who_sends_a_pair_by_itself_is_told() {
    let mut run = Run::new(&groups("id:20 == 1", "")).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    let told = Error::NotSent { pair: 1, reason: "its condition is false".to_owned() };
    assert_eq!(run.take_only(&["done", "send"]), [format!("done 1 error: {told}")]);
    run.set(20, "1");
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    assert_eq!(run.take_only(&["send"]), ["send x"]);
}

/// A connector with a timer that queues group 2, each under a condition.
fn timer(timer: &str, group: &str, time: &str) -> String {
    let row = format!(
        r#"<Timer id="1"><Name>T</Name><Time>{time}</Time><Interval>75</Interval><Content><Group>2</Group></Content></Timer>"#
    );
    let ticks = trigger(45, r#"<On id="1">timer</On><Time>before</Time>"#, &[60]);
    groups("", group)
        .replace("</Groups>", &format!("</Groups><Timers>{}</Timers>", with(&row, timer)))
        .replace("</Triggers>", &format!("{ticks}</Triggers>"))
}

#[test]
fn tmr_14_cond_32_a_timer_is_judged_at_each_tick() {
    let mut run = Run::new(&timer("id:20 == 1", "", "500"));
    run.start();
    run.at(1200);
    assert_eq!(run.take_only(&["trigger 45", "group"]), [""; 0]);
    run.set(20, "1");
    run.at(1499);
    assert_eq!(run.take_only(&["trigger 45", "group"]), [""; 0]);
    run.at(1500);
    assert_eq!(run.take_only(&["trigger 45", "group"]), ["trigger 45", "group 2 queued", "group 2 started"]);
}

#[test]
fn tmr_13_a_group_whose_condition_is_false_counts_as_executed() {
    for (time, ticks) in [("500", vec![0, 500, 1000]), ("loop", (0..1000).step_by(75).collect())] {
        let mut run = Run::new(&timer("", "id:20 == 1", time));
        run.start();
        let seen: Vec<u64> = (0..=1000).filter(|ms| run.at(*ms).take_only(&["trigger 45"]).len() == 1).collect();
        assert_eq!(seen, ticks, "{time}");
    }
}
