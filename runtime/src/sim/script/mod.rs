//! Scripts: what the peer, the operator and the QActions do, and when.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use super::error::SimulationError;
use super::peer::{Answers, Fault};
use super::start::StartOptions;
use crate::settings::LogType;

/// A script: one JSON object a line, in the order in which it happens. Blank lines and lines that begin with `#` are left
/// out.
///
/// Every line but `hook` has the time `at`, in milliseconds from the beginning, and one verb:
///
/// | line | what happens |
/// |---|---|
/// | `{"hook":{"qaction":11,"do":[STEP,…]}}` | a stub for a QAction, before the start; one line a run is used in turn, the last one stays |
/// | `{"at":0,"start":{"seed":1,"connections":{"1":{"host":"ws://127.0.0.1","port":8050}},"saved":{"8":"x"},"options":{"reconnect":"documented","alarm_delays":{"7":{"rising":5000,"falling":0}},"trends":true,"stream":true,"log_levels":{"debug":5}}}}` | the element starts; after a stop it keeps what was saved |
/// | `…"connections":{"1":{"element_timeout":5000,"own_element_timeout":9000,"include_timeout":false,"reconnect_on_change":true,"follow_redirects":true}}` | what else an operator may say of a connection, by the names of [`ConnectionSettings`](crate::ConnectionSettings) |
/// | `…"options":{"backoff":{"first":1000,"cap":60000,"jitter":0,"stable_after":10000,"later":30000,"longest_asked":300000,"give_up_after":10}}` | how lost connections come back, in ms; what is left out is as in [`Backoff`](crate::Backoff) |
/// | `…"options":{"compression":"offered"}`, `"declared"` or `"off"` | whether permessage-deflate is offered |
/// | `…"options":{"while_closed":"drop"}`, `"reject"` or `{"queue":{"messages":8,"ms":5000}}` | what becomes of commands while a connection is closed |
/// | `…"options":{"every_message":[1]}` | the responses of which every message is an event |
/// | `{"at":5,"accept":{"connection":1,"headers":{}}}` | the peer answers the pending handshake with 101 |
/// | `{"at":5,"refuse":{"connection":1,"status":503,"body":"…","retry_after":30}}` | the peer refuses it; `retry_after`, in seconds, and `body` may be left out; of `headers`, `Location` and `WWW-Authenticate` count |
/// | `{"at":9,"receive":{"connection":1,"text":"…"}}` | a message comes; `"binary":"0a0b"` for bytes |
/// | `{"at":9,"ping":{"connection":1}}` | the peer pings; the transport answers by itself |
/// | `{"at":20,"set":{"pid":9,"value":"…","user":"Ann"}}` | an operator sets a parameter; `user` may be left out |
/// | `{"at":20,"check_trigger":32}`, `{"at":20,"reconnect":1}` | an operator calls a trigger, or reconnects |
/// | `{"at":30,"execute":{"group":1}}`, `{"at":30,"execute":{"pair":1}}` | a group or a pair is queued |
/// | `{"at":35,"http":{"session":2,"status":200,"headers":{},"body":"…"}}` | the answer to the request that a session waits for; a header with several lines is an array, and `"fail":"connect"` or `"fail":"lost"` instead of a status is none |
/// | `{"at":40,"close":{"connection":1,"code":1000,"reason":"…"}}` | the peer closes; `"code":null` for a close without one |
/// | `{"at":40,"drop":{"connection":1}}` | the connection is gone without a word |
/// | `{"at":40,"fault":{"connection":1,"is":"silent"}}` | something goes wrong, by the names of [`Fault`] |
/// | `{"at":0,"server":{"connection":1,"answers":"accept","after":20}}` | from now on every attempt is answered after so many ms: `accept`, `refuse` (with a `status`, and perhaps `retry_after`), `unreachable`, `garbage`, or `nothing` |
/// | `{"at":90,"restart":{"connection":1,"down":5000,"code":1001}}` | the server closes what is open, and nobody listens for so many ms |
/// | `{"at":50,"pause":{}}`, `{"at":51,"resume":{}}` | the element pauses, and goes on |
/// | `{"at":52,"stop":{}}` | the element stops |
/// | `{"at":52,"counters":{}}` | what the element has [counted](crate::Counters) goes into the trace |
/// | `{"at":60000,"end":{}}` | the end: time passes up to here |
///
/// A STEP is `{"set":{"pid":12,"value":"on"}}`, `{"set_at":{"pid":12,"value":1,"time":60000}}`,
/// `{"set_binary":{"pid":12,"hex":"0a"}}`, `{"clear":12}`,
/// `{"copy":{"from":11,"to":12}}`, `{"check_trigger":32}`, `{"reconnect":1}`, `{"fail":"text"}`, `{"panic":"text"}`,
/// `{"log":{"type":"error","level":2,"text":"…"}}`, `{"message":"text"}`, `{"stream_note":"text"}`; `{"user":12}`, `{"old":12}` and `{"new":12}`, which
/// set a parameter to what the run is told; or, of a queued QAction, `{"delay":500}` in milliseconds.
#[derive(Debug)]
pub struct Script {
    /// The stubs of each QAction, in order.
    pub(super) hooks: BTreeMap<u32, Vec<Vec<Step>>>,
    pub(super) lines: Vec<Line>,
}

/// A line with a time.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number in the script, from 1.
    pub(super) number: usize,
    /// Milliseconds from the beginning.
    pub(super) at: u64,
    pub(super) verb: Verb,
}

/// What happens.
#[derive(Debug)]
pub(super) enum Verb {
    Start(Start),
    Accept(Accept),
    Refuse(Refuse),
    Receive(Receive),
    Ping(OfConnection),
    Set(OperatorSet),
    CheckTrigger(u32),
    Reconnect(u32),
    Execute(Execute),
    Http(Http),
    Close(Close),
    Drop(OfConnection),
    Fault(Faulty),
    Server(Serve),
    Restart(Restart),
    Pause,
    Resume,
    Stop,
    Counters,
    End,
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $key:ident: $value:ty,)* })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$attribute])* pub(super) $key: $value,)*
        }
    )+};
}

keys! {
    /// The operator's settings.
    Start {
        #[serde(default)]
        seed: u64,
        #[serde(default)]
        connections: BTreeMap<u32, LinkSettings>,
        #[serde(default)]
        saved: BTreeMap<u32, Json>,
        #[serde(default)]
        options: StartOptions,
    }
    /// The operator's settings of a connection; times in milliseconds.
    LinkSettings {
        host: Option<String>,
        port: Option<u16>,
        element_timeout: Option<u64>,
        own_element_timeout: Option<u64>,
        include_timeout: Option<bool>,
        reconnect_on_change: Option<bool>,
        follow_redirects: Option<bool>,
    }
    /// Times in milliseconds.
    Delays {
        #[serde(default)]
        rising: u64,
        #[serde(default)]
        falling: u64,
    }
    /// The answer 101.
    Accept {
        connection: u32,
        #[serde(default)]
        headers: BTreeMap<String, String>,
    }
    /// Another answer.
    Refuse {
        connection: u32,
        #[serde(default = "forbidden")]
        status: u16,
        #[serde(default)]
        body: String,
        /// In seconds, as the header says it.
        retry_after: Option<u64>,
        #[serde(default)]
        headers: BTreeMap<String, Lines>,
    }
    /// A message.
    Receive {
        connection: u32,
        text: Option<String>,
        binary: Option<String>,
    }
    OfConnection {
        connection: u32,
    }
    Set {
        pid: u32,
        value: Json,
    }
    OperatorSet {
        pid: u32,
        value: Json,
        user: Option<String>,
    }
    LogLine {
        #[serde(default, rename = "type")]
        kind: LogWord,
        #[serde(default = "developers_level")]
        level: i8,
        text: String,
    }
    /// The levels of lines of hooks; what is left out is as usual.
    LogLevelsOf {
        information: Option<i8>,
        error: Option<i8>,
        debug: Option<i8>,
    }
    Execute {
        group: Option<i64>,
        pair: Option<u32>,
    }
    /// The answer to a request, or none.
    Http {
        session: u32,
        status: Option<u16>,
        #[serde(default)]
        headers: BTreeMap<String, Lines>,
        #[serde(default)]
        body: String,
        fail: Option<FailWord>,
    }
    Close {
        connection: u32,
        #[serde(default = "normal_closure")]
        code: Option<u16>,
        #[serde(default)]
        reason: String,
    }
    /// Something goes wrong.
    Faulty {
        connection: u32,
        is: Fault,
    }
    /// How attempts are answered from now on.
    Serve {
        connection: u32,
        answers: Answers,
        #[serde(default)]
        after: u64,
        #[serde(default = "forbidden")]
        status: u16,
        /// In seconds, as the header says it.
        retry_after: Option<u64>,
    }
    /// The server ends, and listens again after `down` ms.
    Restart {
        connection: u32,
        down: u64,
        #[serde(default = "going_away")]
        code: u16,
    }
    /// A value of the past; `time` is in milliseconds since the Unix epoch.
    SetAt {
        pid: u32,
        value: Json,
        time: u64,
    }
    SetBinary {
        pid: u32,
        hex: String,
    }
    Copy {
        from: u32,
        to: u32,
    }
    Hook {
        qaction: u32,
        #[serde(rename = "do")]
        steps: Vec<Step>,
    }
    Nothing {}
    Raw {
        at: Option<u64>,
        hook: Option<Hook>,
        start: Option<Start>,
        accept: Option<Accept>,
        refuse: Option<Refuse>,
        receive: Option<Receive>,
        ping: Option<OfConnection>,
        set: Option<OperatorSet>,
        check_trigger: Option<u32>,
        reconnect: Option<u32>,
        execute: Option<Execute>,
        http: Option<Http>,
        close: Option<Close>,
        drop: Option<OfConnection>,
        fault: Option<Faulty>,
        server: Option<Serve>,
        restart: Option<Restart>,
        pause: Option<Nothing>,
        resume: Option<Nothing>,
        stop: Option<Nothing>,
        counters: Option<Nothing>,
        end: Option<Nothing>,
    }
}

/// The lines of a header.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Lines {
    One(String),
    Several(Vec<String>),
}

/// Why a request gets no answer.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FailWord {
    /// There is no connection.
    Connect,
    /// The connection breaks before the answer is there.
    Lost,
}

/// The type of a line.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum LogWord {
    Information,
    Error,
    Debug,
    #[default]
    Always,
}

impl From<LogWord> for LogType {
    fn from(word: LogWord) -> Self {
        match word {
            LogWord::Information => Self::Information,
            LogWord::Error => Self::Error,
            LogWord::Debug => Self::Debug,
            LogWord::Always => Self::Always,
        }
    }
}

/// One step of a stub.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Step {
    Set(Set),
    SetAt(SetAt),
    SetBinary(SetBinary),
    Clear(u32),
    Copy(Copy),
    CheckTrigger(u32),
    Reconnect(u32),
    Fail(String),
    Panic(String),
    /// A line of the log.
    Log(LogLine),
    /// A note in the stream log.
    StreamNote(String),
    /// A message to the operator whose set is the cause.
    Message(String),
    /// Sets a parameter to the name of the operator whose set is the cause.
    User(u32),
    /// Sets a parameter to the value before the event, or clears it when there was none.
    Old(u32),
    /// Sets a parameter to the value of the event, or clears it when there is none.
    New(u32),
    /// Waits, in milliseconds; queued QActions only.
    Delay(u64),
}

/// QA-48
const fn developers_level() -> i8 {
    -1
}

const fn forbidden() -> u16 {
    403
}

/// RFC 6455, 7.4.1.
#[expect(clippy::unnecessary_wraps, reason = "serde wants the type of the field")]
const fn normal_closure() -> Option<u16> {
    Some(1000)
}

const fn going_away() -> u16 {
    1001
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// [`SimulationError::Script`] with the line that is no JSON object of the kinds above, has an unknown key, goes
    /// back in time or asks for what the simulator does not do yet.
    pub fn parse(text: &str) -> Result<Self, SimulationError> {
        let mut script = Self { hooks: BTreeMap::new(), lines: Vec::new() };
        let is_said = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| is_said(line)) {
            let fault = |reason: String| SimulationError::Script { line: number, reason };
            let raw: Raw = serde_json::from_str(line).map_err(|error| fault(error.to_string()))?;
            if let (Some(hook), None) = (&raw.hook, raw.at) {
                script.hooks.entry(hook.qaction).or_default().push(hook.steps.clone());
                continue;
            }
            let Some(at) = raw.at else { return Err(fault("a line needs `at`, or to be a `hook`".to_owned())) };
            if script.lines.last().is_some_and(|earlier| earlier.at > at) {
                return Err(fault(format!("`at` {at} is before the line above it; write lines in the order of time")));
            }
            script.lines.push(Line { number, at, verb: raw.verb().map_err(fault)? });
        }
        Ok(script)
    }
}

impl Raw {
    /// The one verb of the line.
    fn verb(self) -> Result<Verb, String> {
        if self.hook.is_some() {
            return Err("a `hook` has no `at`: it holds for all runs".to_owned());
        }
        let mut verbs = [
            self.start.map(Verb::Start),
            self.accept.map(Verb::Accept),
            self.refuse.map(Verb::Refuse),
            self.receive.map(Verb::Receive),
            self.ping.map(Verb::Ping),
            self.set.map(Verb::Set),
            self.check_trigger.map(Verb::CheckTrigger),
            self.reconnect.map(Verb::Reconnect),
            self.execute.map(Verb::Execute),
            self.http.map(Verb::Http),
            self.close.map(Verb::Close),
            self.drop.map(Verb::Drop),
            self.fault.map(Verb::Fault),
            self.server.map(Verb::Server),
            self.restart.map(Verb::Restart),
            self.pause.map(|_| Verb::Pause),
            self.resume.map(|_| Verb::Resume),
            self.stop.map(|_| Verb::Stop),
            self.counters.map(|_| Verb::Counters),
            self.end.map(|_| Verb::End),
        ]
        .into_iter()
        .flatten();
        match (verbs.next(), verbs.next()) {
            (Some(verb), None) => Ok(verb),
            (None, _) => Err("the line does not say what happens".to_owned()),
            (Some(_), Some(_)) => Err("a line says one thing that happens; write two lines".to_owned()),
        }
    }
}
