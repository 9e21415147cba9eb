//! Chapter PAIR, and the answers of pairs (RSP).

use bytes::Bytes;
use genlock_spec::{MessageType, PairIndex};

use super::super::{PairPhase, Until};
use super::run::{Run, Step};
use super::xml::{action, condition, connector, exchange, number, param, qaction, text, trigger};
use crate::value::Value;

/// A connector with pair 1, QAction 1 on parameter 11, group 1 of pair 1 and trigger 40 that executes the group.
pub(super) fn with_group(more: &str) -> String {
    connector(&format!(
        r#"{}<Groups><Group id="1"><Name>G</Name><Content><Pair>1</Pair></Content></Group></Groups>
        <Triggers>{}</Triggers><Actions>{}</Actions>{more}"#,
        exchange(""),
        trigger(40, "", &[40]),
        action(40, r#"<On id="1">group</On>"#, "<Type>execute</Type>"),
    ))
}

/// Triggers 41 to 43 on pair 1: succeeded, timeout, timeout after retries.
fn pair_triggers(xml: &str) -> String {
    let on = |id: u32, time: &str| trigger(id, &format!(r#"<On id="1">pair</On><Time>{time}</Time>"#), &[45]);
    let all = format!("{}{}{}</Triggers>", on(41, "succeeded"), on(42, "timeout"), on(43, "timeout after retries"));
    let clear = action(45, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>");
    xml.replace("</Triggers>", &all).replace("</Actions>", &format!("{clear}</Actions>"))
}

#[test]
fn pair_04_05_trg_14_a_pair_without_response_succeeds_when_the_socket_took_it() {
    let xml = pair_triggers(&connector(&exchange("").replace("<Response>1</Response>", "")));
    let mut run = Run::new(&xml).opened();
    run.execute(1, &[(10, "x")], Until::Sent).unwrap();
    assert_eq!(run.take_only(&["done", "trigger 41"]), [""; 0]);
    run.sent();
    assert_eq!(run.take_only(&["done", "trigger 41"]), ["done 1 ", "trigger 41"]);
}

#[test]
fn bey_05_pair_04_nothing_succeeds_on_a_closed_connection() {
    let xml = pair_triggers(&connector(&exchange("").replace("<Response>1</Response>", "")));
    let mut run = Run::new(&xml);
    run.start();
    run.execute(1, &[(10, "x")], Until::Sent).unwrap();
    let trace = run.take_only(&["done", "trigger 4"]);
    assert_eq!(trace, ["trigger 42", "done 1 error: pair 1 was not sent: not opened yet", "trigger 43"]);
}

#[test]
fn pair_06_the_pairs_own_timeout_wins() {
    let mut run = Run::new(&connector(&exchange(r#" timeout="200" options="retries:0""#))).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.at(199);
    assert_eq!(run.take_only(&["done"]), [""; 0]);
    run.at(200);
    assert_eq!(
        run.take_only(&["done"]),
        ["done 1 error: pair 1 got no answer: sent 1 times, waiting 200 ms each time"]
    );
}

#[test]
fn pair_21_22_23_24_trg_15_16_retries_send_the_same_bytes_then_give_up() {
    let mut run = Run::new(&pair_triggers(&connector(&exchange(r#" options="retries:2""#)))).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    for ms in [0, 1000, 2000] {
        run.at(ms);
        run.sent();
        run.set(10, "changed"); // CMD-15
    }
    run.at(2999);
    assert_eq!(
        run.take_only(&["send", "trigger 4", "done"]),
        ["send x", "trigger 42", "send x", "trigger 42", "send x"]
    );
    run.at(3000);
    let done = "done 1 error: pair 1 got no answer: sent 3 times, waiting 1000 ms each time";
    assert_eq!(run.take_only(&["send", "trigger 4", "done"]), ["trigger 42", done, "trigger 43"]);
}

#[test]
fn pair_26_29_a_timed_out_pair_counts_towards_element_timeout_unless_told_otherwise() {
    for (options, element) in [("retries:0", &["element timeout"][..]), ("retries:0;ignoreTimeout", &[])] {
        let mut run = Run::new(&connector(&exchange(&format!(r#" options="{options}""#)))).opened();
        run.execute(1, &[(10, "x")], Until::Answered).unwrap();
        run.sent();
        run.at(40_000);
        assert_eq!(run.take_only(&["element"]), element);
    }
}

#[test]
fn pair_30_a_late_answer_is_an_unsolicited_message() {
    let mut run = Run::new(&connector(&exchange(r#" options="retries:0""#))).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.at(1000);
    run.receive("late");
    assert_eq!(run.value(11).as_deref(), Some("late"));
    assert_eq!(run.take_only(&["done"]).len(), 1);
}

#[test]
fn pair_32_sets_go_on_while_a_pair_waits() {
    let mut run = Run::new(&connector(&format!("{}<QActions>{}</QActions>", exchange(""), qaction(1, "10"))))
        .qaction(1, [Step::Show(10)])
        .opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.take();
    run.set(10, "y");
    assert_eq!(run.take_only(&["show"]), ["show 10=y"]);
    run.receive("answer");
    assert_eq!(run.take_only(&["done"]), ["done 1 answer"]);
}

#[test]
fn pair_36_a_lost_connection_fails_the_waiting_pair_at_once() {
    let mut run = Run::new(&pair_triggers(&connector(&exchange("")))).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.lost();
    let done =
        "done 1 error: pair 1 got no answer: the connection was lost (closed by the peer with 1001 (going away))";
    assert_eq!(run.take_only(&["trigger 4", "done"]), ["trigger 42", done, "trigger 43"]);
    assert_eq!(run.counters().lost, 0, "the socket had taken it");
}

#[test]
fn rsp_01_the_first_response_of_the_pair_that_matches_wins() {
    let fixed = |pid: u32, value: &str| {
        param(
            pid,
            &format!("F{pid}"),
            "fixed",
            "other",
            "string",
            &format!("<Length>{}</Length><Value>{value}</Value>", value.len()),
        )
        .replace("next param", "fixed")
    };
    let xml = connector(&format!(
        r#"<Params>{}{}{}</Params>
        <Commands><Command id="1"><Name>Ask</Name><Content><Param>10</Param></Content></Command></Commands>
        <Responses><Response id="1"><Name>Ok</Name><Content><Param>20</Param><Param>11</Param></Content></Response>
        <Response id="2"><Name>Error</Name><Content><Param>21</Param><Param>22</Param></Content></Response></Responses>
        <Pairs><Pair id="1"><Name>Ask</Name><Content><Command>1</Command><Response>1</Response><Response>2</Response></Content></Pair></Pairs>"#,
        fixed(20, "ok:"),
        fixed(21, "error:"),
        text(22, "Fault"),
    ));
    let mut run = Run::new(&xml).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.receive("error:no power");
    assert_eq!(run.take_only(&["response", "done"]), ["response 1 missed", "response 2 matched", "done 1 no power"]);
    // RSP-05: what matches no response of the pair leaves it waiting.
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.take();
    run.receive("noise");
    assert_eq!(run.take_only(&["done"]), [""; 0]);
    assert_eq!(run.counters().unmatched, 1); // RSP-10
    run.receive("ok:fine");
    assert_eq!(run.take_only(&["done"]), ["done 1 fine"]);
}

#[test]
fn rsp_04_a_push_message_after_the_send_is_taken_as_the_answer() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.receive("pushed");
    assert_eq!(run.take_only(&["done"]), ["done 1 pushed"]);
}

#[test]
fn bey_32_calls_do_not_overwrite_each_others_commands() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    for text in ["a", "b"] {
        run.execute(1, &[(10, text)], Until::Answered).unwrap();
    }
    run.sent();
    run.receive("1");
    run.sent();
    run.receive("2");
    assert_eq!(run.take_only(&["send", "done"]), ["send a", "done 1 1", "send b", "done 1 2"]);
}

#[test]
fn a_slow_socket_gets_one_message_at_a_time() {
    let mut run = Run::new(&connector(&exchange(r#" options="retries:0""#))).opened();
    run.execute(1, &[(10, "stuck")], Until::Sent).unwrap();
    run.execute(1, &[(10, "next")], Until::Sent).unwrap();
    run.at(1000);
    let trace = run.take_only(&["send", "done"]);
    assert_eq!(trace, ["send stuck", "done 1 error: pair 1 was not sent: the socket took nothing more"]);
    run.sent(); // the socket took `stuck` after all; only now the next one is handed over
    assert_eq!(run.take_only(&["send", "done"]), ["send next"]);
    run.sent();
    assert_eq!(run.take_only(&["done"]), ["done 1 "]);
}

#[test]
fn a_watched_pair_tells_every_state() {
    let mut run = Run::new(&connector(&exchange(r#" options="retries:0""#))).opened();
    assert!(matches!(run.engine().watch_pair(PairIndex(0)), PairPhase::Idle));
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.receive("y");
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.at(1000);
    let phases = run.take_only(&["phase"]);
    assert_eq!(
        phases,
        ["phase queued", "phase sent 1", "phase answered", "phase queued", "phase sent 1", "phase timed out"]
    );
}

#[test]
fn a_watch_begins_with_where_the_pair_is() {
    let mut run = Run::new(&connector(&exchange(r#" options="retries:0""#))).opened();
    let phase = |run: &mut Run| {
        let phase = format!("{:?}", run.engine().watch_pair(PairIndex(0)));
        run.engine().forget_pair(PairIndex(0));
        phase
    };
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    assert_eq!(phase(&mut run), "Sent { attempt: 1 }");
    run.receive("y");
    assert!(phase(&mut run).starts_with("Answered"), "its values were wanted by whoever sent it");
    run.execute(1, &[(10, "x")], Until::Sent).unwrap();
    run.sent();
    run.at(1000);
    assert_eq!(phase(&mut run), "TimedOut");
}

#[test]
fn pair_06_a_value_that_does_not_fit_sends_nothing() {
    let mut run =
        Run::new(&connector(&exchange("").replace("<Param>10</Param>", "<Param>10</Param><Param>7</Param>"))).opened();
    assert!(run.execute(1, &[(10, "new"), (7, "no number")], Until::Sent).is_err());
    assert_eq!(run.value(10), None, "all or nothing");
    assert_eq!(run.take_only(&["send", "group", "pair"]), [""; 0]);
}

#[test]
fn conn_84_text_and_binary_messages_are_both_matched() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.receive_data(MessageType::Binary, Bytes::from_static(b"binary"));
    assert_eq!(run.value(11).as_deref(), Some("binary"));
    run.receive_data(MessageType::Binary, Bytes::from_static(&[0xff, 0x00, 0x41]));
    let value = run.engine().value(genlock_spec::ParamIndex(2)).cloned();
    assert_eq!(value, Some(Value::Bytes(Bytes::from_static(&[0xff, 0x00, 0x41]))), "PARAM-187");
}

#[test]
fn a_stored_value_does_not_hold_the_receive_buffer() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    let buffer = Bytes::from(vec![b'x'; 64 * 1024]);
    run.receive_data(MessageType::Text, buffer.slice(100..140));
    assert!(buffer.is_unique(), "only the test holds it now");
    assert_eq!(run.value(11).map(|value| value.len()), Some(40));
}

/// A connector with pair 1 and action 46, which runs QAction 5.
fn with_reconnect() -> String {
    let run_actions = action(46, r#"<On id="20">parameter</On>"#, "<Type>run actions</Type>");
    connector(&format!(
        "<Params>{}</Params>{}<Triggers></Triggers><Actions>{run_actions}</Actions><QActions>{}</QActions>",
        text(20, "Again"),
        exchange(""),
        qaction(5, "20"),
    ))
}

#[test]
fn pair_24_a_reconnect_on_the_timeout_is_no_second_timeout() {
    let triggers = pair_triggers(&with_reconnect());
    let (before, after) = triggers.split_at(triggers.find("<Time>timeout</Time>").unwrap());
    let xml = format!("{before}{}", after.replacen("<Id>45</Id>", "<Id>46</Id>", 1));
    let mut run = Run::new(&xml).qaction(5, [Step::Reconnect]).opened();
    run.execute(1, &[(10, "A")], Until::Answered).unwrap();
    run.sent();
    run.at(1000);
    assert_eq!(
        run.take_only(&["pair", "close", "qaction", "done"]),
        [
            "pair 1 queued",
            "pair 1 sent",
            "pair 1 timeout",
            "qaction 5",
            "close 1000",
            "pair 1 failed(\"reconnect asked for\")",
            "done 1 error: pair 1 got no answer: the connection was lost (reconnect asked for)"
        ]
    );
}

#[test]
fn pair_07_a_reconnect_after_the_success_does_not_fail_the_pair() {
    let xml = pair_triggers(&with_reconnect()).replacen("<Id>45</Id>", "<Id>46</Id>", 1);
    let mut run = Run::new(&xml).qaction(5, [Step::Reconnect]).opened();
    run.execute(1, &[(10, "A")], Until::Answered).unwrap();
    run.sent();
    run.receive("answer");
    assert_eq!(
        run.take_only(&["pair", "done", "close"]),
        ["pair 1 queued", "pair 1 sent", "pair 1 succeeded", "done 1 answer", "close 1000"]
    );
}

#[test]
fn a_socket_that_takes_a_message_twice_gets_no_second_one() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.sent();
    assert_eq!(run.take_only(&["send"]), ["send x"]);
    assert_eq!(run.counters().messages_sent, 1);
}

#[test]
fn rsp_04_a_message_before_the_send_is_no_answer() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.receive("pushed");
    assert_eq!(run.take_only(&["done"]), [""; 0]);
    assert_eq!(run.value(11).as_deref(), Some("pushed"), "RSP-05: it is handled as unsolicited");
    run.sent();
    run.receive("answer");
    assert_eq!(run.take_only(&["done"]), ["done 1 answer"]);
}

#[test]
fn pair_06_the_time_for_the_answer_begins_when_the_command_is_out() {
    let mut run = Run::new(&connector(&exchange(r#" options="retries:0""#))).opened();
    run.execute(1, &[(10, "large")], Until::Answered).unwrap();
    run.at(900);
    run.sent();
    run.at(1800);
    assert_eq!(run.take_only(&["done"]), [""; 0]);
    run.at(1900);
    assert_eq!(
        run.take_only(&["done"]),
        ["done 1 error: pair 1 got no answer: sent 1 times, waiting 1000 ms each time"]
    );
}

#[test]
fn an_answer_does_not_hold_the_receive_buffer() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.engine().watch_pair(PairIndex(0));
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    let buffer = Bytes::from(vec![b'x'; 64 * 1024]);
    run.receive_data(MessageType::Text, buffer.slice(100..140));
    assert!(buffer.is_unique(), "only the test holds it now");
}

/// A connector in which making the command of group 1 queues the group `way` again.
fn with_endless_queueing(way: &str) -> String {
    let may_end = condition("id:11 != \"stop\""); // without one, the compiler refuses the loop
    let queue = action(46, r#"<On id="1">group</On>"#, &format!("<Type>{way}</Type>{may_end}"));
    let before = trigger(46, r#"<On id="1">command</On><Time>before</Time>"#, &[30, 46]);
    let xml = with_group("").replace("</Triggers>", &format!("{before}</Triggers>"));
    xml.replace("</Actions>", &format!("{queue}</Actions>"))
}

#[test]
fn que_19_entries_that_queue_others_do_not_overfill_the_queue() {
    let mut run = Run::new(&with_endless_queueing("execute")).opened();
    run.set(10, "x");
    for _ in 0..102 {
        run.check_trigger(40);
    }
    assert_eq!(run.engine().queue.len(), 10_000);
    assert!(run.counters().queue_overflows > 0);
}

#[test]
fn pair_09_the_next_pair_waits_after_the_answer() {
    let xml = with_group("")
        .replace("<Pair>1</Pair></Content></Group>", r#"<Pair next="100">1</Pair><Pair>1</Pair></Content></Group>"#);
    let mut run = Run::new(&xml).opened();
    run.set(10, "x");
    run.check_trigger(40);
    run.sent();
    run.at(50);
    run.receive("answer");
    run.at(149);
    assert_eq!(run.take_only(&["send"]), ["send x"]);
    run.at(150);
    assert_eq!(run.take_only(&["send"]), ["send x"]);
}

#[test]
fn rsp_18_an_equal_message_is_matched_again() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.receive("same");
    run.receive("same");
    assert_eq!(run.take_only(&["response"]), ["response 1 matched", "response 1 matched"]);
}

/// Group 1 with pair 1 behind a pair that waits, and trigger 50 that queues it.
fn watched_in_a_group(condition: &str) -> Run {
    let mut run = Run::new(&connector(&format!(
        r#"{}<Groups><Group id="1"><Name>G1</Name>{condition}<Content><Pair>1</Pair></Content></Group></Groups>
        <Params>{}</Params><Triggers>{}</Triggers><Actions>{}</Actions>"#,
        exchange(""),
        number(20, "Allowed"),
        trigger(50, "", &[50]),
        action(50, r#"<On id="1">group</On>"#, "<Type>execute</Type>"),
    )))
    .opened();
    run.set(10, "x");
    run.engine().watch_pair(PairIndex(0));
    run.take();
    run
}

#[test]
fn pair_02_a_pair_of_a_queued_group_is_queued() {
    let mut run = watched_in_a_group("");
    run.check_trigger(50);
    run.check_trigger(50);
    run.sent();
    run.receive("one");
    assert_eq!(run.take_only(&["phase"]), ["phase queued", "phase queued", "phase sent 1", "phase answered"]);
}

#[test]
fn pair_02_a_pair_of_a_skipped_group_is_queued_no_more() {
    let mut run = watched_in_a_group(&condition("id:20 == 1"));
    run.check_trigger(50);
    assert_eq!(run.take_only(&["phase", "group"]), ["group 1 queued", "phase queued", "group 1 skipped", "phase idle"]);
}

#[test]
fn cmd_12_a_command_that_queues_its_own_group_is_cut_and_told() {
    let mut run = Run::new(&with_endless_queueing("execute one")).opened();
    run.check_trigger(40);
    assert_eq!(run.counters().nested_too_deep, 1);
    let log = run.take_only(&["log"]);
    assert!(log[0].contains("group 1 is not queued") && log[0].contains("group 1 -> group 1"), "{}", log[0]);
}
