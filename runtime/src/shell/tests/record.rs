//! Records of live runs: what is written down replays to the same trace.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::sleep;
use tokio_tungstenite::tungstenite::Message;

use super::connectors::{dynamic_ip, normal, reference};
use super::peer::{Session, peer, soon};
use crate::sim::{ReplayError, TraceLine, replay};
use crate::{Error, Reconnect};

/// A record in memory.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Memory {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Replays a record against the connector in `xml`; the trace, with how the replay ended.
pub(super) fn replayed(record: &str, xml: &str) -> (Vec<TraceLine>, Result<(), ReplayError>) {
    let source = genlock_codegen::SourceSet::new("nmos.xml", xml);
    let tables = genlock_codegen::compile(&source, &genlock_codegen::Options::default()).spec.unwrap();
    let mut trace = Vec::new();
    let result = replay(&tables, record.as_bytes(), |line| trace.push(line));
    (trace, result)
}

/// Replays a record to its end; the trace, which is that of the live run.
fn replayed_the_same(record: &str, xml: &str) -> Vec<String> {
    let (trace, result) = replayed(record, xml);
    result.unwrap_or_else(|error| panic!("{error}\n{record}"));
    let trace: Vec<String> = trace.iter().map(ToString::to_string).collect();
    assert_eq!(trace, live_trace(record));
    trace
}

/// The element sends its heartbeat, is told `answers`, and takes `alive` as the answer.
async fn beat(element: &normal::Element, session: &mut Session, answers: &[&str]) {
    let send = element.send(normal::pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request("beat");
    let answer = tokio::spawn(send.answer());
    assert_eq!(session.receive_text().await, "beat");
    for text in answers {
        session.send(text).await;
    }
    assert_eq!(answer.await.unwrap().unwrap().generic_response, "alive");
}

/// The trace that the live run left in its record.
fn live_trace(record: &str) -> Vec<String> {
    let mut trace = Vec::new();
    for line in record.lines().skip(1) {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let at = entry["us"].as_u64().unwrap() / 1000;
        for details in entry["trace"].as_array().into_iter().flatten() {
            let (what, details) = details.as_object().unwrap().iter().next().unwrap();
            trace.push(format!(r#"{{"at":{at},"{what}":{details}}}"#));
        }
    }
    trace
}

const NORMAL: &str = include_str!("../../../../examples/nmos/normal.xml");
const REFERENCE: &str = include_str!("../../../../examples/nmos/nmos.xml");

/// Hooks of the reference driver that do every kind of thing that a hook can.
struct Driver;

impl reference::QActions for Driver {
    fn subscribe_when_open(cx: &mut reference::Context<'_, Self>) -> crate::HookResult {
        if cx.get(reference::params::WEBSOCKET_STATUS) != Some(reference::values::WebsocketStatus::Open) {
            return Ok(());
        }
        cx.set(reference::params::SUBSCRIPTION_REQUEST, "subscribe")?;
        cx.check_trigger(reference::triggers::ON_CHECK_TRIGGER_SUBSCRIBE)
    }

    fn parse_response(cx: &mut reference::Context<'_, Self>) -> crate::HookResult {
        let Some(text) = cx.get(reference::params::GENERIC_RESPONSE) else { return Ok(()) };
        let text = text.to_string();
        cx.log(&text);
        let refused = cx.set(reference::params::STATE_COUNT, f64::NAN);
        assert!(refused.is_err(), "the hook goes on after a refused step");
        match text.as_str() {
            "panic" => panic!("told to panic"),
            "fail" => return Err("told to fail".into()),
            "reconnect" => cx.reconnect(reference::connections::WEB_SOCKET_CONNECTION),
            "empty" => cx.clear(reference::params::SOURCE),
            "slow" => std::thread::sleep(Duration::from_millis(120)), // BEY-33
            // Runs Compose Health inside this hook.
            "prepare" => cx.set(reference::params::PREPARE_HEALTH, "now")?,
            "write" => {
                cx.set_if_changed(reference::params::SOURCE, "of this message")?;
                cx.set(reference::params::STATE_COUNT, 0.1 + 0.2)?;
            }
            _ => {}
        }
        cx.check_trigger(reference::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }

    fn compose_health(cx: &mut reference::Context<'_, Self>) -> crate::HookResult {
        cx.unhandled()?;
        cx.set(reference::params::WEBSOCKET_HEARTBEAT_REQUEST, "health")?;
        cx.check_trigger(reference::triggers::ON_CHECK_TRIGGER_SEND_HEALTH)
    }
}

/// Half a minute of the reference driver: exchanges, pushed messages, hooks that fail, a loss, a pause and a stop.
async fn recorded_run() -> String {
    let (dial, mut peer) = peer();
    let memory = Memory::default();
    let element = reference::element("camera", Driver)
        .connection(reference::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://device").port(8050))
        .set(reference::params::HANDSHAKE_PATH, "events")
        .record(memory.clone())
        .dial(dial)
        .start()
        .await
        .unwrap();
    let mut session = peer.accept().await;
    assert_eq!(session.receive_text().await, "subscribe");
    session.send("subscribed").await;
    for text in ["write", "panic", "fail", "empty", "prepare", "write"] {
        session.send(text).await;
        sleep(Duration::from_micros(1700)).await;
    }
    sleep(Duration::from_secs(6)).await;
    element.set(reference::params::DEVICE_NOTICE, "by hand").await.unwrap();
    let refused = element.set(reference::params::STATE_COUNT, f64::INFINITY).await;
    assert!(matches!(refused, Err(Error::Value { .. })), "{refused:?}");
    element.check_trigger(reference::triggers::ON_CHECK_TRIGGER_SUBSCRIBE).await.unwrap();
    element.pause().await.unwrap();
    sleep(Duration::from_secs(2)).await;
    element.resume().await.unwrap();
    drop(session);
    let mut session = peer.accept().await;
    session.send("reconnect").await;
    drop(session);
    let mut session = peer.accept().await;
    session.0.close(None).await.unwrap();
    let mut session = peer.accept().await;
    let stop = tokio::spawn(async move { element.stop().await });
    while !matches!(session.receive().await, Message::Close(_)) {}
    drop(session);
    stop.await.unwrap().unwrap();
    memory.text()
}

#[tokio::test(start_paused = true)]
async fn a_recorded_run_of_the_reference_replays_to_the_same_trace() {
    let record = soon(recorded_run()).await;
    let trace = replayed_the_same(&record, REFERENCE);
    for part in [r#""qaction":{"id":20"#, "told to panic", "told to fail", r#""state":"paused""#, "0.30000000000000004"]
    {
        assert!(trace.iter().any(|line| line.contains(part)), "{part} is not in the trace:\n{}", trace.join("\n"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_replay_says_where_it_differs_from_the_live_run() {
    let record = soon(recorded_run()).await;
    let changed = record.replacen(r#""value":"of this message""#, r#""value":"of another""#, 1);
    let (_, result) = replayed(&changed, REFERENCE);
    let error = result.unwrap_err();
    let ReplayError::Differs { line, live, replayed: now } = &error else { panic!("{error}") };
    assert!(changed.lines().nth(line - 1).unwrap().contains("of another"), "{error}");
    assert_eq!(live, r#"{"param":{"pid":31,"value":"of this message","event":true}}"#);
    assert_eq!(now, r#"{"param":{"pid":31,"value":"of another","event":true}}"#);

    // A connector that changed since.
    let other = REFERENCE.replace(r#"triggers="11""#, r#"triggers="10""#);
    let (_, result) = replayed(&record, &other);
    let error = result.unwrap_err();
    assert!(matches!(error, ReplayError::Differs { .. }), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_line_that_is_none_of_a_record_is_refused_by_its_number() {
    let record = soon(recorded_run()).await;
    let refusal = |record: &str| replayed(record, REFERENCE).1.unwrap_err().to_string();
    assert_eq!(refusal(""), "line 1 of the record: the record is empty");
    assert!(refusal("{}").starts_with("line 1 of the record: missing field `record`"), "{}", refusal("{}"));
    let newer = record.replacen(r#"{"record":1"#, r#"{"record":9"#, 1);
    assert!(refusal(&newer).contains("version 9 of the format"), "{}", refusal(&newer));
    let unknown = record.replacen(r#"{"us":0,"#, r#"{"us":0,"when":0,"#, 1);
    assert!(refusal(&unknown).starts_with("line 2 of the record: unknown field `when`"), "{}", refusal(&unknown));
    let cut_off = &record[..record.len() - 20];
    let last = record.lines().count();
    assert!(refusal(cut_off).starts_with(&format!("line {last} of the record: EOF")), "{}", refusal(cut_off));
    let missing = record.replacen(r#"{"set":{"pid":12,"#, r#"{"set":{"pid":99,"#, 1);
    assert!(refusal(&missing).contains("there is no parameter 99"), "{}", refusal(&missing));
}

/// What a function of the driver says of a message is in the record: a replay has no such function.
#[tokio::test(start_paused = true)]
async fn bey_23_what_is_no_answer_is_none_in_the_replay() {
    let record = soon(async {
        let (dial, mut peer) = peer();
        let memory = Memory::default();
        let element = normal::element("camera", super::Seen::default())
            .connection(normal::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://device"))
            .correlate(normal::pairs::WEBSOCKET_HEARTBEAT, |possible| possible.message_text() == "alive")
            .every_message(normal::responses::GENERIC_RESPONSE)
            .record(memory.clone())
            .dial(dial)
            .start()
            .await
            .unwrap();
        let mut session = peer.accept().await;
        beat(&element, &mut session, &["pushed", "alive"]).await;
        element.stop().await.unwrap();
        memory.text()
    })
    .await;
    for part in [r#""every_message":[1]"#, r#""correlated":[1]"#, r#""is_answer":false"#, r#""is_answer":true"#] {
        assert_eq!(record.matches(part).count(), 1, "{part}\n{record}");
    }
    replayed_the_same(&record, NORMAL);
}

/// Takes a few lines, then fails.
struct Full(u32);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(1).ok_or_else(|| io::Error::from(io::ErrorKind::StorageFull))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn an_element_outlives_its_record() {
    soon(async {
        let (dial, mut peer) = peer();
        let builder = normal::element("camera", super::Seen::default())
            .connection(normal::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://device"))
            .reconnect(Reconnect::Documented);
        let element = builder.record(Full(3)).dial(dial).start().await.unwrap();
        let mut session = peer.accept().await;
        beat(&element, &mut session, &["alive"]).await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_record_that_cannot_be_begun_is_refused_at_start() {
    let builder = dynamic_ip::element("camera", super::Seen::default()).record(Full(0));
    let error = builder.start().await.unwrap_err().to_string();
    assert!(error.starts_with("element `camera` can't start: its record can't be written: "), "{error}");
}

#[test]
fn a_simulation_is_not_recorded() {
    let builder = dynamic_ip::element("camera", super::Seen::default()).record(Memory::default());
    let error = builder.simulate().unwrap_err().to_string();
    assert!(error.contains("only live runs are recorded"), "{error}");
}

mod locked {
    crate::protocol! { r#"<?xml version="1.0" encoding="utf-8"?>
        <Protocol xmlns="http://www.skyline.be/protocol">
            <Name>Locked</Name>
            <Version>1.0.0.1</Version>
            <ElementType>Locked</ElementType>
            <Connections>
                <Connection id="0" name="Link">
                    <Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http>
                </Connection>
            </Connections>
            <Params>
                <Param id="1" trending="false">
                    <Name>Password</Name>
                    <Description>Password</Description>
                    <Type>read</Type>
                    <Interprete>
                        <RawType>other</RawType>
                        <Type>string</Type>
                        <LengthType>next param</LengthType>
                    </Interprete>
                    <Measurement><Type options="password">string</Type></Measurement>
                </Param>
            </Params>
        </Protocol>"# }
}

#[tokio::test(start_paused = true)]
async fn the_value_of_a_secret_parameter_is_not_written_down() {
    soon(async {
        let (dial, _peer) = peer();
        let memory = Memory::default();
        let element = locked::element("safe", ())
            .connection(locked::connections::LINK, |c| c.host("ws://device"))
            .set(locked::params::PASSWORD, "opensesame")
            .record(memory.clone())
            .dial(dial)
            .start()
            .await
            .unwrap();
        element.set(locked::params::PASSWORD, "xyzzy").await.unwrap();
        element.stop().await.unwrap();
        let record = memory.text();
        assert!(!record.contains("opensesame") && !record.contains("xyzzy"), "{record}");
        assert_eq!(record.matches(r#"{"pid":1,"value":{"hidden":true}}"#).count(), 2, "{record}");
    })
    .await;
}

/// The record that stands beside the example; `GENLOCK_BLESS=1` writes it anew.
#[tokio::test(start_paused = true)]
async fn a_run_is_written_down_as_the_example_shows() {
    soon(async {
        let (dial, mut peer) = peer();
        let memory = Memory::default();
        let element = normal::element("camera", super::Seen::default())
            .connection(normal::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://127.0.0.1/x-nmos/events/ws"))
            .seed(1)
            .record(memory.clone())
            .dial(dial)
            .start()
            .await
            .unwrap();
        let mut session = peer.accept().await;
        beat(&element, &mut session, &["alive"]).await;
        sleep(Duration::from_millis(100)).await;
        session.send("panic").await;
        sleep(Duration::from_millis(100)).await;
        drop(session);
        sleep(Duration::from_millis(100)).await;
        element.stop().await.unwrap();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/nmos/normal.record.jsonl");
        if std::env::var_os("GENLOCK_BLESS").is_some() {
            std::fs::write(file, memory.text()).unwrap();
        }
        assert_eq!(memory.text(), std::fs::read_to_string(file).unwrap().replace("\r\n", "\n"));
    })
    .await;
}

/// In real time: what a hook takes is read off the clock, which a replay does not have.
#[tokio::test]
async fn bey_33_a_hook_that_was_slow_is_slow_in_the_replay() {
    let (dial, mut peer) = peer();
    let memory = Memory::default();
    let element = reference::element("camera", Driver)
        .connection(reference::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://device"))
        .record(memory.clone())
        .dial(dial);
    let element = element.start().await.unwrap();
    let mut session = peer.accept().await;
    session.send("slow").await;
    while element.counters().await.unwrap().messages_received == 0 {
        sleep(Duration::from_millis(1)).await;
    }
    drop(session);
    element.stop().await.unwrap();
    let record = memory.text();
    assert!(record.contains(r#"{"slow":{"call":{"qaction":11,"pid":11,"#), "{record}");
    replayed_the_same(&record, REFERENCE);
}

/// A connector whose hooks run beside the element and inside it.
mod probe {
    crate::include_protocol!("src/shell/tests/probe.xml");
}

struct Prober;

impl probe::QActions for Prober {
    async fn look_up(cx: probe::QueuedContext<Self>) -> crate::HookResult {
        let host = cx.get(probe::params::HOST).await?;
        sleep(Duration::from_millis(5)).await;
        if host.as_deref() == Some("nowhere") {
            return Err("no such host".into());
        }
        cx.set(probe::params::ADDRESS, "192.0.2.1").await?; // runs Count inside this call
        cx.log("found").await?;
        cx.with(|cx| {
            cx.set_data(probe::params::ADDRESS, &b"192.0.2.2"[..])?;
            cx.set_value(2, crate::Value::Text("192.0.2.3".into()))
        })
        .await?
    }

    fn count(cx: &mut probe::Context<'_, Self>) -> crate::HookResult {
        let count = cx.get(probe::params::COUNT).unwrap_or_default() + 1.0;
        cx.set(probe::params::COUNT, count)?;
        cx.log_as(crate::LogType::Error, 2, "counted");
        assert!(cx.set_at(probe::params::COUNT, 0.0, std::time::SystemTime::UNIX_EPOCH).is_err(), "no history");
        cx.clear_value(2)
    }

    fn greet(cx: &mut probe::Context<'_, Self>) -> crate::HookResult {
        cx.show_message("looking it up")
    }
}

#[tokio::test(start_paused = true)]
async fn what_hooks_do_beside_the_element_replays() {
    soon(async {
        let memory = Memory::default();
        let element = probe::element("probe", Prober).record(memory.clone()).start().await.unwrap();
        for host in ["device", "nowhere"] {
            element.set_by("Ann", probe::params::HOST, host).await.unwrap();
            sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(element.get(probe::params::COUNT).await.unwrap(), Some(2.0));
        element.set(probe::params::HOST, "late").await.unwrap();
        element.stop().await.unwrap();
        let record = memory.text();
        let trace = replayed_the_same(&record, include_str!("probe.xml"));
        for part in ["looking it up", "no such host", "\"found\"", "counted", "192.0.2.3", "\"Ann\""] {
            assert!(trace.iter().any(|line| line.contains(part)), "{part} is not in the trace:\n{}", trace.join("\n"));
        }
    })
    .await;
}
