//! The stream log as `tracing` events and as an API (BEY-24, QA-50).

#![cfg(feature = "sim")]
#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

mod lamp {
    genlock::include_protocol!("docs/lamp.xml");
}

struct Driver;

impl lamp::QActions for Driver {
    fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
        if cx.get(lamp::params::ANSWER).is_some_and(|answer| answer == "unknown") {
            assert_eq!(cx.value(99), None);
            return Ok(());
        }
        cx.stream_note("the answer is no number");
        Err("broken".into())
    }
}

/// Keeps the events of one target as lines of text.
#[derive(Clone)]
struct Lines {
    target: &'static str,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Lines {
    fn of(target: &'static str) -> Self {
        Self { target, lines: Arc::default() }
    }

    /// What was told since the last call.
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.lines.lock().unwrap())
    }
}

/// Writes the fields of an event one behind the other.
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with(self.target)
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(event.metadata().level().to_string());
        event.record(&mut fields);
        self.lines.lock().unwrap().push(fields.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn opened() -> genlock::sim::Simulation<lamp::Protocol, Driver> {
    let lamp = lamp::element("lamp 1", Driver).connection(lamp::connections::LINK, |link| link.host("ws://127.0.0.1"));
    let mut lamp = lamp.simulate().unwrap();
    lamp.accept(lamp::connections::LINK);
    lamp
}

#[test]
fn bey_24_messages_and_notes_go_to_tracing() {
    let lines = Lines::of("genlock::stream");
    tracing::subscriber::with_default(lines.clone(), || {
        let mut lamp = opened();
        lamp.receive(lamp::connections::LINK, "dark");
        assert_eq!(
            lines.take(),
            [
                r#"DEBUG message=received dark element="lamp 1" connection=0"#,
                r#"DEBUG message=note: the answer is no number element="lamp 1""#,
            ]
        );
        lamp.receive_binary(lamp::connections::LINK, vec![0xff, 0]);
    });
    let told = lines.take();
    assert_eq!(told.first().unwrap(), r#"DEBUG message=received ff00 element="lamp 1" connection=0"#);
}

#[test]
fn qa_50_errors_of_hooks_go_to_the_log_of_all_elements() {
    let lines = Lines::of("genlock");
    tracing::subscriber::with_default(lines.clone(), || {
        opened().receive(lamp::connections::LINK, "dark");
    });
    let told = lines.take();
    let errors: Vec<&String> = told.iter().filter(|line| line.starts_with(Level::ERROR.as_str())).collect();
    let expected =
        r#"ERROR message=QAction 2, run by parameter 2: broken element="lamp 1" qaction=2 pid=2 rule="QA-34""#;
    assert_eq!(errors, [expected]);
}

#[test]
fn param_08_reading_an_unknown_parameter_is_logged_and_no_error() {
    let lines = Lines::of("genlock::hook");
    tracing::subscriber::with_default(lines.clone(), || {
        opened().receive(lamp::connections::LINK, "unknown");
    });
    let warning = r#"WARN message=QAction 2 reads parameter 99, which the connector file does not have element="lamp 1" qaction=2 pid=99 rule="PARAM-08""#;
    assert_eq!(lines.take(), [warning]);
}
