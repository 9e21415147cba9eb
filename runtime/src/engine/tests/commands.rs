//! Commands: what is sent, and when its bytes are made (chapter CMD).

use bytes::Bytes;
use genlock_spec::PairIndex;

use super::super::{Input, Until};
use super::pairs::with_group;
use super::run::Run;
use super::xml::{action, connector, exchange, text, trigger};
use crate::value::Value;

#[test]
fn cmd_01_a_command_is_its_parameters_in_order() {
    let xml = connector(&format!(
        "<Params>{}</Params>{}",
        text(20, "Second"),
        exchange("").replace("<Param>10</Param>", "<Param>10</Param><Param>7</Param><Param>20</Param>")
    ));
    let mut run = Run::new(&xml).opened();
    run.execute(1, &[(10, "a"), (20, "b")], Until::Sent).unwrap();
    assert_eq!(run.take_only(&["send"]), ["send a1b"]); // PARAM-56: the number of parameter 7 as text
}

#[test]
fn cmd_04_06_without_the_option_the_command_is_made_when_the_pair_runs() {
    let xml = with_group("").replace("<MakeCommandByProtocol>true</MakeCommandByProtocol>", "");
    let make = (
        trigger(30, r#"<On id="each">command</On><Time>before</Time>"#, &[30]),
        action(30, "<On>command</On>", "<Type>make</Type>"),
    );
    let xml = xml.replace(&make.0, "").replace(&make.1, "");
    let mut run = Run::new(&xml).opened();
    run.set(10, "A");
    run.check_trigger(40);
    run.check_trigger(40); // waits behind the first
    run.set(10, "B");
    run.sent();
    run.receive("answer");
    assert_eq!(run.take_only(&["send"]), ["send A", "send B"]);
}

#[test]
fn cmd_02_10_13_with_the_option_every_queue_entry_has_its_own_bytes() {
    let mut run = Run::new(&with_group("")).opened();
    for text in ["A", "B", "C"] {
        run.set(10, text);
        run.check_trigger(40);
    }
    for _ in 0..3 {
        run.sent();
        run.receive("answer");
    }
    assert_eq!(run.take_only(&["send"]), ["send A", "send B", "send C"]);
}

#[test]
fn cmd_17_an_empty_command_is_not_sent() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.execute(1, &[], Until::Answered).unwrap();
    let done = "done 1 error: pair 1 was not sent: command 1 is empty; set its parameters first";
    assert_eq!(run.take_only(&["send", "done"]), [done]);
}

#[test]
fn conn_80_81_rel_10_a_command_is_binary_unless_it_says_text() {
    let xml = connector(&exchange("").replace("<WebSocketMessageType>text</WebSocketMessageType>", ""));
    let mut run = Run::new(&xml).opened();
    let fill = vec![(genlock_spec::ParamIndex(1), Value::Bytes(Bytes::from_static(&[0xff])))];
    let input = Input::Execute { pair: PairIndex(0), fill, ticket: 1, until: Until::Sent };
    run.input(input).unwrap();
    assert_eq!(run.take_only(&["send"]), ["send \u{fffd}"]);
}

#[test]
fn conn_82_text_that_is_not_utf8_is_not_sent() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    let fill = vec![(genlock_spec::ParamIndex(1), Value::Bytes(Bytes::from_static(&[0xff])))];
    run.input(Input::Execute { pair: PairIndex(0), fill, ticket: 1, until: Until::Sent }).unwrap();
    let done = "done 1 error: pair 1 was not sent: command 1 is text but not valid UTF-8";
    assert_eq!(run.take_only(&["send", "done"]), [done]);
}

#[test]
fn life_09_cmd_03_14_without_a_make_the_bytes_of_the_start_are_sent() {
    let greeting = text(20, "Greeting").replace("</Interprete>", "<DefaultValue>hello</DefaultValue></Interprete>");
    let xml = connector(&format!(
        "<Params>{greeting}</Params>{}",
        exchange("").replace("<Param>10</Param>", "<Param>20</Param>")
    ));
    let make = trigger(30, r#"<On id="each">command</On><Time>before</Time>"#, &[30]);
    let mut run = Run::new(&xml.replace(&make, "")).opened();
    run.execute(1, &[(20, "changed")], Until::Sent).unwrap();
    assert_eq!(run.take_only(&["send"]), ["send hello"]);
}
