//! Chapter TMR.

use std::time::Duration;

use super::super::Time;
use super::run::{Run, Settings};
use super::xml::{action, connector, exchange, trigger};
use crate::settings::{ConnectionSettings, Keepalive};

/// A connector with one timer; group 1 holds pair 1, group 2 is poll action, group 3 is action.
fn timer(time: &str, groups: &[u32]) -> String {
    let groups: String = groups.iter().map(|group| format!("<Group>{group}</Group>")).collect();
    connector(&format!(
        r#"{}<Groups><Group id="1"><Name>G1</Name><Content><Pair>1</Pair></Content></Group>
        <Group id="2"><Name>G2</Name><Type>poll action</Type><Content><Action>60</Action></Content></Group>
        <Group id="3"><Name>G3</Name><Type>action</Type><Content><Action>60</Action></Content></Group></Groups>
        <Timers><Timer id="1"><Name>T</Name>{time}<Interval>75</Interval><Content>{groups}</Content></Timer></Timers>
        <Triggers>{}</Triggers><Actions>{}</Actions>"#,
        exchange(r#" options="retries:0""#),
        trigger(40, r#"<On id="1">timer</On><Time>before</Time>"#, &[60]),
        action(60, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>"),
    ))
}

/// The moments, in ms, at which the timer ticks up to `until`, looked at every 5 ms.
fn ticks(run: &mut Run, until: u64) -> Vec<u64> {
    (0..=until).step_by(5).filter(|ms| run.at(*ms).take_only(&["trigger 40"]).len() == 1).collect()
}

#[test]
fn tmr_05_09_the_first_tick_is_immediate_and_the_rhythm_is_kept() {
    for time in ["<Time>500</Time>", r#"<Time initial="true">500</Time>"#] {
        let mut run = Run::new(&timer(time, &[2])); // TMR-04
        run.start();
        assert_eq!(ticks(&mut run, 1600), [0, 500, 1000, 1500], "{time}");
    }
}

#[test]
fn tmr_03_a_timer_that_is_not_initial_waits_for_the_action_start() {
    let mut run = Run::new(&timer(r#"<Time initial="false">500</Time>"#, &[2]));
    run.start();
    assert_eq!(ticks(&mut run, 2000), [0; 0]);
}

#[test]
fn tmr_03_06_a_random_start_lies_in_its_range() {
    let mut run = Run::new(&timer(r#"<Time initial="random=2:5">60000</Time>"#, &[2]));
    run.start();
    let first = ticks(&mut run, 6000)[0];
    assert!((2000..5000).contains(&first), "{first}");
}

#[test]
fn tmr_07_19_one_tick_queues_poll_groups_and_runs_the_others_at_once() {
    let mut run = Run::new(&timer("<Time>500</Time>", &[3, 2]));
    run.start();
    let trace = run.take_only(&["trigger 40", "group"]);
    let expected = ["trigger 40", "group 3 started", "group 3 done", "group 2 queued", "group 2 started"]; // GRP-06
    assert_eq!(trace, expected);
    run.at(75);
    assert_eq!(run.take_only(&["group"]), ["group 2 done"], "TMR-11: the Interval is part of the group");
}

#[test]
fn tmr_08_09_a_timer_waits_for_its_groups() {
    let settings = Settings {
        connection: ConnectionSettings::default().host("h").keepalive(Keepalive::OFF),
        ..Settings::default()
    };
    let mut run = Run::with(&timer("<Time>500</Time>", &[1]), settings);
    run.start();
    run.open();
    run.set(10, "x");
    run.take();
    // The first tick's command was empty; from 500 ms on each one waits 1000 ms for its answer, and 75 ms more.
    run.at(500);
    run.sent();
    assert_eq!(run.take_only(&["trigger 40"]).len(), 1);
    run.at(1574);
    assert_eq!(run.take_only(&["trigger 40"]).len(), 0);
    run.at(1575);
    assert_eq!(run.take_only(&["trigger 40"]).len(), 1);
}

/// Another timer, with the groups 1 and 2.
fn another(id: u32, time: u32) -> String {
    format!(
        r#"<Timer id="{id}"><Name>T{id}</Name><Time>{time}</Time><Interval>75</Interval><Content><Group>1</Group><Group>2</Group></Content></Timer>"#
    )
}

#[test]
fn que_09_a_timer_queues_a_group_only_if_it_does_not_wait() {
    let more = format!("{}{}</Timers>", another(2, 1000), another(3, 1000));
    let mut run = Run::new(&timer("<Time>1000</Time>", &[2]).replace("</Timers>", &more));
    run.start();
    let queued = run.take_only(&["group 1 queued", "group 2 queued"]);
    assert_eq!(queued, ["group 2 queued", "group 1 queued"]);
}

#[test]
fn bey_30_tmr_08_a_timer_waits_for_a_group_that_another_one_queued() {
    let earlier = format!("<Timers>{}", another(2, 5000));
    let mut run = Run::new(&timer("<Time>100</Time>", &[2]).replace("<Timers>", &earlier));
    run.start();
    // Timer 2 queued it behind group 1, which takes 75 ms, as it does itself.
    assert_eq!(ticks(&mut run, 245), [0, 150]);
}

#[test]
fn life_06_08_timers_tick_before_the_queue_begins_to_run() {
    let startup = trigger(50, "<On>protocol</On><Time>after startup</Time>", &[61]);
    let queue = action(61, r#"<On id="2">group</On>"#, "<Type>execute next</Type>");
    let xml = timer("<Time>1000</Time>", &[3]).replace("</Triggers>", &format!("{startup}</Triggers>"));
    let mut run = Run::new(&xml.replace("</Actions>", &format!("{queue}</Actions>")));
    run.start();
    let trace = run.take_only(&["trigger 40", "group 2 queued", "group 2 started"]);
    assert_eq!(trace, ["group 2 queued", "trigger 40", "group 2 started"]);
}

#[test]
fn tmr_10_loop_ticks_again_when_the_last_group_is_done() {
    let mut run = Run::new(&timer("<Time>loop</Time>", &[2]));
    run.start();
    assert_eq!(ticks(&mut run, 310), [0, 75, 150, 225, 300]);
}

#[test]
fn tmr_10_a_loop_without_waiting_does_not_stop_time() {
    let mut run = Run::new(&timer("<Time>loop</Time>", &[3]));
    run.start();
    run.take();
    run.at(10);
    assert_eq!(run.take_only(&["trigger 40"]).len(), 10, "once a millisecond");
}

#[test]
fn tmr_29_timers_end_with_the_element() {
    let mut run = Run::new(&timer("<Time>100</Time>", &[2])).opened();
    run.stop();
    run.take();
    run.at(500);
    assert_eq!(run.take_only(&["trigger 40", "group"]), [""; 0]);
}

#[test]
fn life_06_08_timers_start_before_the_queue_runs() {
    let xml = timer("<Time>500</Time>", &[2]).replace(
        "</Triggers>",
        &format!("{}</Triggers>", trigger(41, "<On>protocol</On><Time>after startup</Time>", &[60])),
    );
    let mut run = Run::new(&xml);
    run.start();
    let trace = run.take_only(&["connect ", "trigger 4", "group"]);
    assert_eq!(trace[..4], ["connect ws://127.0.0.1:8050/", "trigger 41", "trigger 40", "group 2 queued"]);
}

#[test]
fn tmr_17_rel_48_a_sum_past_the_last_moment_is_the_last_moment() {
    let last = Time::after_creation(Duration::MAX);
    assert_eq!(last + Duration::MAX, last);
    assert!(Time::default() + Duration::MAX == last);
}

#[test]
fn pair_10_the_interval_is_waited_between_the_pairs_of_a_timers_group() {
    let xml = timer("<Time>5000</Time>", &[1])
        .replace("<Content><Pair>1</Pair></Content>", "<Content><Pair>1</Pair><Pair>1</Pair></Content>");
    let mut run = Run::new(&xml).opened();
    run.set(10, "x");
    run.at(5000);
    run.sent();
    run.receive("answer");
    run.at(5074);
    assert_eq!(run.take_only(&["send"]), ["send x"]);
    run.at(5075);
    assert_eq!(run.take_only(&["send"]), ["send x"]);
}
