//! The names of metrics, and what drops are counted as.

use ::metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

use crate::engine::Counters;

/// The names, as the table of the module has them.
pub(crate) mod name {
    pub(crate) const ELEMENT_UP: &str = "genlock_element_up";
    pub(crate) const CONNECTION_UP: &str = "genlock_connection_up";
    pub(crate) const OPENED: &str = "genlock_connections_opened_total";
    pub(crate) const RECONNECTS: &str = "genlock_reconnects_total";
    pub(crate) const DOWN: &str = "genlock_connection_down_total";
    pub(crate) const MESSAGES: &str = "genlock_messages_total";
    pub(crate) const BYTES: &str = "genlock_message_bytes_total";
    pub(crate) const REQUESTS: &str = "genlock_requests_total";
    pub(crate) const FAILED_REQUESTS: &str = "genlock_failed_requests_total";
    pub(crate) const DROPPED: &str = "genlock_dropped_total";
    pub(crate) const PAIRS: &str = "genlock_pairs_total";
    pub(crate) const PAIR_SECONDS: &str = "genlock_pair_seconds";
    pub(crate) const QUEUE_LENGTH: &str = "genlock_queue_length";
    pub(crate) const HOOK_SECONDS: &str = "genlock_hook_seconds";
    pub(crate) const HOOK_FAILURES: &str = "genlock_hook_failures_total";
    pub(crate) const SLOW_HOOKS: &str = "genlock_slow_hooks_total";
    pub(crate) const ALARMS: &str = "genlock_alarms";
}

/// Hands descriptions and units of all metrics to the recorder that is installed. `Prometheus::install` does it itself.
///
/// ```
/// // my_recorder::install();
/// genlock::metrics::describe();
/// ```
pub fn describe() {
    describe_gauge!(name::ELEMENT_UP, "1 while the element runs and its connections answer");
    describe_gauge!(name::CONNECTION_UP, "1 while the WebSocket is open");
    describe_counter!(name::OPENED, "Handshakes that succeeded");
    describe_counter!(name::RECONNECTS, "Handshakes that succeeded after the first, by why the connection was down");
    describe_counter!(name::DOWN, "Connections that were lost or closed, and attempts that failed");
    describe_counter!(name::MESSAGES, "Messages, by direction");
    describe_counter!(name::BYTES, Unit::Bytes, "Bytes of messages, by direction, before compression");
    describe_counter!(name::REQUESTS, "Attempts at HTTP requests, redirects and retries included");
    describe_counter!(
        name::FAILED_REQUESTS,
        "HTTP requests that were given up, or answered with another status than 2xx"
    );
    describe_counter!(name::DROPPED, "What was dropped, by cause");
    describe_counter!(name::PAIRS, "Pairs that ended, by outcome");
    describe_histogram!(name::PAIR_SECONDS, Unit::Seconds, "From a command's first way out to its answer");
    describe_gauge!(name::QUEUE_LENGTH, "Groups and pairs that wait");
    describe_histogram!(name::HOOK_SECONDS, Unit::Seconds, "How long hooks hold the element");
    describe_counter!(name::HOOK_FAILURES, "Hooks that returned an error or panicked");
    describe_counter!(name::SLOW_HOOKS, "Hooks that held the element for more than 100 ms");
    describe_gauge!(name::ALARMS, "Monitored parameters at each alarm level");
}

/// What is counted by the engine and told as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// How much was dropped, in the order of [`DROPS`].
    pub(crate) drops: [u64; DROPS.len()],
    pub(crate) requests: u64,
    pub(crate) failed_requests: u64,
    pub(crate) hook_failures: u64,
    pub(crate) slow_hooks: u64,
}

/// The causes of drops.
pub(crate) const DROPS: [&str; 13] = [
    "while_closed",
    "while_closed_silently",
    "no_room",
    "waited_too_long",
    "unsent",
    "at_stop",
    "unmatched",
    "while_paused",
    "while_closing",
    "repeat",
    "queue_full",
    "nested_too_deep",
    "queued_hook",
];

impl Told {
    /// Every counter is named, so that a new one must find its place here. Sums, and what has a metric with labels of its
    /// own, are left out.
    pub(crate) fn of(counters: &Counters) -> Self {
        let Counters {
            messages_sent: _,
            messages_received: _,
            compressed_sent: _,
            compressed_received: _,
            requests_sent: requests,
            requests_failed: failed_requests,
            opened: _,
            reconnects: _,
            failed_attempts: _,
            broken: _,
            broken_by_silence: _,
            broken_by_limits: _,
            broken_by_rules: _,
            lost: _,
            lost_while_closed,
            lost_dropped,
            lost_no_room,
            lost_waited_too_long,
            lost_unsent,
            lost_at_stop,
            unmatched,
            discarded: _,
            discarded_while_paused,
            discarded_while_closing,
            discarded_repeats,
            queue_overflows,
            nested_too_deep,
            hook_failures,
            slow_hooks,
            queued_dropped,
        } = *counters;
        let drops = [
            lost_while_closed,
            lost_dropped,
            lost_no_room,
            lost_waited_too_long,
            lost_unsent,
            lost_at_stop,
            unmatched,
            discarded_while_paused,
            discarded_while_closing,
            discarded_repeats,
            queue_overflows,
            nested_too_deep,
            queued_dropped,
        ];
        Self { drops, requests, failed_requests, hook_failures, slow_hooks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_of_a_drop_is_documented() {
        let documented = include_str!("dropped.md");
        let rows: Vec<&str> = documented.lines().filter_map(|line| line.split('`').nth(1)).collect();
        assert_eq!(rows, DROPS);
    }

    #[test]
    fn each_cause_of_a_drop_has_its_own_count() {
        let counters = Counters {
            lost_while_closed: 1,
            lost_dropped: 2,
            lost_no_room: 3,
            lost_waited_too_long: 4,
            lost_unsent: 5,
            lost_at_stop: 6,
            unmatched: 7,
            discarded_while_paused: 8,
            discarded_while_closing: 9,
            discarded_repeats: 10,
            queue_overflows: 11,
            nested_too_deep: 12,
            queued_dropped: 13,
            ..Counters::default()
        };
        let told: Vec<(&str, u64)> = DROPS.into_iter().zip(Told::of(&counters).drops).collect();
        let expected = [
            ("while_closed", 1),
            ("while_closed_silently", 2),
            ("no_room", 3),
            ("waited_too_long", 4),
            ("unsent", 5),
            ("at_stop", 6),
            ("unmatched", 7),
            ("while_paused", 8),
            ("while_closing", 9),
            ("repeat", 10),
            ("queue_full", 11),
            ("nested_too_deep", 12),
            ("queued_hook", 13),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn each_metric_is_documented() {
        let [source, documented] = [include_str!("names.rs"), include_str!("mod.rs")];
        let names = source.split('"').filter(|text| text.starts_with("genlock_"));
        let names: Vec<&str> = names.filter(|name| *name != "genlock_").collect();
        let rows: Vec<&str> = documented
            .lines()
            .filter_map(|line| line.strip_prefix("//! | `genlock_"))
            .filter_map(|row| row.split('`').next())
            .collect();
        assert_eq!(names.iter().map(|name| &name["genlock_".len()..]).collect::<Vec<_>>(), rows);
    }
}
