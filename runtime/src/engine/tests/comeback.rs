//! What becomes of a connection that is down: BEY-01, and what the server says of coming back.

use std::time::Duration;

use genlock_spec::ConnectionIndex;

use super::run::{Run, Settings};
use super::xml::connector;
use crate::engine::ConnectionState;
use crate::error::Reason;
use crate::settings::{Backoff, Reconnect};

fn with(backoff: Backoff) -> Run {
    Run::with(&connector(""), Settings { reconnect: Reconnect::Automatic(backoff), ..Settings::default() })
}

/// Waits without jitter.
fn plain() -> Backoff {
    Backoff::default().jitter(0.0)
}

fn state(run: &mut Run) -> (ConnectionState, Reason) {
    let (state, reason) = run.engine().connection_state(ConnectionIndex(0));
    (state, reason.clone())
}

/// The wait before the next attempt, if there is one.
fn wait(run: &mut Run) -> Option<Duration> {
    match state(run).0 {
        ConnectionState::Backoff { delay, .. } => Some(delay),
        _ => None,
    }
}

/// Moves to the next attempt and opens it.
fn come_back(run: &mut Run) {
    while wait(run).is_some() {
        let next = run.next_ms().unwrap();
        run.at(u64::try_from(next.as_millis()).unwrap() + 1);
    }
    run.open();
}

#[test]
fn rfc_6455_7_4_each_close_code_has_its_decision() {
    let seconds = |code: u16| {
        let mut run = with(plain()).opened();
        run.closed_with(code, "");
        wait(&mut run).map(|wait| wait.as_secs())
    };
    for code in [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1014, 3000, 3003, 3008, 3999, 4000, 4999] {
        assert_eq!(seconds(code), Some(1), "{code}");
    }
    for code in [1012, 1013] {
        assert_eq!(seconds(code), Some(30), "{code}");
    }
}

#[test]
fn bey_01_a_server_that_refuses_again_and_again_is_given_up_until_somebody_asks() {
    for code in [1003, 1007, 1008, 1009, 1010, 3000, 3003] {
        let mut run = with(plain().give_up_after(3)).opened();
        for _ in 0..2 {
            run.closed_with(code, "no");
            assert!(wait(&mut run).is_some());
            come_back(&mut run);
        }
        run.take();
        run.closed_with(code, "no such topic");
        let reason = Reason::GivenUp { times: 3, code, reason: "no such topic".to_owned() };
        assert_eq!(state(&mut run), (ConnectionState::Idle, reason.clone()));
        let said = reason.to_string();
        assert!(said.contains("no such topic") && said.contains("reconnect") && said.contains("3 times"), "{said}");
        assert_eq!(run.take_only(&["param 7"]), ["param 7=0!"]);
        assert!(run.at(10_000_000).take_only(&["connect "]).is_empty(), "nothing is tried");

        run.reconnect();
        assert_eq!(run.take_only(&["connect "]), ["connect ws://127.0.0.1:8050/"]);
        run.open();
        run.closed_with(code, "still no");
        assert!(wait(&mut run).is_some(), "the count begins anew");
    }
}

#[test]
fn bey_01_ten_refusals_in_a_row_are_the_default() {
    let refusals = |backoff: Backoff| {
        let mut run = with(backoff).opened();
        for refusal in 1..=100 {
            run.closed_with(1008, "");
            if wait(&mut run).is_none() {
                return refusal;
            }
            come_back(&mut run);
        }
        0
    };
    assert_eq!(refusals(plain()), 10);
    assert_eq!(refusals(plain().give_up_after(1)), 1);
    assert_eq!(refusals(plain().give_up_after(0)), 0, "never");
}

#[test]
fn bey_01_only_refusals_in_a_row_count() {
    type Between = fn(&mut Run);
    let between: [(&str, Between); 3] = [
        ("another code", |run| run.closed_with(1001, "")),
        ("a loss", |run| run.lost_for(Reason::Network("reset".to_owned()))),
        ("a fault of the peer", |run| run.lost_for(Reason::Protocol { code: 1002, reason: "masked".to_owned() })),
    ];
    for (what, happen) in between {
        let mut run = with(plain().give_up_after(2)).opened();
        for _ in 0..5 {
            run.closed_with(1008, "");
            assert!(wait(&mut run).is_some(), "{what}");
            come_back(&mut run);
            happen(&mut run);
            come_back(&mut run);
        }
    }
    // A connection that was stable before it is refused: a token that has expired, for example.
    let mut run = with(plain().give_up_after(2)).opened();
    let mut now = 0;
    for _ in 0..5 {
        now += 60_000;
        run.at(now);
        run.closed_with(1008, "expired");
        assert_eq!(wait(&mut run), Some(Duration::from_secs(1)));
        come_back(&mut run);
    }
}

#[test]
fn conn_93_documented_reconnect_counts_no_refusals() {
    let mut run =
        Run::with(&connector(""), Settings { reconnect: Reconnect::Documented, ..Settings::default() }).opened();
    for _ in 0..20 {
        run.closed_with(1008, "no");
        let reason = Reason::ClosedByPeer { code: Some(1008), reason: "no".to_owned() };
        assert_eq!(state(&mut run), (ConnectionState::Idle, reason));
        run.reconnect();
        run.open();
    }
}

#[test]
fn bey_01_retry_after_is_heeded_and_bounded() {
    for (asked, waited) in [(0, 1), (30, 31), (300, 301), (86_400, 301)] {
        let mut run = with(plain());
        run.start();
        run.refuse_for_seconds(asked);
        assert_eq!(wait(&mut run), Some(Duration::from_secs(waited)));
    }
    let mut run = with(plain().longest_asked(Duration::ZERO));
    run.start();
    run.refuse_for_seconds(30);
    assert_eq!(wait(&mut run), Some(Duration::from_secs(1)));
}

#[test]
fn bey_01_a_wait_that_a_server_asked_for_can_be_cut_short() {
    let mut run = with(plain());
    run.start();
    run.refuse_for_seconds(300);
    run.take();
    run.reconnect();
    assert_eq!(run.take_only(&["connect "]), ["connect ws://127.0.0.1:8050/"]);
}

#[test]
fn bey_01_many_that_lose_one_server_do_not_come_back_in_one_burst() {
    let lost = |run: &mut Run| {
        run.open();
        run.lost();
    };
    let restarted = |run: &mut Run| {
        run.open();
        run.closed_with(1012, "");
    };
    let told = |run: &mut Run| run.refuse_for_seconds(30);
    assert!(busiest(100, lost) < 200, "a tenth of the first second");
    assert!(busiest(2500, restarted) < 200, "a tenth of the time from 5 to 30 s");
    assert!(busiest(100, told) < 200, "a tenth of the second behind the time that all were told");
}

/// How many of 1,000 elements, to which the same happens at the same moment, dial within the busiest `ms`.
fn busiest(ms: u128, happen: impl Fn(&mut Run)) -> usize {
    let mut dials: Vec<u128> = Run::many(&connector(""), 1000, Reconnect::default())
        .map(|mut run| {
            run.start();
            happen(&mut run);
            wait(&mut run).unwrap().as_millis()
        })
        .collect();
    dials.sort_unstable();
    let before = |time: u128| dials.partition_point(|dial| *dial < time);
    dials.iter().map(|first| before(first + ms) - before(*first)).max().unwrap_or_default()
}
