//! What the engine counts.

/// What an element has done since it was created. Nothing is lost silently: each loss is in one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Messages that an open socket took.
    pub messages_sent: u64,
    /// Messages received.
    pub messages_received: u64,
    /// Sent messages that were compressed.
    pub compressed_sent: u64,
    /// Received messages that were compressed.
    pub compressed_received: u64,
    /// HTTP requests that were sent; those that follow a redirect, and new attempts, count.
    pub requests_sent: u64,
    /// HTTP requests that were given up, or answered with another status than 2xx.
    pub requests_failed: u64,
    /// Handshakes that succeeded.
    pub opened: u64,
    /// Handshakes that succeeded after the first one of their connection.
    pub reconnects: u64,
    /// Commands that never reached an open socket.
    pub lost: u64,
    /// Received messages that no response matched (RSP-10).
    pub unmatched: u64,
    /// Received messages that came while the element was paused, or was closing the connection.
    pub discarded: u64,
    /// Groups that found the queue full.
    pub queue_overflows: u64,
    /// Change events and groups that were dropped because they were nested too deep, or too many came of one cause
    /// (PARAM-68).
    pub nested_too_deep: u64,
    /// Hooks that returned an error or panicked (QA-34).
    pub hook_failures: u64,
    /// Hooks that held the element for more than 100 ms (BEY-33).
    pub slow_hooks: u64,
    /// Runs of queued QActions that were dropped because too many were under way.
    pub queued_dropped: u64,
}
