//! genlock: typed, native drivers from DataMiner connector files.
//!
//! A connector file (`protocol.xml`) declares parameters, commands, responses, pairs, groups, timers, triggers and
//! connections. [`include_protocol!`] compiles it into a typed driver; this crate runs it: it opens the WebSocket with
//! the default or the file's own handshake, reconnects, matches what comes in and runs triggers and your hooks.
//!
//! ```no_run
//! mod heartbeat {
//!     genlock::protocol! { r#"
//!         <Protocol>
//!             <Name>Heartbeat</Name>
//!             <Version>1.0.0.1</Version>
//!             <Connections>
//!                 <Connection id="0" name="Link">
//!                     <Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http>
//!                 </Connection>
//!             </Connections>
//!             <Params>
//!                 <Param id="1">
//!                     <Name>Request</Name>
//!                     <Type>read</Type>
//!                     <Interprete>
//!                         <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
//!                     </Interprete>
//!                 </Param>
//!             </Params>
//!             <Commands>
//!                 <Command id="1">
//!                     <Name>Beat</Name>
//!                     <WebSocketMessageType>text</WebSocketMessageType>
//!                     <Content><Param>1</Param></Content>
//!                 </Command>
//!             </Commands>
//!             <Pairs>
//!                 <Pair id="1"><Name>Beat</Name><Content><Command>1</Command></Content></Pair>
//!             </Pairs>
//!         </Protocol>
//!     "# }
//! }
//!
//! # async fn example() -> Result<(), genlock::Error> {
//! let element = heartbeat::element("device 1", ())
//!     .connection(heartbeat::connections::LINK, |c| c.host("ws://127.0.0.1").port(8050))
//!     .start()
//!     .await?;
//! element.watch(heartbeat::connections::LINK).wait_for(|link| link.state == genlock::ConnectionState::Open).await?;
//! element.send(heartbeat::pairs::BEAT).request("beat").await?;
//! element.stop().await
//! # }
//! ```
//!
//! The rules that the engine follows have ids such as `PAIR-21`; they are listed in `docs/reference/runtime.md` of the
//! repository, and documentation and code cite them.
//!
//! # Features
//!
//! * `macros` (default): [`include_protocol!`] and [`protocol!`].
//! * `tokio` (default): elements run on tokio.
//! * `deflate` (default): compressed messages (permessage-deflate, RFC 7692) when a handshake offers them and the server
//!   accepts. Without it, a server that accepts what was offered is refused by name.

#[doc(hidden)]
#[cfg(feature = "tokio")]
pub mod __private;
mod answer;
#[cfg(feature = "tokio")]
mod context;
#[cfg(feature = "tokio")]
mod element;
#[cfg_attr(not(feature = "tokio"), expect(dead_code, unused_imports, reason = "nothing drives the engine but a shell"))]
mod engine;
mod error;
#[cfg_attr(not(feature = "tokio"), expect(dead_code, reason = "handles are looked up by elements"))]
mod handle;
mod macros;
mod settings;
#[cfg(feature = "tokio")]
mod shell;
mod store;
mod value;
#[cfg(feature = "tokio")]
mod ws;

/// The bytes of [`Value`]s, [`Store`]s and [`Context::get_data`]: a re-export of the crate `bytes`.
pub use bytes::Bytes;
pub use genlock_spec::AlarmLevel;

pub use self::answer::{Answer, PairState};
#[cfg(feature = "tokio")]
pub use self::context::Context;
#[cfg(feature = "tokio")]
pub use self::element::{
    Answering, ConnectionStatus, Element, ElementBuilder, Events, EventsError, Name, Send, Sendable, Sending, Watch,
    Watchable,
};
pub use self::engine::{ConnectionState, Counters, ElementState, Event, GroupState, LogLevel, PairOutcome, Values};
pub use self::error::{Error, HookError, HookResult, Reason};
pub use self::handle::{Action, Command, Connection, Group, Pair, Param, Protocol, Response, Timer, Trigger};
pub use self::settings::{Backoff, ConnectionSettings, Keepalive, Reconnect, WhileClosed};
pub use self::store::{MemoryStore, Store};
pub use self::value::{Discreet, IntoValue, ParamType, RawValue, Text, Value};
#[cfg(fuzzing)]
#[doc(hidden)]
pub use self::ws::fuzzing;
