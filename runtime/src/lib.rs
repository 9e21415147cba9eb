//! genlock: typed, native drivers from DataMiner connector files.
//!
//! A connector file (`protocol.xml`) declares parameters, commands, responses, pairs, groups, timers, triggers and
//! connections. [`include_protocol!`] compiles it into a typed driver; this crate runs it: it opens the WebSocket with
//! the default or the file's own handshake, reconnects, matches what comes in and runs triggers and your hooks.
//!
//! ```no_run
//! mod lamp {
//!     genlock::include_protocol!("docs/lamp.xml");
//! }
//! use lamp::{connections, pairs, params};
//!
//! /// The state of one element: one lamp.
//! struct Driver {
//!     answers: u64,
//! }
//!
//! // One function for each QAction of the file.
//! impl lamp::QActions for Driver {
//!     fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
//!         let Some(answer) = cx.get(params::ANSWER) else { return Ok(()) };
//!         cx.state.answers += 1;
//!         cx.set(params::LEVEL, answer.parse::<f64>()?)
//!     }
//! }
//!
//! # async fn example() -> Result<(), genlock::Error> {
//! let element = lamp::element("lamp 1", Driver { answers: 0 })
//!     .connection(connections::LINK, |link| link.host("ws://127.0.0.1").port(8050))
//!     .start()
//!     .await?;
//! element.watch(connections::LINK).wait_for(|link| link.state == genlock::ConnectionState::Open).await?;
//! let answer = element.send(pairs::ASK).request("level").answer().await?;
//! println!("{} means {:?} %", answer.answer, element.get(params::LEVEL).await?);
//! element.stop().await
//! # }
//! ```
//!
//! Where to go on: the [`guide`] has a page for each question of the first days. [`Context`] is what hooks work with,
//! [`ElementBuilder`] and [`ConnectionSettings`] what an operator decides, [`Element`] what the rest of the program calls.
//! Each handle, such as `params::LEVEL`, carries the type of its values and the connector it belongs to, so a mix-up is a
//! compile error.
//!
//! The rules that the engine follows have ids such as `PAIR-21`; they are listed in `docs/reference/runtime.md` of the
//! repository, and documentation and code cite them.
//!
//! # Features
//!
//! * `macros` (default): [`include_protocol!`] and [`protocol!`], together with `tokio`. Not needed with a build script.
//! * `tokio` (default): elements run on tokio; without it there are types, and nothing that runs.
//! * `sim`: the simulator, `genlock::sim`, for tests of your hooks and of connector files.
//! * `inspector`: the page of running elements in a browser, `genlock::inspector`.
//! * `metrics`: counters, gauges and histograms of elements through the crate `metrics`: `genlock::metrics`.
//! * `prometheus`: those as a page for a Prometheus server: `genlock::metrics::Prometheus`.
//! * `store-redb`: `StoreFile`, which keeps saved parameters in a file that survives a kill at any moment.
//! * `deflate` (default): compressed messages (permessage-deflate, RFC 7692) when a handshake offers them and the server
//!   accepts. Without it, a server that accepts what was offered is refused by name.
//! * `http` (default): the HTTP requests that groups send by their sessions. Without it a driver whose connector has some
//!   does not start, and says why.
//! * `proxy` (default): HTTP and SOCKS5 proxies, by settings and by the environment. Without it devices are reached
//!   directly, and settings that name a proxy are refused.
//! * `rustls` (default): `wss` addresses. Without it they are refused by name.

#[doc(hidden)]
#[cfg(feature = "tokio")]
pub mod __private;
mod answer;
mod cause;
mod close_code;
#[cfg(feature = "tokio")]
mod context;
mod correlation;
#[cfg(feature = "tokio")]
mod element;
#[cfg_attr(not(feature = "tokio"), expect(dead_code, unused_imports, reason = "nothing drives the engine but a shell"))]
mod engine;
mod error;
pub mod guide;
#[cfg_attr(not(feature = "tokio"), expect(dead_code, reason = "handles are looked up by elements"))]
mod handle;
#[cfg(feature = "tokio")]
pub mod host;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "inspector")]
pub mod inspector;
mod macros;
#[cfg(feature = "metrics")]
pub mod metrics;
mod panic;
mod settings;
#[cfg(feature = "tokio")]
mod shell;
#[cfg(feature = "sim")]
pub mod sim;
mod store;
#[cfg(any(feature = "tokio", feature = "sim"))]
mod unserved;
mod value;
#[cfg(feature = "tokio")]
mod ws;

/// The bytes of [`Value`]s, [`Store`]s and [`Context::get_data`]: a re-export of the crate `bytes`.
#[doc(no_inline)]
pub use bytes::Bytes;
pub use genlock_spec::{AlarmLevel, TrendKind};

pub use self::answer::{Answer, PairState};
#[cfg(feature = "tokio")]
pub use self::context::{Context, QueuedContext};
pub use self::correlation::PossibleAnswer;
#[cfg(feature = "tokio")]
pub use self::element::{
    AlarmCounts, Answering, AnyElement, AnyElementBuilder, ConnectionStatus, Connector, Element, ElementBuilder,
    ElementStatus, Events, EventsError, Name, Send, Sendable, Sending, Watch, Watchable,
};
pub use self::engine::{
    Candidate, ConnectionState, Counters, ElementState, Event, GroupState, LogLevel, Mismatch, PairOutcome,
    RequestOutcome, Snapshot, SnapshotConnection, SnapshotParam, StreamEntry, TrendPoint, TrendWindow, Values,
};
pub use self::error::{Error, HookError, HookResult, Reason};
pub use self::handle::{Action, Command, Connection, Group, Pair, Param, Protocol, Response, Table, Timer, Trigger};
#[cfg(feature = "tokio")]
pub use self::host::Host;
pub use self::settings::{
    AlarmDelays, Backoff, Compression, ConnectionSettings, Keepalive, LogLevels, LogType, Proxy, Reconnect, Roots, Tls,
    WhileClosed,
};
#[cfg(feature = "store-redb")]
pub use self::store::{ElementStore, StoreError, StoreFile};
pub use self::store::{MemoryStore, Store};
pub use self::value::{Discreet, IntoValue, ParamType, RawValue, Text, Value};
#[cfg(fuzzing)]
#[doc(hidden)]
pub use self::ws::fuzzing;
