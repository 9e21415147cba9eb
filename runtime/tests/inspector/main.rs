//! The page of running elements, asked over loopback as browsers ask, and as others do.
#![cfg(feature = "inspector")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails where something is not there, or does not come"
)]

mod asked_by;
mod sets;
mod shown;

use std::time::Duration;

use genlock::inspector::{Inspector, Settings, serve};
use genlock::{AnyElement, Connector};
use genlock_codegen::{Options, SourceSet, compile};
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
