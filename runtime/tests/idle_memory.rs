//! What an element keeps in memory while it waits: buffers of tungstenite included, one with a plain WebSocket stays below
//! 32 KiB. `cargo bench -p genlock-benches --bench elements` shows the figures of the other connections.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails where something is not there")]
#![expect(clippy::disallowed_methods, reason = "the bound on a test is not the engine's")]

use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use genlock::{ConnectionState, HookResult};
use tokio_tungstenite::tungstenite::{Message, WebSocket, accept};

mod normal {
    genlock::include_protocol!("../examples/nmos/normal.xml");
}

const LINK: genlock::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;

/// What an element may keep.
const ALLOWED: i64 = 32 << 10;

/// How many elements are measured together.
const ELEMENTS: u16 = 16;

/// How many messages each of them gets: together they fill more than one read.
const MESSAGES: u64 = 100;

/// Counts messages, and clears them as the use case does.
struct Count(u64);

impl normal::QActions for Count {
    fn parse_response(cx: &mut normal::Context<'_, Self>) -> HookResult {
        cx.state.0 += 1;
        cx.check_trigger(normal::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }
}

/// Takes so many clients and sends each of them the messages; what it allocates is that of a thread of its own.
fn serve(listener: &TcpListener, clients: u16) -> Vec<WebSocket<TcpStream>> {
    let client = |_| {
        let mut socket = accept(listener.accept().unwrap().0).unwrap();
        (0..MESSAGES).for_each(|_| socket.send(Message::text("x".repeat(350))).unwrap());
        socket
    };
    (0..clients).map(client).collect()
}

async fn elements(port: u16, count: u16) -> Vec<normal::Element> {
    let mut elements = Vec::with_capacity(count.into());
    for _ in 0..count {
        let element = normal::element("idle", Count(0)).connection(LINK, |link| link.host("ws://127.0.0.1").port(port));
        let element = element.start().await.unwrap();
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        while element.counters().await.unwrap().messages_received < MESSAGES {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        elements.push(element);
    }
    elements
}

#[test]
fn an_idle_element_with_a_plain_websocket_keeps_less_than_32_kib() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || serve(&listener, 1 + ELEMENTS));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let bounded = async |count| tokio::time::timeout(Duration::from_secs(120), elements(port, count)).await;
    // The first one makes what all share.
    let first = runtime.block_on(bounded(1)).expect("nothing hangs");
    let mut idle = Vec::new();
    let kept = allocation_counter::measure(|| {
        idle = runtime.block_on(bounded(ELEMENTS)).expect("nothing hangs");
    });
    let each = kept.bytes_current / i64::from(ELEMENTS);
    assert!(each < ALLOWED, "an idle element keeps {each} bytes, {ALLOWED} are allowed");
    assert!(each > 8 << 10, "{each} bytes cannot be all: something was not counted");
    drop((first, idle, server));
}
