//! A thousand elements of the reference driver in one process.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use allocation_counter::measure;
use genlock::host::Planned;
use genlock::{ConnectionState, Host};

use crate::server::Server;
use crate::{nmos, until};

const ELEMENTS: usize = 1000;
/// What an idle element with an open connection may take, in bytes, also where metrics count and runs can be recorded.
/// The largest part is the buffers of its WebSocket.
const BYTES_PER_ELEMENT: i64 = 32 * 1024;

/// Counts the messages of all elements.
struct Tally(Arc<AtomicUsize>);

impl nmos::QActions for Tally {
    fn subscribe_when_open(cx: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        if cx.get(nmos::params::WEBSOCKET_STATUS) != Some(nmos::values::WebsocketStatus::Open) {
            return Ok(());
        }
        cx.set(nmos::params::SUBSCRIPTION_REQUEST, r#"{"command":"subscription","sources":["camera"]}"#)?;
        cx.check_trigger(nmos::triggers::ON_CHECK_TRIGGER_SUBSCRIBE)
    }

    fn parse_response(cx: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        cx.state.0.fetch_add(1, Ordering::Relaxed);
        cx.set(nmos::params::TALLY, nmos::values::Tally::On)?;
        cx.check_trigger(nmos::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }

    fn compose_health(_: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }
}

fn tally(number: usize, url: &str, messages: &Arc<AtomicUsize>) -> Planned {
    nmos::element(format!("tally {number}"), Tally(Arc::clone(messages))).set(nmos::params::WEBSOCKET_URL, url).into()
}

#[test]
fn a_thousand_elements_run_in_one_process() {
    // Two sockets an element, as both ends are in this process.
    let files = rlimit::increase_nofile_limit(4096).unwrap();
    assert!(files > 2 * ELEMENTS as u64 + 64, "{files} files may be open; allow this process 4096");
    let server = Server::start();
    let (url, messages) = (server.url(), Arc::new(AtomicUsize::new(0)));
    // One thread, so that all that is allocated for the elements is counted, and nothing else.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let host = Host::default();
    let run = measure(|| {
        runtime.block_on(async {
            let elements = (0..ELEMENTS).map(|number| tally(number, &url, &messages));
            let errors = host.start_all(Duration::from_secs(1), elements).await;
            assert_eq!(errors, []);
            until(|| server.open() == ELEMENTS).await;
            server.say(r#"{"message_type":"state","payload":{"value":true}}"#);
            until(|| messages.load(Ordering::Relaxed) == ELEMENTS).await;
        });
    });
    let bytes = run.bytes_current / i64::try_from(ELEMENTS).unwrap();
    println!("{bytes} bytes an element");
    assert!(bytes < BYTES_PER_ELEMENT, "{bytes} bytes an element");

    runtime.block_on(async {
        let list = host.list();
        assert_eq!(list.len(), ELEMENTS);
        for element in host.elements() {
            let status = element.status();
            assert_eq!(status.connections[0].state, ConnectionState::Open);
            assert_eq!(status.connections[0].opened, 1);
        }
        #[cfg(feature = "inspector")]
        assert_eq!(listed_by_the_page(&host).await, ELEMENTS);
        host.stop_all().await.unwrap();
        until(|| server.open() == 0).await;
    });
}

/// How many elements the page lists.
#[cfg(feature = "inspector")]
async fn listed_by_the_page(host: &Host) -> usize {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let page = genlock::inspector::serve("127.0.0.1:0", host).await.unwrap();
    let address = page.address();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET /api/elements HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    page.stop().await;
    (0..ELEMENTS).filter(|number| answer.contains(&format!(r#""tally {number}""#))).count()
}
