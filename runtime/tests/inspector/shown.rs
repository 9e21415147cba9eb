//! What a browser is shown, and what it is not.

use std::time::Duration;

use genlock::Value;
use serde_json::Value as Json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{get, page};

#[tokio::test]
async fn texts_of_connectors_are_data_and_never_markup() {
    let (page, _element) = page().await;
    let index = get(&page, "/", "").await;
    assert!(!index.body.contains("alert"), "the page itself has nothing of an element in it");
    for header in [
        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'",
        "x-content-type-options: nosniff",
        "x-frame-options: deny",
        "referrer-policy: no-referrer",
        "cross-origin-resource-policy: same-origin",
        "cache-control: no-store",
    ] {
        assert!(index.head.contains(header), "{header}");
    }
    assert!(!index.head.contains("unsafe"));
    let model = get(&page, "/api/elements/0/model", "").await;
    assert!(model.head.contains("content-type: application/json"), "{}", model.head);
    let model: Json = serde_json::from_str(&model.body).unwrap();
    assert_eq!(model["name"], "\"<b>");
    assert_eq!(model["pages"]["fields"][0]["caption"], "<script>alert(1)</script>");
    assert_eq!(get(&page, "/assets/..%2f..%2fmod.rs", "").await.status, 404);
    // No script of the page makes markup of a text.
    for script in ["main.js", "dom.js", "field.js", "entry.js", "pages.js", "logs.js", "element.js", "list.js"] {
        let body = get(&page, &format!("/assets/{script}"), "").await.body;
        for maker in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!body.contains(maker), "{script} has {maker}");
        }
    }
}

#[tokio::test]
async fn a_password_never_reaches_a_browser() {
    let (page, element) = page().await;
    let mut socket = TcpStream::connect(page.address()).await.unwrap();
    let request = format!("GET /api/elements/0/live HTTP/1.1\r\nHost: {}\r\n\r\n", page.address());
    socket.write_all(request.as_bytes()).await.unwrap();
    element.set(2, Value::Text("hunter2".into())).await.unwrap();
    element.set(3, Value::Text("the end".into())).await.unwrap();
    let mut told = String::new();
    while !told.contains("the end") {
        let mut chunk = [0; 4096];
        let read = tokio::time::timeout(Duration::from_secs(10), socket.read(&mut chunk)).await.unwrap().unwrap();
        told.push_str(std::str::from_utf8(&chunk[..read]).unwrap());
    }
    assert!(told.contains("text/event-stream") && told.contains("event: state"), "{told}");
    let state = get(&page, "/api/elements/0/model", "").await.body;
    assert!(!told.contains("hunter2") && !state.contains("hunter2"), "{told}");
}

#[tokio::test]
async fn a_page_that_is_stopped_lets_its_browsers_go() {
    let (page, _element) = page().await;
    let address = page.address();
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /api/elements/0/live HTTP/1.1\r\nHost: {address}\r\n\r\n");
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut first = [0; 64];
    assert!(socket.read(&mut first).await.unwrap() > 0);
    tokio::time::timeout(Duration::from_secs(10), page.stop()).await.unwrap();
    let mut rest = Vec::new();
    tokio::time::timeout(Duration::from_secs(10), socket.read_to_end(&mut rest)).await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "the page is still served");
}
