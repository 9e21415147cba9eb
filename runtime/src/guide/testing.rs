//! Testing a driver with `genlock::sim`: no device, no socket, no waiting.
//!
//! The feature `sim` belongs into the tests alone:
//!
//! ```toml
//! [dev-dependencies]
//! genlock = { version = "0.1", features = ["sim"] }
//! ```
//!
//! [`ElementBuilder::simulate`](crate::ElementBuilder::simulate) starts the element in virtual time, with your hooks and the
//! engine that runs in production. The test plays the peer, the operator and the clock. An hour takes milliseconds, and
//! the same test gives the same run every time.
//!
#![cfg_attr(feature = "sim", doc = "```")]
#![cfg_attr(not(feature = "sim"), doc = "```ignore")]
//! # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
//! use std::time::Duration;
//!
//! use lamp::{connections, params};
//!
//! struct Driver {
//!     refused: u32,
//! }
//!
//! impl lamp::QActions for Driver {
//!     fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
//!         let Some(answer) = cx.get(params::ANSWER) else { return Ok(()) };
//!         match answer.parse::<f64>() {
//!             Ok(level) => cx.set(params::LEVEL, level),
//!             Err(_) => {
//!                 cx.state.refused += 1;
//!                 Ok(())
//!             }
//!         }
//!     }
//! }
//!
//! // #[test]
//! fn a_word_instead_of_a_number_is_refused_and_the_level_stays() -> Result<(), genlock::Error> {
//!     let mut lamp = lamp::element("lamp 1", Driver { refused: 0 })
//!         .connection(connections::LINK, |link| link.host("ws://127.0.0.1").port(8050))
//!         .simulate()?;
//!     lamp.accept(connections::LINK); // the peer answers the opening request
//!     lamp.receive(connections::LINK, "75");
//!     lamp.receive(connections::LINK, "bright");
//!     assert_eq!(lamp.get(params::LEVEL), Some(75.0));
//!     assert_eq!(lamp.state().refused, 1);
//!     Ok(())
//! }
//! # a_word_instead_of_a_number_is_refused_and_the_level_stays().unwrap();
//!
//! // #[test]
//! fn after_a_cut_it_comes_back() -> Result<(), genlock::Error> {
//!     let mut lamp = lamp::element("lamp 1", Driver { refused: 0 })
//!         .connection(connections::LINK, |link| link.host("ws://127.0.0.1").port(8050))
//!         .simulate()?;
//!     lamp.accept(connections::LINK);
//!     lamp.cut(connections::LINK); // the cable is pulled
//!     lamp.advance(Duration::from_secs(1)); // the first wait is no longer than that
//!     lamp.accept(connections::LINK);
//!     lamp.receive(connections::LINK, "20");
//!     assert_eq!(lamp.get(params::LEVEL), Some(20.0));
//!     Ok(())
//! }
//! # after_a_cut_it_comes_back().unwrap();
//! ```
//!
//! # What to look at
//!
//! [`get`](crate::sim::Simulation::get) reads parameters, [`state`](crate::sim::Simulation::state) the hooks' state, and
//! [`take_trace`](crate::sim::Simulation::take_trace) everything that happened, as the lines of JSON that `genlock simulate`
//! prints: which trigger ran which action, what was sent, what matched. Comparing a whole trace with a file holds a driver
//! to all of it at once.
//!
//! # Faults
//!
//! [`fault`](crate::sim::Simulation::fault) takes a [`Fault`](crate::sim::Fault): a server that refuses, one that accepts
//! and says nothing, one that restarts, a link that loses what is sent.
//!
//! # A connector alone
//!
//! Without hooks of your own, a script is enough: `genlock simulate lamp.xml --script script.jsonl`, or
//! [`simulate`](crate::sim::simulate) from Rust. A live run can be [recorded](crate::ElementBuilder::record) and replayed from
//! its inputs, also without your code and without the device: what went wrong at a customer's site at night
//! is a file that can be run again.
