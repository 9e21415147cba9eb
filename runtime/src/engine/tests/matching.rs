//! Matching messages: RSP 5.3 and 5.4, and PARAM 3.5.

use super::run::Run;
use super::xml::{action, connector, fixed, number, param, text, trigger};

/// A connector with response 1 of these parameters, beside the declarations of `params`.
fn response(params: &str, content: &[u32]) -> String {
    let content: String = content.iter().map(|pid| format!("<Param>{pid}</Param>")).collect();
    connector(&format!(
        r#"<Params>{params}</Params><Responses><Response id="1"><Name>R</Name><Content>{content}</Content></Response></Responses>"#
    ))
}

/// Whether the response matches the message, and what parameters 20 and 21 hold then.
fn matched(xml: &str, message: &str) -> Option<(String, String)> {
    let mut run = Run::new(xml).opened();
    run.receive(message);
    let matched = run.take_only(&["response"]) == ["response 1 matched"];
    let value = |pid| run.value(pid).unwrap_or_else(|| "-".to_owned());
    if !matched {
        assert_eq!((value(20), value(21)), ("-".to_owned(), "-".to_owned()), "RSP-43, BEY-22: nothing is committed");
    }
    matched.then(|| (value(20), value(21)))
}

fn values(a: &str, b: &str) -> (String, String) {
    (a.to_owned(), b.to_owned())
}

/// RSP-34: next param A, `:`, `?`, next param B, `;`, `!`.
fn documented() -> String {
    let params =
        [text(20, "A"), text(21, "B"), fixed(31, ":"), fixed(32, "?"), fixed(33, ";"), fixed(34, "!")].concat();
    response(&params, &[20, 31, 32, 21, 33, 34])
}

#[test]
fn rsp_34_param_71_variable_parts_may_be_empty() {
    for (message, a, b) in
        [(":?;!", "", ""), ("alpha:?beta;!", "alpha", "beta"), ("alpha:?;!", "alpha", ""), (":?beta;!", "", "beta")]
    {
        assert_eq!(matched(&documented(), message), Some(values(a, b)), "{message}");
    }
}

#[test]
fn rsp_31_40_41_43_a_failed_match_changes_nothing() {
    for message in ["?beta;!", "alpha:?!", "alpha:beta;!", "alpha:?beta;", "", "alpha:?beta;!more"] {
        assert_eq!(matched(&documented(), message), None, "{message}");
    }
}

#[test]
fn rsp_30_bytes_left_over_are_no_match() {
    let xml = response(&[fixed(31, "ping"), text(20, "A"), text(21, "B")].concat(), &[31]);
    assert_eq!(matched(&xml, "ping"), Some(values("-", "-")));
    assert_eq!(matched(&xml, "ping2"), None);
}

#[test]
fn param_72_a_single_next_param_takes_everything() {
    let xml = response(&[text(20, "A"), text(21, "B")].concat(), &[20]);
    for message in ["x", "", "a\0b\r\n", "zwölf"] {
        assert_eq!(matched(&xml, message), Some(values(message, "-")));
    }
}

#[test]
fn param_70_rsp_53_rel_34_fixed_lengths_are_counted_from_the_back() {
    let tail = param(21, "B", "read", "other", "string", "<Length>2</Length>").replace("next param", "fixed");
    let xml = response(&[text(20, "A"), tail].concat(), &[20, 21]);
    let mut run = Run::new(&xml).opened();
    run.receive("abcdXY");
    assert_eq!((run.value(20).as_deref(), run.value(21).as_deref()), (Some("abcd"), Some("XY")));
    run.receive("Z");
    assert_eq!(run.counters().unmatched, 1, "shorter than its fixed part");
}

#[test]
fn param_04_42_bytes_that_do_not_fit_the_raw_type_are_no_match() {
    let xml = response(&[number(20, "A"), text(21, "B")].concat(), &[20]);
    assert_eq!(matched(&xml, "-1.50"), Some(values("-1.5", "-")));
    assert_eq!(matched(&xml, "loud"), None);
    assert_eq!(matched(&xml, ""), None);
}

#[test]
fn param_41_text_takes_letters_digits_and_some_marks() {
    let xml = response(&[param(20, "A", "read", "text", "string", ""), text(21, "B")].concat(), &[20]);
    assert_eq!(matched(&xml, "Ab1 -.;,?!"), Some(values("Ab1 -.;,?!", "-")));
    assert_eq!(matched(&xml, "a{b"), None);
}

#[test]
fn param_112_a_dummy_swallows_its_bytes() {
    let dummy = r#"<Param id="30"><Name>D</Name><Type>dummy</Type><Interprete><RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType></Interprete></Param>"#;
    let xml = response(&[dummy.to_owned(), fixed(31, "="), text(20, "A"), text(21, "B")].concat(), &[30, 31, 20]);
    let mut run = Run::new(&xml).opened();
    run.receive("key=value");
    assert_eq!((run.value(20).as_deref(), run.value(30)), (Some("value"), None));
}

#[test]
fn rsp_02_07_outside_a_pair_the_first_response_in_document_order_wins() {
    let xml = connector(&format!(
        r#"<Params>{}{}{}</Params><Responses>
        <Response id="2"><Name>Two</Name><Content><Param>31</Param><Param>20</Param></Content></Response>
        <Response id="1"><Name>One</Name><Content><Param>21</Param></Content></Response></Responses>"#,
        fixed(31, "two:"),
        text(20, "A"),
        text(21, "B"),
    ));
    let mut run = Run::new(&xml).opened();
    run.receive("two:x");
    run.receive("other");
    assert_eq!(run.take_only(&["response"]), ["response 2 matched", "response 2 missed", "response 1 matched"]);
    assert_eq!((run.value(20).as_deref(), run.value(21).as_deref()), (Some("x"), Some("other")));
}

#[test]
fn rsp_11_an_unmatched_message_is_shown_in_the_log() {
    let mut run = Run::new(&response(&[fixed(31, "ping"), text(20, "A")].concat(), &[31])).opened();
    run.receive("pong");
    assert_eq!(run.take_only(&["log"]), ["log no response matches this text message of 4 bytes on connection 1: pong"]);
}

#[test]
fn param_79_rsp_20_only_next_param_parameters_need_a_read() {
    let code = param(20, "Code", "read", "other", "string", "<Length>2</Length>").replace("next param", "fixed");
    let response = r#"<Responses><Response id="1"><Name>R</Name><Content><Param>20</Param><Param>11</Param></Content></Response></Responses>"#;
    let xml = connector(&format!("<Params>{code}</Params>{response}"));
    let read = trigger(31, r#"<On id="each">response</On><Time>before</Time>"#, &[31]);
    for (xml, rest) in [(xml.replace(&read, ""), None), (xml, Some("rest"))] {
        let mut run = Run::new(&xml).opened();
        run.receive("OKrest");
        assert_eq!((run.value(20).as_deref(), run.value(11).as_deref()), (Some("OK"), rest));
    }
}

#[test]
fn rsp_24_the_last_action_of_each_before_trigger_counts() {
    let response =
        r#"<Responses><Response id="1"><Name>R</Name><Content><Param>11</Param></Content></Response></Responses>"#;
    let on = r#"<On id="1">response</On><Time>before</Time>"#;
    let fails = action(40, r#"<On id="7">parameter</On>"#, r#"<Type id="10">copy</Type>"#);
    let triggers = format!("{}{}", trigger(40, on, &[40]), trigger(41, on, &[31]));
    let xml = connector(&format!("<Triggers>{triggers}</Triggers><Actions>{fails}</Actions>{response}"));
    let mut run = Run::new(&xml).opened();
    run.receive("before");
    run.set(10, "no number");
    run.receive("after");
    assert_eq!(run.take_only(&["response"]), ["response 1 matched", "response 1 missed"]);
}
