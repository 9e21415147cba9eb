//! The page of running elements, asked over loopback as browsers ask, and as others do.
#![cfg(feature = "inspector")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails where something is not there, or does not come"
)]

use std::time::Duration;

use genlock::inspector::{Elements, Inspector, InspectorError, Settings, serve};
use genlock::{AnyElement, Connector, Value};
use genlock_codegen::{Options, SourceSet, compile};
use serde_json::Value as Json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const XML: &str = r#"<Protocol><Name>Page</Name><Version>1.0.0.1</Version>
    <ElementType>Page</ElementType>
    <Connections><Connection id="0" name="None"><Virtual/></Connection></Connections>
    <Params>
        <Param id="1"><Name>Level</Name><Description>&lt;script&gt;alert(1)&lt;/script&gt;</Description><Type>write</Type><Interprete><RawType>numeric text</RawType><Type>double</Type>
            <LengthType>next param</LengthType></Interprete>
            <Display><RTDisplay>true</RTDisplay><Range><Low>0</Low><High>10</High></Range></Display>
            <Measurement><Type>number</Type></Measurement></Param>
        <Param id="2"><Name>Key</Name><Description>Key</Description><Type>write</Type><Interprete><RawType>other</RawType><Type>string</Type>
            <LengthType>next param</LengthType></Interprete>
            <Display><RTDisplay>true</RTDisplay></Display>
            <Measurement><Type options="password">string</Type></Measurement></Param>
        <Param id="3"><Name>Shown</Name><Type>read</Type><Interprete><RawType>other</RawType><Type>string</Type>
            <LengthType>next param</LengthType></Interprete></Param>
    </Params></Protocol>"#;
const TOKEN: &str = "a token that nobody guesses";
const OWN: &str = "X-Genlock: 1\r\nContent-Type: application/json\r\n";

async fn element() -> AnyElement {
    let output = compile(&SourceSet::new("page.xml", XML), &Options::default());
    let faults: Vec<String> = output.errors().map(|fault| fault.message.clone()).collect();
    let tables = output.spec.unwrap_or_else(|| panic!("{faults:?}"));
    Connector::new(tables).pages(output.pages.to_json()).element("\"<b>").start().await.unwrap()
}

async fn page() -> (Inspector, AnyElement) {
    let element = element().await;
    (serve("127.0.0.1:0", [element.clone()]).await.unwrap(), element)
}

async fn guarded(settings: Settings) -> Inspector {
    settings.serve("127.0.0.1:0", [element().await]).await.unwrap()
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// One request with its `Host`, unless `headers` begins with one.
async fn ask(page: &Inspector, request: &str, headers: &str, body: &str) -> Answer {
    let mut socket = TcpStream::connect(page.address()).await.unwrap();
    let host = if headers.starts_with("Host:") { String::new() } else { format!("Host: {}\r\n", page.address()) };
    let length = body.len();
    let text =
        format!("{request} HTTP/1.1\r\n{headers}{host}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    socket.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(20), socket.read_to_end(&mut answer)).await.unwrap().unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

async fn get(page: &Inspector, path: &str, headers: &str) -> Answer {
    ask(page, &format!("GET {path}"), headers, "").await
}

async fn set(page: &Inspector, pid: u32, headers: &str, body: &str) -> Answer {
    ask(page, &format!("POST /api/elements/0/params/{pid}"), headers, body).await
}

#[tokio::test]
async fn other_machines_are_let_in_with_a_token_alone() {
    let refused = serve("0.0.0.0:0", Elements::default()).await.unwrap_err();
    assert!(matches!(refused, InspectorError::NeedsToken { .. }), "{refused}");
    assert!(refused.to_string().contains("token(…)"), "{refused}");
    let weak = Settings::default().token("short").serve("127.0.0.1:0", Elements::default()).await.unwrap_err();
    assert!(matches!(weak, InspectorError::WeakToken { length: 5, .. }), "{weak}");
    let open = Settings::default().token(TOKEN).serve("0.0.0.0:0", Elements::default()).await.unwrap();
    assert!(open.needs_token() && open.url().starts_with("http://127.0.0.1:"));
    assert!(!format!("{:?}", Settings::default().token(TOKEN)).contains(TOKEN));
}

#[tokio::test]
async fn names_of_others_that_point_here_are_refused() {
    let (page, _element) = page().await;
    for host in ["evil.example", "localhost.evil.example", "10.0.0.1", "[2001:db8::1]:80"] {
        assert_eq!(get(&page, "/", &format!("Host: {host}\r\n")).await.status, 403, "{host}");
    }
    for host in ["localhost", "127.0.0.1:1", "[::1]"] {
        assert_eq!(get(&page, "/", &format!("Host: {host}\r\n")).await.status, 200, "{host}");
    }
    let named = guarded(Settings::default().host("Driver.example")).await;
    assert_eq!(get(&named, "/api/elements", "Host: driver.example\r\n").await.status, 200);
}

#[tokio::test]
async fn pages_of_other_sites_neither_see_nor_change_anything() {
    let (page, element) = page().await;
    let body = r#"{"text":"5"}"#;
    let foreign = [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
    ];
    for headers in foreign {
        assert_eq!(set(&page, 1, &format!("{OWN}{headers}"), body).await.status, 403, "{headers}");
        assert_eq!(get(&page, "/api/elements", headers).await.status, 403, "{headers}");
    }
    // A form of another site can send neither the header nor this content type.
    assert_eq!(set(&page, 1, "Content-Type: application/json\r\n", body).await.status, 403);
    assert_eq!(set(&page, 1, "X-Genlock: 1\r\nContent-Type: text/plain\r\n", body).await.status, 415);
    assert_eq!(element.get(1).await.unwrap(), None);
    let own = format!("{OWN}Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", page.address());
    assert_eq!(set(&page, 1, &own, body).await.status, 204);
    assert_eq!(element.get(1).await.unwrap(), Some(Value::Number(5.0)));
}

#[tokio::test]
async fn a_token_is_asked_for_and_traded_for_a_cookie() {
    let page = guarded(Settings::default().token(TOKEN).text("/metrics", || "one 1\n".to_owned())).await;
    for path in ["/api/elements", "/api/elements/0/model", "/api/elements/0/live", "/metrics", "/nothing"] {
        assert_eq!(get(&page, path, "").await.status, 401, "{path}");
        assert_eq!(get(&page, path, "Authorization: Bearer a token that nobody guesse5\r\n").await.status, 401);
    }
    assert_eq!(get(&page, "/", "").await.status, 200);
    assert_eq!(get(&page, "/metrics", &format!("Authorization: Bearer {TOKEN}\r\n")).await.body, "one 1\n");

    let wrong = ask(&page, "POST /api/session", OWN, r#"{"token":"another"}"#).await;
    assert!(wrong.status == 401 && !wrong.head.contains("set-cookie"), "{}", wrong.head);
    let right = ask(&page, "POST /api/session", OWN, &format!(r#"{{"token":"{TOKEN}"}}"#)).await;
    assert_eq!(right.status, 204);
    let cookie = right.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    assert!(cookie.contains("; httponly; samesite=strict") && !cookie.contains("nobody"), "{cookie}");
    let pair = cookie.split(';').next().unwrap();
    assert_eq!(get(&page, "/api/elements", &format!("Cookie: a=b; {pair}\r\n")).await.status, 200);
    assert_eq!(get(&page, "/api/elements", &format!("Cookie: {pair}0\r\n")).await.status, 401);
}

#[tokio::test]
async fn a_set_is_that_of_an_operator_and_the_engine_answers() {
    let (page, element) = page().await;
    let high = set(&page, 1, OWN, r#"{"text":"11"}"#).await;
    assert!(high.status == 422 && high.body.contains("enter at most 10"), "{}", high.body);
    assert_eq!(set(&page, 1, OWN, r#"{"text":"loud"}"#).await.status, 422);
    assert_eq!(set(&page, 1, OWN, r#"{"value":"7"}"#).await.status, 204);
    assert_eq!(element.get(1).await.unwrap(), Some(Value::Number(7.0)));
    // PARAM-148
    let read = set(&page, 3, OWN, r#"{"text":"x"}"#).await;
    assert!(read.status == 422 && read.body.contains("no write parameter"), "{}", read.body);
    assert_eq!(set(&page, 99, OWN, r#"{"text":"x"}"#).await.status, 404);
    assert!(set(&page, 1, OWN, "{").await.status >= 400);
    assert_eq!(set(&page, 2, OWN, &format!(r#"{{"text":"{}"}}"#, "x".repeat(70_000))).await.status, 413);
    assert_eq!(ask(&page, "POST /api/elements/0/connections/5/reconnect", OWN, "").await.status, 404);
    element.stop().await.unwrap();
    assert_eq!(set(&page, 1, OWN, r#"{"text":"1"}"#).await.status, 409);
    let list: Json = serde_json::from_str(&get(&page, "/api/elements", "").await.body).unwrap();
    assert_eq!(list["elements"][0]["state"], "stopped");
}

#[tokio::test]
async fn a_read_only_page_sets_nothing() {
    let page = guarded(Settings::default().read_only(true)).await;
    assert_eq!(set(&page, 1, OWN, r#"{"text":"1"}"#).await.status, 403);
    assert_eq!(ask(&page, "POST /api/elements/0/connections/0/reconnect", OWN, "").await.status, 403);
    let model: Json = serde_json::from_str(&get(&page, "/api/elements/0/model", "").await.body).unwrap();
    assert_eq!(model["readOnly"], true);
}

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
