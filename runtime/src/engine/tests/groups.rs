//! Chapter GRP and the queue discipline.

use super::run::Run;
use super::xml::{action, condition, connector, exchange, trigger};

/// Groups 1 to 5 of type poll action, each with an action that clears parameter 11; triggers 41 to 47 queue group 4 in
/// the seven ways; group 9 holds pair 1 and keeps the queue waiting; trigger 50 executes it and 51 to 53 the
/// groups 1 to 3 at the tail.
fn queueing() -> String {
    let group = |id: u32| {
        format!(
            r#"<Group id="{id}"><Name>G{id}</Name><Type>poll action</Type><Content><Action>60</Action></Content></Group>"#
        )
    };
    let ways = [
        "execute",
        "execute next",
        "add to execute",
        "execute one",
        "execute one now",
        "execute one top",
        "force execute",
    ];
    let way_actions: String = (41..)
        .zip(ways)
        .map(|(id, way)| action(id, r#"<On id="4">group</On>"#, &format!("<Type>{way}</Type>")))
        .collect();
    let way_triggers: String = (41..=47).map(|id| trigger(id, "", &[id])).collect();
    connector(&format!(
        r#"{}<Groups>{}<Group id="9"><Name>G9</Name><Content><Pair>1</Pair></Content></Group></Groups>
        <Triggers>{way_triggers}{}{}{}</Triggers><Actions>{way_actions}{}{}{}{}</Actions>"#,
        exchange(""),
        (1..=5).map(group).collect::<String>(),
        trigger(50, "", &[50]),
        trigger(51, "", &[51]),
        trigger(52, "", &[52]),
        action(50, r#"<On id="9">group</On>"#, "<Type>execute</Type>"),
        action(51, r#"<On id="1;2">group</On>"#, "<Type>execute</Type>"),
        action(52, r#"<On id="3;5">group</On>"#, "<Type>add to execute</Type>"),
        action(60, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>"),
    ))
}

/// Runs group 9, queues n1 n2 t3 t5 behind it and then group 4 by the given triggers; answers the order of the run.
fn order(triggers: &[u32]) -> Vec<String> {
    let mut run = Run::new(&queueing()).opened();
    run.set(10, "x");
    run.check_trigger(50);
    run.check_trigger(51);
    run.check_trigger(52);
    run.take();
    for id in triggers {
        run.check_trigger(*id);
    }
    run.sent();
    run.receive("answer");
    let started = run.take_only(&["group"]).into_iter().filter(|line| line.ends_with("started"));
    started.map(|line| line.replace("group ", "").replace(" started", "")).collect()
}

#[test]
fn que_16_the_three_ways_into_the_queue() {
    assert_eq!(order(&[43]), ["1", "2", "3", "5", "4"]); // QUE-03
    assert_eq!(order(&[41]), ["1", "2", "4", "3", "5"]); // QUE-04
    assert_eq!(order(&[42]), ["4", "1", "2", "3", "5"]); // QUE-05
}

#[test]
fn que_06_two_execute_next_run_last_in_first_out() {
    let xml = queueing().replace(
        r#"<Action id="46"><Name>Action46</Name><On id="4">"#,
        r#"<Action id="46"><Name>Action46</Name><On id="5;1">"#,
    );
    let mut run = Run::new(&xml).opened();
    run.set(10, "x");
    run.check_trigger(50);
    run.check_trigger(42);
    run.check_trigger(46); // execute one top on 5 and 1: their order stays (QUE-17)
    run.take();
    run.sent();
    run.receive("answer");
    let mut started = run.take_only(&["group"]);
    started.retain(|line| line.ends_with("started"));
    assert_eq!(started, ["group 5 started", "group 1 started", "group 4 started"]);
}

#[test]
fn que_07_the_one_variants_queue_a_group_once() {
    assert_eq!(order(&[44, 44]), ["1", "2", "3", "5", "4"]);
    assert_eq!(order(&[45, 45]), ["1", "2", "4", "3", "5"]);
    assert_eq!(order(&[46, 46]), ["4", "1", "2", "3", "5"]);
    assert_eq!(order(&[44, 46]), ["1", "2", "3", "5", "4"], "ACT-16: it is not moved up");
    assert_eq!(order(&[41, 41]), ["1", "2", "4", "4", "3", "5"], "execute does not look");
}

#[test]
fn que_08_the_running_group_does_not_count_as_present() {
    let xml = queueing().replace(
        r#"<Action id="45"><Name>Action45</Name><On id="4">"#,
        r#"<Action id="45"><Name>Action45</Name><On id="9">"#,
    );
    let mut run = Run::new(&xml).opened();
    run.set(10, "x");
    run.check_trigger(50);
    run.check_trigger(45);
    run.check_trigger(45);
    assert_eq!(run.take_only(&["group 9 queued"]).len(), 2);
}

#[test]
fn que_10_13_force_execute_runs_between_two_items() {
    let xml =
        queueing().replace("<Content><Pair>1</Pair></Content>", "<Content><Pair>1</Pair><Pair>1</Pair></Content>");
    let mut run = Run::new(&xml).opened();
    run.set(10, "x");
    run.check_trigger(50);
    run.check_trigger(47);
    run.take();
    run.sent();
    run.receive("answer");
    let trace = run.take_only(&["group", "send"]);
    assert_eq!(trace, ["group 4 started", "group 4 done", "send x"]);
    run.sent();
    run.receive("answer");
    assert_eq!(run.take_only(&["group"]), ["group 9 done"]);
}

#[test]
fn que_12_force_execute_runs_at_once_when_nothing_runs() {
    let mut run = Run::new(&queueing());
    run.start();
    run.take();
    run.check_trigger(47);
    assert_eq!(run.take_only(&["group"]), ["group 4 queued", "group 4 started", "group 4 done"]);
}

#[test]
fn grp_12_13_trg_20_triggers_around_a_group_run_also_when_its_pair_failed() {
    let xml = queueing().replace(
        "</Triggers>",
        &format!(
            "{}{}</Triggers>",
            trigger(55, r#"<On id="9">group</On><Time>before</Time>"#, &[60]),
            trigger(56, r#"<On id="9">group</On><Time>after</Time>"#, &[60])
        ),
    );
    let mut run = Run::new(&xml);
    run.start();
    run.set(10, "x");
    run.take();
    run.check_trigger(50);
    let trace = run.take_only(&["trigger 5", "pair 1 failed", "group"]);
    let expected = [
        "trigger 50",
        "group 9 queued", // CMD-12: the command was made before this
        "group 9 started",
        "trigger 55",
        "pair 1 failed(\"not opened yet\")",
        "trigger 56",
        "group 9 done",
    ];
    assert_eq!(trace, expected);
}

#[test]
fn grp_14_rel_47_next_is_waited_after_each_item() {
    let xml = queueing().replace(
        "<Name>G1</Name><Type>poll action</Type><Content><Action>60</Action></Content>",
        r#"<Name>G1</Name><Type>poll action</Type><Content><Action next="100">60</Action><Action next="100">60</Action><Action next="100">60</Action></Content>"#,
    );
    let mut run = Run::new(&xml);
    run.start();
    run.take();
    run.check_trigger(51);
    let mut at = |ms: u64| {
        run.at(ms);
        run.take_only(&["action 60", "group"]).join(", ")
    };
    assert_eq!(at(99), "group 1 queued, group 2 queued, group 1 started, action 60");
    assert_eq!(at(100), "action 60");
    assert_eq!(at(200), "action 60");
    assert_eq!(at(299), "");
    assert_eq!(at(300), "group 1 done, group 2 started, action 60, group 2 done"); // on the last item it delays the next group
}

#[test]
fn que_19_life_67_a_full_queue_is_reported_and_refuses() {
    let mut run = Run::new(&queueing()).opened();
    run.set(10, "x");
    run.check_trigger(50);
    for _ in 0..10_010 {
        run.check_trigger(41);
    }
    assert_eq!(run.counters().queue_overflows, 10);
    let log = run.take_only(&["log"]);
    assert!(log[0].contains("more than 1000 groups wait") && log[0].contains("group 4"), "{}", log[0]);
    assert!(log[1].contains("group 4 is refused"), "{}", log[1]);
    assert_eq!(log.len(), 11);
}

#[test]
fn groups_that_queue_themselves_without_end_leave_room_for_a_stop() {
    for way in ["execute", "execute next", "force execute"] {
        let may_end = condition("id:11 != \"stop\""); // without one, the compiler refuses the loop
        let mut run = Run::new(&connector(&format!(
            r#"<Groups><Group id="1"><Name>G</Name><Type>poll action</Type><Content><Action>40</Action></Content></Group></Groups>
            <Triggers>{}</Triggers><Actions>{}</Actions>"#,
            trigger(40, "", &[40]),
            action(40, r#"<On id="1">group</On>"#, &format!("<Type>{way}</Type>{may_end}")),
        )))
        .opened();
        run.check_trigger(40);
        let started = |run: &mut Run| run.take_only(&["group 1 started"]).len();
        assert_eq!(started(&mut run), 1000, "{way}");
        run.at(1);
        assert!(started(&mut run) >= 1000, "{way}");
        run.stop();
        run.lost();
        assert_eq!(run.take_only(&["stopped", "group 1 started"]), ["stopped"], "{way}");
    }
}

#[test]
fn que_11_forced_groups_run_in_the_order_of_their_requests() {
    let xml = queueing().replace(
        r#"<Action id="46"><Name>Action46</Name><On id="4">group</On><Type>execute one top</Type>"#,
        r#"<Action id="46"><Name>Action46</Name><On id="2">group</On><Type>force execute</Type>"#,
    );
    let mut run = Run::new(&xml).opened();
    run.set(10, "x");
    run.check_trigger(50);
    run.check_trigger(47);
    run.check_trigger(46);
    run.take();
    run.sent();
    run.receive("answer");
    let mut started = run.take_only(&["group"]);
    started.retain(|line| line.ends_with("started"));
    assert_eq!(started, ["group 4 started", "group 2 started"]);
}
