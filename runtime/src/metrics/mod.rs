//! Metrics of elements, through the facade of the crate [`metrics`](https://docs.rs/metrics) (feature `metrics`).
//!
//! Whatever recorder a program installs gets them: Prometheus by this module's `Prometheus` (feature `prometheus`), or
//! any other of the ecosystem. Install it before the first element starts: an element asks for its counters at its
//! start. Without a recorder, each counting costs one branch.
//!
//! | name | kind | labels | what |
//! |---|---|---|---|
//! | `genlock_element_up` | gauge | `element` | 1 while the element runs and its connections answer; 0 in timeout, paused, stopped |
//! | `genlock_connection_up` | gauge | `element`, `connection` | 1 while the WebSocket is open |
//! | `genlock_connections_opened_total` | counter | `element`, `connection` | handshakes that succeeded |
//! | `genlock_reconnects_total` | counter | `element`, `connection`, `cause` | those after the first one, by why the connection was down before |
//! | `genlock_connection_down_total` | counter | `element`, `connection`, `cause` | open connections that were lost or closed, and attempts that failed |
//! | `genlock_messages_total` | counter | `element`, `connection`, `direction` | messages `in` and `out` |
//! | `genlock_message_bytes_total` | counter | `element`, `connection`, `direction` | their bytes, without frames and before compression |
//! | `genlock_requests_total` | counter | `element` | attempts at HTTP requests; what follows a redirect, and new attempts, count |
//! | `genlock_failed_requests_total` | counter | `element` | HTTP requests that were given up, or answered with another status than 2xx |
//! | `genlock_dropped_total` | counter | `element`, `cause` | what was lost, see below |
//! | `genlock_pairs_total` | counter | `element`, `pair`, `outcome` | pairs that ended: `answered`, `timed_out`, `refused` (by the device), `failed` (not sent, or the connection was lost) |
//! | `genlock_pair_seconds` | histogram | `element`, `pair` | from the command's first way out to its answer |
//! | `genlock_queue_length` | gauge | `element` | groups and pairs that wait |
//! | `genlock_hook_seconds` | histogram | `element`, `qaction` | how long hooks hold the element (BEY-33); of a queued one, its work inside the element |
//! | `genlock_hook_failures_total` | counter | `element` | hooks that returned an error or panicked (QA-34) |
//! | `genlock_slow_hooks_total` | counter | `element` | hooks that held the element for more than 100 ms (BEY-33) |
//! | `genlock_alarms` | gauge | `element`, `level` | monitored parameters at each alarm level |
//!
//! The labels `connection`, `pair` and `qaction` are Names of the connector file, `cause` is one of the words of
//! [`Reason::cause`](crate::Reason::cause), and of `genlock_dropped_total` one of these. So the number of series is
//! bounded by the elements and their connectors: nothing that a device sends becomes a label.
//!
//! | `cause` of `genlock_dropped_total` | what was dropped |
//! |---|---|
#![doc = include_str!("dropped.md")]
//!
//! ```
//! # #[cfg(feature = "prometheus")]
//! # {
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let prometheus = genlock::metrics::Prometheus::install()?;
//! // … elements start and run; a scrape gets:
//! let page: String = prometheus.render();
//! # Ok::<_, genlock::metrics::PrometheusError>(())
//! # }).unwrap();
//! # }
//! ```

mod names;
#[cfg(feature = "prometheus")]
mod prometheus;

pub use self::names::describe;
pub(crate) use self::names::{DROPS, Told, name};
#[cfg(all(test, feature = "prometheus"))]
pub(crate) use self::prometheus::recorder;
#[cfg(feature = "prometheus")]
pub use self::prometheus::{Prometheus, PrometheusError};
