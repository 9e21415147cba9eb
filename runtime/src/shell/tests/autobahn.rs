//! The client that `cargo xtask autobahn` runs the Autobahn test suite against: the socket of an element, echoing.
//!
//! It is a [`Link`], so everything below the engine is under test: dialling, the opening handshake, compression, frames,
//! the closing handshake. An engine above it would turn messages into parameters, and texts could not be told from bytes.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{Connection, MessageType};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::engine::destination::Destination;
use crate::engine::header_line::HeaderLine;
use crate::engine::opening::OpeningRequest;
use crate::shell::link::{Happened, Link};
use crate::shell::{Dial, dial};
use crate::ws::{Limits, Network};
use crate::{ConnectionSettings, Proxy, Reason};

/// The longest cases take a minute or two on a machine with nothing else to do.
const LONGEST_CASE: Duration = Duration::from_secs(900);

/// How many cases run at a time. Many of them only wait for a second to pass.
const AT_A_TIME: usize = 3;

/// What the handshake session of `nmos.xml` offers.
const EXTENSIONS: &str = "permessage-deflate; client_max_window_bits";

/// A server of the suite.
#[derive(Clone)]
struct Suite {
    dial: Dial,
    port: u16,
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the Autobahn test suite: cargo xtask autobahn"]
async fn every_case_of_the_suite_is_run() {
    let port = std::env::var("GENLOCK_AUTOBAHN_PORT").expect("cargo xtask autobahn names the port").parse().unwrap();
    let settings = ConnectionSettings::default().proxy(Proxy::none());
    let suite = Suite { dial: dial(Network::new(&Connection::BLANK, &settings).unwrap()), port };
    let count = suite.session("/getCaseCount", false).await;
    let count: u32 = std::str::from_utf8(&count[0]).unwrap().parse().unwrap();
    let mut running = JoinSet::new();
    for case in 1..=count {
        if running.len() == AT_A_TIME {
            running.join_next().await.unwrap().unwrap();
        }
        let suite = suite.clone();
        running.spawn(async move { suite.session(&format!("/runCase?case={case}&agent=genlock"), true).await });
        if case % 50 == 0 {
            println!("{case} of {count} cases");
        }
    }
    while let Some(ended) = running.join_next().await {
        ended.unwrap();
    }
    suite.session("/updateReports?agent=genlock", false).await;
}

impl Suite {
    /// Opens a WebSocket, sends every message back if it is to, and gives what came when the connection has ended.
    async fn session(&self, path: &str, echo: bool) -> Vec<Bytes> {
        let mut link = Link::new(self.dial.clone(), Limits::default());
        link.open(1, self.request(path), tracing::Span::none());
        let mut messages = Vec::new();
        let mut waiting: VecDeque<(MessageType, Bytes)> = VecDeque::new();
        let mut under_way = false;
        loop {
            // The engine, too, hands over one message at a time.
            if !under_way && let Some((kind, data)) = waiting.pop_front() {
                link.send(kind, data);
                under_way = true;
            }
            let happened = timeout(LONGEST_CASE, poll_fn(|cx| link.poll(cx))).await;
            match happened.unwrap_or_else(|_| panic!("{path} has come to a stop")) {
                Happened::Text(text) if echo => waiting.push_back((MessageType::Text, text.into_bytes())),
                Happened::Binary(data) if echo => waiting.push_back((MessageType::Binary, data)),
                Happened::Text(text) => messages.push(text.into_bytes()),
                Happened::Binary(data) => messages.push(data),
                Happened::Sent => under_way = false,
                Happened::Opened(_) | Happened::Pong => {}
                Happened::Lost(Reason::Network(_) | Reason::Protocol { .. } | Reason::ClosedByPeer { .. }) => {
                    return messages;
                }
                other => panic!("{path}: {other:?}"),
            }
        }
    }

    fn request(&self, path: &str) -> OpeningRequest {
        let key = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455, section 1.3
        let host = format!("127.0.0.1:{}", self.port);
        let headers = [
            ("Host", &*host),
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", key),
            ("Sec-WebSocket-Extensions", EXTENSIONS),
        ];
        OpeningRequest {
            to: Destination {
                secure: false,
                host: "127.0.0.1".into(),
                port: self.port,
                proxy: None,
                certificate: false,
            },
            path: path.into(),
            path_is_secret: false,
            headers: headers.map(|(name, value)| HeaderLine::new(name, value)).into(),
            key: key.into(),
        }
    }
}
