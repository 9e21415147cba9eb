//! Messages that are not the answer, by the user's word (BEY-23).

use genlock_spec::PairIndex;

use super::super::Until;
use super::run::Run;
use super::xml::{connector, exchange};
use crate::correlation::{Correlation, PossibleAnswer};

/// An open connection with a pair whose answers begin as the command does.
fn correlated() -> Run {
    let mut run = Run::new(&connector(&exchange("")));
    let begins_alike = |possible: PossibleAnswer<'_>| {
        assert!(possible.message != b"panic", "told to panic");
        possible.message_text().split(' ').next() == possible.command_text().split(' ').next()
    };
    run.engine().options.correlations.push((PairIndex(0), Correlation::new(begins_alike)));
    run.opened()
}

const SHOWN: [&str; 4] = ["param 11", "pair", "send", "done"];

#[test]
fn bey_23_a_message_that_is_no_answer_leaves_the_pair_waiting() {
    let mut run = correlated();
    run.execute(1, &[(10, "17 level")], Until::Answered).unwrap();
    run.sent();
    run.take();
    run.receive("pushed"); // matches the pair's own response
    assert_eq!(run.take_only(&SHOWN), ["param 11=pushed!"]);
    run.receive("17 is 80");
    assert_eq!(run.take_only(&SHOWN), ["param 11=17 is 80!", "pair 1 succeeded", "done 1 17 is 80"]);
}

#[test]
fn bey_23_a_pushed_message_does_not_prolong_the_wait() {
    let mut run = correlated();
    run.execute(1, &[(10, "17 level")], Until::Answered).unwrap();
    run.sent();
    run.at(900).receive("pushed");
    run.take();
    run.at(1000);
    assert_eq!(run.take_only(&SHOWN), ["pair 1 timeout", "send 17 level"]);
    run.sent();
    run.receive("17 late"); // the second attempt's answer
    assert_eq!(run.take_only(&["done"]), ["done 1 17 late"]);
}

#[test]
fn bey_23_only_messages_that_come_while_the_pair_waits_are_asked_about() {
    let mut run = correlated();
    run.receive("panic");
    run.execute(1, &[(10, "17 level")], Until::Answered).unwrap();
    run.receive("panic"); // the socket has not taken the command
    assert_eq!(run.take_only(&["log", "param 11", "done"]), ["param 11=panic!"]);
}

#[test]
fn bey_23_rel_64_a_panic_is_told_and_the_message_may_be_the_answer() {
    let mut run = correlated();
    run.execute(1, &[(10, "17 level")], Until::Answered).unwrap();
    run.sent();
    run.take();
    run.receive("panic");
    let log = "log the correlation of pair 1 panicked: told to panic; the message may answer the pair";
    assert_eq!(run.take_only(&["log", "done"]), [log, "done 1 panic"]);
}

#[test]
fn rsp_04_bey_23_without_a_function_the_first_message_is_the_answer() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.execute(1, &[(10, "17 level")], Until::Answered).unwrap();
    run.sent();
    run.take();
    run.receive("pushed");
    assert_eq!(run.take_only(&["done"]), ["done 1 pushed"]);
}
