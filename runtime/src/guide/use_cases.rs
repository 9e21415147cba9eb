//! The four use cases of a WebSocket, and which to choose.
//!
//! Two questions decide. *Who knows the address?* The operator, when the element is made; or a parameter, because it
//! changes while the element runs. *What does the opening request say?* Scheme, host, port and path alone; or a path
//! and headers that parameters hold, such as a token or an extension that the device wants to be offered.
//!
//! | | default handshake | custom handshake |
//! |---|---|---|
//! | address from the settings | 1 plain | 3 |
//! | address from a parameter | 2 dynamic IP | 4 |
//!
//! A file chooses by what it declares; your code only gives the address. In all four cases the driver reconnects by
//! itself; the [operation](super::operation) page has the waits.
//!
//! # 1. Plain
//!
//! The connection says that it is a WebSocket, and which parameter tells its status:
//!
//! ```xml
//! <Connection id="1" name="WebSocket Connection">
//!     <Http>
//!         <CommunicationOptions>
//!             <WebSocket>true</WebSocket>
//!             <NotifyConnectionPIDs><Connections>7</Connections></NotifyConnectionPIDs>
//!         </CommunicationOptions>
//!     </Http>
//! </Connection>
//! ```
//!
//! Host, port, and if wanted the path, are settings of the element:
//!
#![cfg_attr(feature = "sim", doc = "```")]
#![cfg_attr(not(feature = "sim"), doc = "```ignore")]
//! mod nmos {
//!     genlock::include_protocol!("../examples/nmos/normal.xml");
//! }
//! use nmos::connections::WEB_SOCKET_CONNECTION;
//! # struct Driver;
//! # impl nmos::QActions for Driver {
//! #     fn parse_response(_: &mut nmos::Context<'_, Self>) -> genlock::HookResult { Ok(()) }
//! # }
//! # fn main() -> Result<(), genlock::Error> {
//!
//! let mut element = nmos::element("camera 1", Driver)
//!     .connection(WEB_SOCKET_CONNECTION, |link| link.host("ws://127.0.0.1:8050/x-nmos/events/ws"))
//! #   .simulate()?;
//! # element.advance(std::time::Duration::ZERO);
//! # let first = element.take_trace().iter().map(ToString::to_string).find(|line| line.contains(r#""connect":"#)).unwrap();
//! # assert!(first.contains(r#""url":"ws://127.0.0.1:8050/x-nmos/events/ws""#), "{first}");
//! #   /*
//!     .start()
//!     .await?;
//! #   */
//! # Ok(())
//! # }
//! ```
//!
//! # 2. Dynamic IP
//!
//! A parameter with the option `dynamic ip` and the id of the connection holds the whole address:
//!
//! ```xml
//! <Type options="dynamic ip 1">read</Type>
//! ```
//!
//! As long as it is empty nothing is dialled. Writing it, with the same value too, closes the socket and opens one to
//! what it says now: this is how a driver follows a device that moved.
//!
#![cfg_attr(feature = "sim", doc = "```")]
#![cfg_attr(not(feature = "sim"), doc = "```ignore")]
//! mod nmos {
//!     genlock::include_protocol!("../examples/nmos/dynamic-ip.xml");
//! }
//! use nmos::params::WEBSOCKET_URL;
//! # struct Driver;
//! # impl nmos::QActions for Driver {
//! #     fn parse_response(_: &mut nmos::Context<'_, Self>) -> genlock::HookResult { Ok(()) }
//! # }
//! # fn main() -> Result<(), genlock::Error> {
//!
//! let mut element = nmos::element("camera 1", Driver)
//!     .set(WEBSOCKET_URL, "ws://127.0.0.1:8050/x-nmos/events/ws")
//! #   .simulate()?;
//! # element.accept(nmos::connections::WEB_SOCKET_CONNECTION);
//! # /*
//!     .start()
//!     .await?;
//! # */
//! // Later, when the device has moved; with an element that runs, `.await` it.
//! element.set(WEBSOCKET_URL, "ws://127.0.0.2:8050/x-nmos/events/ws")?;
//! # element.advance(std::time::Duration::from_secs(2));
//! # let trace = element.take_trace().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
//! # assert!(trace.contains(r#""url":"ws://127.0.0.2:8050/x-nmos/events/ws""#), "{trace}");
//! # Ok(())
//! # }
//! ```
//!
//! # 3. Custom handshake
//!
//! The connection names an HTTP session, and the session says what the opening request asks for:
//!
//! ```xml
//! <WebSocketHandshake>25</WebSocketHandshake>
//! …
//! <Session id="25" name="Websocket Handshake">
//!     <Connection id="1">
//!         <Request verb="GET" pid="8">
//!             <Headers>
//!                 <Header key="Sec-WebSocket-Extensions" pid="9"/>
//!             </Headers>
//!         </Request>
//!     </Connection>
//! </Session>
//! ```
//!
//! Parameter 8 is the path, parameter 9 a header. What the protocol of WebSockets needs (`Upgrade`, the key, the
//! version) is added by genlock; a header's value cannot break the request, whatever is set. When the session offers
//! `permessage-deflate` and the device accepts, messages are compressed.
//!
#![cfg_attr(feature = "sim", doc = "```")]
#![cfg_attr(not(feature = "sim"), doc = "```ignore")]
//! mod nmos {
//!     genlock::include_protocol!("../examples/nmos/custom-handshake.xml");
//! }
//! use nmos::{connections, params};
//! # struct Driver;
//! # impl nmos::QActions for Driver {
//! #     fn parse_response(_: &mut nmos::Context<'_, Self>) -> genlock::HookResult { Ok(()) }
//! # }
//! # fn main() -> Result<(), genlock::Error> {
//!
//! let mut element = nmos::element("camera 1", Driver)
//!     .connection(connections::WEB_SOCKET_CONNECTION, |link| link.host("ws://127.0.0.1").port(8050))
//!     .set(params::HANDSHAKE_PATH, "x-nmos/events/v1.0/ws") // the file's default is x-nmos/events/ws
//! #   .simulate()?;
//! # element.advance(std::time::Duration::ZERO);
//! # let first = element.take_trace().iter().map(ToString::to_string).find(|line| line.contains(r#""connect":"#)).unwrap();
//! # assert!(first.contains(r#""url":"ws://127.0.0.1:8050/x-nmos/events/v1.0/ws""#), "{first}");
//! # assert!(first.contains("permessage-deflate; client_max_window_bits"), "{first}");
//! #   /*
//!     .start()
//!     .await?;
//! #   */
//! # Ok(())
//! # }
//! ```
//!
//! # 4. Custom handshake with dynamic IP
//!
//! Both: the session gives path and headers, the dynamic-ip parameter scheme, host and port. Which path wins when both
//! have one, and every other detail, is in chapter CONN of `docs/reference/runtime.md`.
//!
//! # As DataMiner does it
//!
//! DataMiner opens a lost connection again only when the element restarts or the dynamic-ip parameter is written. A driver
//! that must do exactly that is one setting away: [`Reconnect::Documented`](crate::Reconnect::Documented).
