//! Running many elements in one process.
//!
//! A [`Host`](crate::Host) keeps elements of whichever connectors: it starts them apart in time, finds them by name,
//! lists their states and stops them together.
//!
//! ```no_run
//! # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
//! # mod camera { genlock::include_protocol!("docs/lamp.xml"); }
//! # struct Lamp;
//! # struct Camera;
//! # impl lamp::QActions for Lamp {
//! #     fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult { Ok(()) }
//! # }
//! # impl camera::QActions for Camera {
//! #     fn parse_answer(_: &mut camera::Context<'_, Self>) -> genlock::HookResult { Ok(()) }
//! # }
//! use std::time::Duration;
//!
//! use genlock::host::{Defaults, HostedState, Planned};
//! use genlock::{Host, Proxy};
//!
//! # async fn example() -> Result<(), genlock::Error> {
//! // What all connections have in common, unless an element says otherwise.
//! let defaults = Defaults::default().connections(|link| link.timeout(Duration::from_secs(2)).proxy(Proxy::none()));
//! let host = Host::new(defaults);
//!
//! // Two hundred devices are not asked all at once, but one each tenth of a second.
//! let lamps = (1..=190).map(|number| {
//!     let lamp = lamp::element(format!("lamp {number}"), Lamp);
//!     Planned::from(lamp.connection(lamp::connections::LINK, |link| link.host(format!("ws://10.0.0.{number}"))))
//! });
//! let cameras = (1..=10).map(|number| {
//!     let camera = camera::element(format!("camera {number}"), Camera);
//!     camera.connection(camera::connections::LINK, |link| link.host(format!("ws://10.0.1.{number}"))).into()
//! });
//! for error in host.start_all(Duration::from_secs(20), lamps.chain(cameras)).await {
//!     eprintln!("{error}"); // this one did not start; the others run
//! }
//!
//! // The list asks no element, so none can hold it up.
//! for hosted in host.list() {
//!     match hosted.state {
//!         HostedState::Started(status) => println!("{}: {:?}", hosted.name, status.state),
//!         state => println!("{}: {state:?}", hosted.name),
//!     }
//! }
//!
//! if let Some(lamp) = host.get::<lamp::Protocol>("lamp 7") {
//!     lamp.set(lamp::params::LEVEL, 50).await?; // typed, as the one that `start` gives
//! }
//! host.stop_all().await
//! # }
//! ```
//!
//! # What they share
//!
//! Elements of one connector share its tables and names, and all elements share the threads of tokio. Nothing else: each
//! is a task of its own, with its own state, sockets and mailbox.
//!
//! * A hook that panics or fails ends its own run (QA-34).
//! * A start that fails is an error of its element, and stays in the list as [`HostedState::Failed`].
//! * A device that cannot be reached is tried again at growing, jittered waits, so many that come back do not come at
//!   the same moment (BEY-01).
//! * A hook that blocks, blocks its element and one of tokio's threads. Past 100 ms it is reported (BEY-33). What has to
//!   wait belongs into an `async` hook (`options="queued"`) or a thread of its own; a runtime with one thread only
//!   (`flavor = "current_thread"`) has none to spare.
//! * [`Host::stop_all`](crate::Host::stop_all) does not wait for a hook that does not return for longer than
//!   [`Defaults::stop_time`](crate::host::Defaults::stop_time).
//!
//! # How many
//!
//! An idle element of the reference driver with an open WebSocket takes less than 32 KiB, the buffers of its socket
//! included; a thousand of them against one server are a test of this crate. Each connection is one file of the
//! process: the usual limit of 1,024 open files is the first that many elements meet (`ulimit -n`).
//!
//! [`HostedState::Failed`]: crate::host::HostedState::Failed
