//! Scripts: what the peer, the operator and the QActions do, and when.

/// Structs of the keys of an object. Others than those are refused, so that a wrong word is never left out in silence.
macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $key:ident: $value:ty,)* })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(in crate::sim) struct $name {
            $($(#[$attribute])* pub(in crate::sim) $key: $value,)*
        }
    )+};
}

mod keys;
mod line;
mod step;

use std::collections::BTreeMap;

use self::keys::{Accept, Close, Execute, Faulty, OfConnection, OperatorSet, Receive, Refuse, Restart};
use self::line::Raw;
use super::error::SimulationError;

pub(super) use self::keys::{Delays, FailWord, Http, Lines, LinkSettings, LogLevelsOf, Serve, Start};
pub(super) use self::step::Step;

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
/// | `{"at":40,"fault":{"connection":1,"is":"silent"}}` | something goes wrong, by the names of [`Fault`](super::Fault) |
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
