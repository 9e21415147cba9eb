//! A first driver in five minutes.
//!
//! You need Rust, and a connector file. The quickest way is the command `genlock`, which writes a crate around a file,
//! with a stub for each of its QActions:
//!
//! ```text
//! genlock new lamp.xml lamp-driver
//! cd lamp-driver
//! cargo run
//! ```
//!
//! By hand it is three steps.
//!
//! # 1. A crate
//!
//! ```text
//! cargo new lamp-driver
//! cd lamp-driver
//! cargo add genlock
//! cargo add tokio --features rt-multi-thread,macros
//! ```
//!
//! The connector file goes beside `Cargo.toml`.
//!
//! # 2. The file becomes a module
//!
//! [`include_protocol!`](crate::include_protocol) compiles the file. What it declares becomes names and types in your module:
//! `params::LEVEL` is a number because the file says `<Type>double</Type>`, `values::Power` is an enum because the file
//! lists discreets. Your editor shows the description, the unit and the line of the XML with each.
//!
//! A fault in the file is a compile error at its line:
//!
//! ```text
//! error[GL0412]: parameter 40 is not declared
//!   --> lamp.xml:91:12
//!    |
//! 91 |                 <Param>40</Param>
//!    |                        ^^
//!    |
//!    = at: Protocol/Responses/Response[@id=1]/Content/Param
//!    = help: add `<Param id="40">` or change the id; parameters declared here: 1, 2, 3, 4
//! ```
//!
//! # 3. Your code
//!
//! A file may have QActions: code that runs when a parameter changes. Each is a function of the trait `QActions`, and
//! the compiler says which are missing. Here, whatever the lamp answers is its brightness.
//!
//! ```
//! mod lamp {
//!     genlock::include_protocol!("docs/lamp.xml");
//! }
//! use lamp::{connections, pairs, params};
//!
//! /// What the hooks of one element keep between two runs.
//! struct Driver {
//!     answers: u64,
//! }
//!
//! impl lamp::QActions for Driver {
//!     /// `<QAction id="2" name="Parse Answer" triggers="2">`: runs when parameter 2 changes.
//!     fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
//!         let Some(answer) = cx.get(params::ANSWER) else { return Ok(()) };
//!         cx.state.answers += 1;
//!         cx.set(params::LEVEL, answer.parse::<f64>()?)
//!     }
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), genlock::Error> {
//! #   let port = device().await;
//! #   /*
//!     let port = 8050;
//! #   */
//!     // An element is one device: its settings, then its start.
//!     let element = lamp::element("lamp 1", Driver { answers: 0 })
//!         .connection(connections::LINK, |link| link.host("ws://127.0.0.1").port(port))
//!         .start()
//!         .await?;
//!
//!     // Asks as soon as the socket is open, and waits until the hook has set the level.
//!     element.watch(connections::LINK).wait_for(|link| link.state == genlock::ConnectionState::Open).await?;
//!     element.send(pairs::ASK).request("level").await?;
//!     let level = element.watch(params::LEVEL).wait_for(|level| *level > 0.0).await?;
//!     println!("the lamp is at {level} %");
//! #   assert!((level - 75.0).abs() < f64::EPSILON);
//!
//!     element.stop().await
//! }
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/device.rs"));
//! ```
//!
//! The rest is done: the socket is opened, kept alive, and opened again when it is lost; the response is matched; the
//! parameters change; triggers, timers and groups run as the file says.
//!
//! # Where to go on
//!
//! * [`use_cases`](super::use_cases): the address and the handshake.
//! * [`parameters_and_pairs`](super::parameters_and_pairs): everything that an element answers.
//! * [`testing`](super::testing): the same driver in a test, without a device.
