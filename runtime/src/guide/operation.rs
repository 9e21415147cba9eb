//! Operation: reconnecting, limits, security.
//!
//! What a driver does when the world is not well, and what can be set about it. All settings have defaults that need no
//! attention.
//!
//! # When the device is gone
//!
//! A lost connection is opened again by itself, in all four [use cases](super::use_cases). A wait is anything up to a bound
//! that doubles from 1 s to 60 s, so that a thousand elements do not come back in the same moment; path and headers
//! are read again for each attempt, names are resolved anew. A connection that stayed open for 10 s begins again with the
//! shortest wait.
//!
//! What the server says is heeded ([`Backoff`](crate::Backoff)). A refusal with `Retry-After` is left alone for that long, 5
//! minutes at most; a server that restarts or is too busy (close codes 1012 and 1013) for 5 to 30 s. One that closes ten
//! times in a row for something that another attempt does not change, such as a policy (1008), is not tried again:
//! the connection's [reason](crate::Reason::GivenUp) says so, and `reconnect` goes on.
//!
//! A peer that is gone without a word is noticed by a ping after 30 s of silence, whose answer may take 10 s.
//!
//! ```no_run
//! # mod lamp { genlock::include_protocol!("docs/lamp.xml", unhandled); }
//! # struct Driver;
//! # impl lamp::QActions for Driver {}
//! # async fn example() -> Result<(), genlock::Error> {
//! use std::time::Duration;
//!
//! use genlock::{Backoff, Keepalive, Reconnect, WhileClosed};
//!
//! let element = lamp::element("lamp 1", Driver)
//!     .reconnect(Reconnect::Automatic(Backoff::default().first(Duration::from_millis(200)).cap(Duration::from_secs(10))))
//!     .connection(lamp::connections::LINK, |link| {
//!         link.host("ws://127.0.0.1")
//!             .port(8050)
//!             .keepalive(Keepalive::default().interval(Duration::from_secs(5)))
//!             .while_closed(WhileClosed::Queue { messages: 100, time: Duration::from_secs(30) })
//!     })
//!     .start()
//!     .await?;
//!
//! // Why it is not open, and what comes next.
//! let link = element.watch(lamp::connections::LINK).latest().await?;
//! println!("{link:?}");
//!
//! // At once, whatever the wait says.
//! element.reconnect(lamp::connections::LINK).await?;
//! # Ok(())
//! # }
//! ```
//!
//! What becomes of commands while the connection is closed is [`WhileClosed`](crate::WhileClosed): an error at once (the
//! default), dropped in silence as DataMiner does, or queued for a bounded time in a bounded line. Every command that is
//! lost is an error for whoever sent it, and counted in [`Counters::lost`](crate::Counters::lost), by its cause.
//!
//! # When somebody sends too much
//!
//! | what | bound | beyond it |
//! |---|---|---|
//! | a message | 16 MiB ([`message_limit`](crate::ConnectionSettings::message_limit)), also when it is compressed | the connection is closed with 1009 |
//! | a message's fragments | 262,144 ([`fragment_limit`](crate::ConnectionSettings::fragment_limit)) | the connection is closed with 1009 |
//! | a device that sends faster than the hooks work | the socket is read no further | TCP slows the device down |
//! | a device that does not read | one message under way | the connection is given up after its deadline |
//! | groups in the queue | 10,000 | refused, counted, told |
//! | queued QActions under way | 1,000 | dropped, counted, told |
//! | nested change events | depth 100 | the innermost is dropped, the chain is told |
//! | a reader of events | a bounded line | it is told how many it missed |
//!
//! A hook that takes longer than 100 ms is reported by name: until it returns, its element waits for it. Other elements do
//! not. What takes long belongs into a QAction with `options="queued"`, which is an `async fn` beside the element.
//!
//! # Who is trusted
//!
//! The connector file is trusted when it is compiled, and not trusted by the command (`check`, `simulate`, `run`): it has
//! limits on size and depth. What a device sends and what an operator enters is never trusted: it cannot break the opening
//! request, and it cannot make the driver panic, hang or grow.
//!
//! `wss` connections verify the server's certificate against the authorities of the machine. A device that signs for
//! itself is trusted by its own certificate, which is better than not looking:
//!
//! ```
//! # mod lamp { genlock::include_protocol!("docs/lamp.xml", unhandled); }
//! # struct Driver;
//! # impl lamp::QActions for Driver {}
//! use genlock::Tls;
//!
//! let builder = lamp::element("lamp 1", Driver).connection(lamp::connections::LINK, |link| {
//!     link.host("wss://192.0.2.7").tls(Tls::default().ca_file("device.pem").server_name("lamp.example"))
//! });
//! ```
//!
//! Passwords, tokens, cookies and the parameters that hold them are left out of logs, traces, records, errors and `Debug`.
//!
//! # Saved parameters
//!
//! Parameters with `save="true"` go to a [`Store`](crate::Store). [`MemoryStore`](crate::MemoryStore) keeps them while the
//! process lives; `StoreFile` (feature `store-redb`) in a file that survives a kill at any moment, on a thread of its own.
