//! Typed parameters and pairs: what an element answers.
//!
//! A handle such as `params::LEVEL` is a constant that carries three things: which parameter it is, the type of its
//! values, and the connector that it belongs to. A handle of another connector, or a text where a number belongs, does not
//! compile.
//!
//! | in the file | type | |
//! |---|---|---|
//! | `<Interprete><Type>string` | [`Text`](crate::Text) | cheap to clone, derefs to `str` |
//! | `<Interprete><Type>double` | `f64` | in the unit that the handle's documentation names |
//! | `<Measurement><Type>discreet` | an enum in `values` | with `Other` for what the device sends beyond the list |
//!
//! # Reading, setting, watching
//!
//! ```
//! # mod lamp { genlock::include_protocol!("docs/lamp.xml", unhandled); }
//! # struct Driver;
//! # impl lamp::QActions for Driver {}
//! # #[tokio::main]
//! # async fn main() -> Result<(), genlock::Error> {
//! # let port = device().await;
//! # let element = lamp::element("lamp 1", Driver)
//! #     .connection(lamp::connections::LINK, |link| link.host("ws://127.0.0.1").port(port))
//! #     .start()
//! #     .await?;
//! use lamp::params;
//! use lamp::values::Power;
//!
//! // Nobody has set it yet: `None`, which is not the same as 0 or an empty text.
//! assert_eq!(element.get(params::LEVEL).await?, None);
//!
//! // An operator's set: checked against the parameter's range and discreets, then all that it triggers runs.
//! element.set(params::LEVEL, 40).await?;
//! element.set(params::POWER, Power::On).await?;
//! assert_eq!(element.get(params::LEVEL).await?, Some(40.0));
//!
//! // A watch has the state of now, then the latest one whenever it changed.
//! let mut power = element.watch(params::POWER);
//! assert_eq!(power.latest().await?, Some(Power::On));
//! element.set(params::POWER, Power::Off).await?;
//! power.wait_for(|power| *power == Power::Off).await?;
//! # element.stop().await
//! # }
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/device.rs"));
//! ```
//!
//! # Asking the device
//!
//! A pair is a command with its response. [`send`](crate::Element::send) has one method for each parameter of the command,
//! fills them in and queues the pair in one step, so that nobody else's values get into it. What is awaited decides how
//! far you wait: until it is sent, or until it is answered. The answer is a struct with the response's
//! parameters, taken at the moment of the match.
//!
//! ```
//! # mod lamp { genlock::include_protocol!("docs/lamp.xml", unhandled); }
//! # struct Driver;
//! # impl lamp::QActions for Driver {}
//! # #[tokio::main]
//! # async fn main() -> Result<(), genlock::Error> {
//! # let port = device().await;
//! # let element = lamp::element("lamp 1", Driver)
//! #     .connection(lamp::connections::LINK, |link| link.host("ws://127.0.0.1").port(port))
//! #     .start()
//! #     .await?;
//! use genlock::{ConnectionState, PairState};
//! use lamp::{connections, pairs};
//!
//! element.watch(connections::LINK).wait_for(|link| link.state == ConnectionState::Open).await?;
//!
//! element.send(pairs::ASK).request("power").await?; // sent
//! let answer = element.send(pairs::ASK).request("level").answer().await?; // sent and answered
//! # let _ = &answer;
//!
//! // The same pair as a state machine, for those who did not send it: a group or a timer of the file did.
//! let mut asked = element.watch(pairs::ASK);
//! let state = asked.wait_for(|state| matches!(state, PairState::Answered(_))).await?;
//! if let PairState::Answered(answer) = state {
//!     println!("the lamp says {}", answer.answer);
//! }
//! # element.stop().await
//! # }
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/device.rs"));
//! ```
//!
//! A pair that is not answered is sent again as often as the connection's `retries` say, then it ends in
//! [`Error::TimedOut`](crate::Error::TimedOut) and the file's timeout triggers run. While a pair waits, the first message that
//! matches one of its responses is its answer, also one that the device sent unasked (RSP-04). Where messages have numbers,
//! or say otherwise what they answer, [`correlate`](crate::ElementBuilder::correlate) takes a function that tells.
//!
//! # By id
//!
//! Code that loops over ids has [`Context::value`](crate::Context::value) and its relatives inside a hook; they answer
//! `None` or an error for an id that the file does not have.
//!
//! # Everything that happens
//!
//! [`Element::events`](crate::Element::events) is all of it, in order and bounded: changes, alarms, states of connections, pairs
//! and groups, points of trends, lines of the log. A reader that is too slow is told how many it missed; it never slows
//! the element. [`Element::stream`](crate::Element::stream) is the stream log: each message, and for one that no response
//! matches, at which byte each candidate failed.
