//! What `tracing` is told: targets, fields and spans as `genlock::guide::observing` has them.

#![cfg(feature = "sim")]
#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

mod lamp {
    genlock::include_protocol!("docs/lamp.xml");
}

/// Fails on what is no number, and says what it read.
struct Driver;

impl lamp::QActions for Driver {
    fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
        let answer = cx.get(lamp::params::ANSWER).unwrap_or_default();
        cx.log(format_args!("read {answer}"));
        cx.set(lamp::params::LEVEL, answer.parse::<f64>()?)
    }
}

/// Keeps each event as a line, with the spans that it happened in.
#[derive(Clone, Default)]
struct Capture {
    lines: Arc<Mutex<Vec<String>>>,
    spans: Arc<Mutex<BTreeMap<u64, String>>>,
    inside: Arc<Mutex<Vec<u64>>>,
    next: Arc<AtomicU64>,
}

#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("genlock::")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let shown = format!("{}{{{}}}", span.metadata().name(), fields.0.trim_start());
        self.spans.lock().unwrap().insert(id, shown);
        Id::from_u64(id)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let (target, level) = (event.metadata().target(), event.metadata().level());
        let spans = self.spans.lock().unwrap();
        let inside: Vec<&str> = self.inside.lock().unwrap().iter().map(|id| spans.get(id).unwrap().as_str()).collect();
        self.lines.lock().unwrap().push(format!("{} {target} {level}{}", inside.join("/"), fields.0));
    }

    fn enter(&self, span: &Id) {
        self.inside.lock().unwrap().push(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        assert_eq!(self.inside.lock().unwrap().pop(), Some(span.into_u64()), "spans end in their order");
    }
}

impl Capture {
    #[track_caller]
    fn has(&self, expected: &str) {
        let lines = self.lines.lock().unwrap();
        assert!(lines.iter().any(|line| line.contains(expected)), "{expected} is not in\n{}", lines.join("\n"));
    }
}

#[test]
fn each_target_tells_what_the_guide_says() {
    let capture = Capture::default();
    tracing::subscriber::with_default(capture.clone(), || {
        let link = lamp::connections::LINK;
        let lamp = lamp::element("lamp 1", Driver).connection(link, |link| link.host("ws://127.0.0.1"));
        let mut lamp = lamp.simulate().unwrap();
        lamp.accept(link);
        lamp.receive(link, "75");
        lamp.receive(link, "dark");
        lamp.check_trigger(lamp::triggers::ASK_AGAIN).unwrap(); // the command is empty
        lamp.set(lamp::params::REQUEST, "level").unwrap();
        lamp.check_trigger(lamp::triggers::ASK_AGAIN).unwrap();
        lamp.advance(Duration::from_secs(30));
        lamp.cut(link);
        lamp.stop().unwrap();
    });
    for expected in [
        r#"genlock::element INFO message=the element is active element="lamp 1" connector="Lamp" state="active""#,
        r#"genlock::connection INFO message=connection 0: open element="lamp 1" connection=0"#,
        r#"genlock::hook INFO message=read 75 element="lamp 1""#,
        r#"invalid float literal element="lamp 1" qaction=2 pid=2 rule="QA-34""#,
        r#"set its parameters first element="lamp 1" pair=1 cause="command" rule="CMD-17""#,
        r#"genlock::pair DEBUG message=pair 1: sent element="lamp 1" pair=1 name="Ask" outcome="sent" attempt=2"#,
        r#"message=pair 1 got no answer element="lamp 1" pair=1 name="Ask" outcome="timed_out" rule="PAIR-20""#,
        r#"genlock::stream DEBUG message=received 75 element="lamp 1" connection=0"#,
        r#"the connection was dropped element="lamp 1" connection=0 cause="network" rule="CONN-88""#,
        r#"message=the element is stopped element="lamp 1" connector="Lamp" state="stopped""#,
    ] {
        capture.has(expected);
    }
}

/// A hook that writes to `tracing` itself, as users' code does.
struct Talks;

impl lamp::QActions for Talks {
    fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
        tracing::info!(target: "genlock::test", "a line of its own");
        Ok(())
    }
}

#[test]
fn what_a_hook_writes_is_in_the_spans_of_its_element_and_its_connection() {
    use futures_util::SinkExt as _;
    use tokio_tungstenite::tungstenite::Message;

    let capture = Capture::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tracing::subscriber::with_default(capture.clone(), || {
        runtime.block_on(async {
            let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("ws://{}", server.local_addr().unwrap());
            let lamp = lamp::element("lamp 1", Talks).connection(lamp::connections::LINK, |link| link.host(url));
            let lamp = lamp.start().await.unwrap();
            let (stream, _) = server.accept().await.unwrap();
            let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
            socket.send(Message::text("on")).await.unwrap();
            lamp.watch(lamp::params::ANSWER).wait_for(|answer| *answer == "on").await.unwrap();
            drop(socket);
            lamp.stop().await.unwrap();
        });
    });
    let connection = r#"connection{connection=0 name="Link" attempt=1}"#;
    capture.has(&format!("{connection} genlock::test INFO message=a line of its own"));
    capture.has(r#"element{element="lamp 1" connector="Lamp"} genlock::element INFO"#);
    assert!(capture.inside.lock().unwrap().is_empty());
}
