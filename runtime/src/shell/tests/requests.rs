//! HTTP requests over loopback: a server by hand that notes what it is asked.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::connectors::details::{self, connections, params};
use crate::{HookResult, Proxy};

/// Notes the details that come.
struct Notes;

impl details::QActions for Notes {
    fn resource_changed(_: &mut details::Context<'_, Self>) -> HookResult {
        Ok(())
    }

    fn take_details(_: &mut details::Context<'_, Self>) -> HookResult {
        Ok(())
    }
}

type Element = details::Element;

/// An element whose requests go to `port`; its WebSocket finds nobody.
async fn element(port: u16) -> Element {
    element_beside(9, port).await
}

/// An element whose requests go to `port`, and its WebSocket to another one.
async fn element_beside(changes: u16, port: u16) -> Element {
    let element = details::element("device", Notes)
        .connection(connections::CHANGES, |c| c.host("ws://127.0.0.1").port(changes).proxy(Proxy::none()))
        .connection(connections::DETAILS, |c| {
            c.host("http://127.0.0.1").port(port).proxy(Proxy::none()).message_limit(1000)
        })
        .start()
        .await
        .unwrap();
    element.set(params::RESOURCE_PATH, "x").await.unwrap();
    element
}

/// The next request is answered with this status line.
#[cfg(feature = "prometheus")]
async fn answered(listener: &TcpListener, element: &Element, status: &str) {
    element.check_trigger(details::triggers::READ_DETAILS).await.unwrap();
    let (mut stream, _) = listener.accept().await.unwrap();
    asked(&mut stream).await;
    stream.write_all(format!("{status}\r\nContent-Length: 0\r\n\r\n").as_bytes()).await.unwrap();
    let mut told = element.watch(params::DETAILS_STATUS);
    let told = timeout(Duration::from_secs(20), told.wait_for(|told| *told == *status)).await;
    told.expect("in time").unwrap();
}

/// The head of the next request.
async fn asked(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// Asks once; what the parameter of the status line is told.
async fn ask(element: &Element) -> String {
    let mut status = element.watch(params::DETAILS_STATUS);
    element.check_trigger(details::triggers::READ_DETAILS).await.unwrap();
    let changed = timeout(Duration::from_secs(20), status.wait_for(|status| !status.is_empty())).await;
    changed.expect("in time").unwrap().to_string()
}

#[tokio::test]
async fn http_02_12_13_a_request_has_its_own_connection_and_its_answer_is_unpacked() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let element = element(listener.local_addr().unwrap().port()).await;
    // `body`, by gzip.
    let packed = data_encoding::HEXLOWER.decode(b"1f8b08000000000002ff4bca4fa90400b20ba8db04000000").unwrap();
    let served = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let head = asked(&mut stream).await;
        let answer = format!(
            "HTTP/1.1 200 Fine\r\nETag: \"1\"\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            packed.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
        stream.write_all(&packed).await.unwrap();
        let end = timeout(Duration::from_secs(20), stream.read(&mut [0; 8])).await;
        assert_eq!(end.expect("closed in time").unwrap(), 0, "the connection ends with the session");
        head
    };
    let (head, status) = tokio::join!(served, ask(&element));
    assert!(head.starts_with("GET /x HTTP/1.1\r\nHost: 127.0.0.1:"), "{head}");
    for line in ["Accept: application/json", "Accept-Encoding: gzip, deflate", "User-Agent: DataMiner/1.0"] {
        assert!(head.contains(&format!("\r\n{line}\r\n")), "{line}: {head}");
    }
    assert_eq!(status, "HTTP/1.1 200 Fine");
    assert_eq!(element.get(params::DETAILS_E_TAG).await.unwrap().as_deref(), Some("\"1\""));
    assert_eq!(element.get(params::RESOURCE_DETAILS).await.unwrap().as_deref(), Some("body"));
    element.stop().await.unwrap();
}

#[cfg(feature = "prometheus")]
#[test]
fn requests_are_counted_and_their_connection_is_none_that_is_down() {
    let recorder = crate::metrics::recorder();
    let handle = recorder.handle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let page = ::metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let element = element(listener.local_addr().unwrap().port()).await;
            for status in ["HTTP/1.1 200 Fine", "HTTP/1.1 204 Empty", "HTTP/1.1 503 Busy"] {
                answered(&listener, &element, status).await;
            }
            element.get(params::DETAILS_STATUS).await.unwrap(); // what it has counted is told by now
            handle.render()
        })
    });
    for line in [
        r#"genlock_requests_total{element="device"} 3"#,
        r#"genlock_failed_requests_total{element="device"} 1"#,
        r#"genlock_connection_up{element="device",connection="Changes"} 0"#,
    ] {
        assert!(page.lines().any(|found| found == line), "{line} is not in\n{page}");
    }
    assert!(!page.contains(r#"connection="Details""#), "what is opened for each session has no state:\n{page}");
}

#[tokio::test]
async fn http_21_what_goes_wrong_is_told_in_a_few_words() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for (answer, told) in [
        ("", "connection lost"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "connection lost"),
        ("this is no HTTP\r\n\r\n", "bad answer"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", "bad answer"),
    ] {
        let element = element(port).await;
        let served = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            asked(&mut stream).await;
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        };
        let ((), status) = tokio::join!(served, ask(&element));
        assert_eq!(status, told, "{answer:?}");
        element.stop().await.unwrap();
    }
    drop(listener);
    let element = element(port).await;
    assert_eq!(ask(&element).await, "connect failed");
    assert_eq!(element.counters().await.unwrap().requests_sent, 2, "HTTP-18: a retry");
    element.stop().await.unwrap();
}

/// Writes messages as long as anybody takes them.
async fn flood(listener: TcpListener) {
    let stream = listener.accept().await.unwrap().0;
    let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
    let messages = [&[0x81, 10][..], &[b'x'; 10]].concat().repeat(5_000);
    while socket.get_mut().write_all(&messages).await.is_ok() {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_on_a_websocket_does_not_hold_up_an_answer_over_http() {
    let [changes, listener] =
        [TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap()];
    let [to, port] = [&changes, &listener].map(|listener| listener.local_addr().unwrap().port());
    let flooding = tokio::spawn(flood(changes));
    let element = element_beside(to, port).await;
    let mut message = element.watch(params::CHANGED_RESOURCE);
    timeout(Duration::from_secs(20), message.wait_for(|_| true)).await.expect("in time").unwrap();
    let served = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        asked(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 Fine\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        stream
    };
    let (_stream, status) = tokio::join!(served, ask(&element));
    assert_eq!(status, "HTTP/1.1 200 Fine");
    element.stop().await.unwrap();
    flooding.await.unwrap();
}
