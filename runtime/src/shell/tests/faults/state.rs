//! The status parameter says what the socket is.

use crate::ConnectionState;

/// What is wrong with a connection's status, its state and its number of sockets.
pub(super) fn contradiction(state: ConnectionState, is_open: bool, sockets: u32) -> Option<String> {
    let is_right = match state {
        ConnectionState::Open => is_open && sockets == 1,
        ConnectionState::Connecting { .. } | ConnectionState::Closing => !is_open && sockets <= 1,
        _ => !is_open && sockets == 0,
    };
    (!is_right).then(|| format!("{state:?} with {sockets} sockets, and the status parameter says open = {is_open}"))
}

#[test]
fn a_status_that_lies_is_reported() {
    let backoff = ConnectionState::Backoff { failures: 1, delay: std::time::Duration::ZERO };
    for (state, is_open, sockets, is_right) in [
        (ConnectionState::Open, true, 1, true),
        (ConnectionState::Open, false, 1, false),
        (ConnectionState::Open, true, 2, false),
        (ConnectionState::Open, true, 0, false),
        (ConnectionState::Connecting { attempt: 1 }, true, 1, false),
        (ConnectionState::Closing, false, 1, true),
        (backoff, false, 0, true),
        (backoff, false, 1, false),
        (backoff, true, 0, false),
    ] {
        assert_eq!(contradiction(state, is_open, sockets).is_none(), is_right, "{state:?}, {is_open}, {sockets}");
    }
}
