//! What happens to an element: lines of the simulator's script.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::protocol::{Protocol, Value};

#[derive(Clone, Debug, Default)]
pub(crate) struct Script {
    /// What a run of a QAction does; several of one QAction are used in turn, and the last one stays.
    pub(crate) hooks: Vec<(u32, Vec<Step>)>,
    /// What happens, each with its time in ms.
    pub(crate) inputs: Vec<(u64, Input)>,
    /// How long time passes behind the last input, in ms.
    pub(crate) rest: u64,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Set(u32, Value),
    Clear(u32),
    Copy(u32, u32),
    CheckTrigger(u32),
    Fail,
}

#[derive(Clone, Debug)]
pub(crate) enum Input {
    Set(u32, Value),
    CheckTrigger(u32),
    /// A group.
    Execute(u32),
    ExecutePair(u32),
    Receive(String),
    /// The connection is gone.
    Drop,
    /// It is made again.
    Reopen,
    Stop,
    Start,
}

/// How long the connection may be down before the element is in timeout, in ms.
pub(crate) const ELEMENT_TIMEOUT: u64 = 700;

/// What a step says that fails.
pub(crate) const FAILURE: &str = "no";

impl Script {
    /// When it ends.
    pub(crate) fn end(&self) -> u64 {
        self.inputs.last().map_or(0, |(at, _)| *at) + self.rest
    }

    /// Its first inputs, and nothing behind them.
    pub(crate) fn first(&self, count: usize) -> Self {
        Self { hooks: self.hooks.clone(), inputs: self.inputs.iter().take(count).cloned().collect(), rest: 0 }
    }

    /// Whether the connector has all that it asks for.
    pub(crate) fn fits(&self, protocol: &Protocol) -> bool {
        let param = |pid: u32| protocol.params.iter().any(|param| param.pid == pid);
        let trigger = |id: u32| protocol.triggers.iter().any(|trigger| trigger.id == id);
        // A connection that is open is not made again, and one that is gone is not lost.
        let mut is_open = true;
        let alternates = self.inputs.iter().all(|(_, input)| match input {
            Input::Drop => std::mem::take(&mut is_open),
            Input::Reopen => !std::mem::replace(&mut is_open, true),
            Input::Start => {
                is_open = true;
                true
            }
            _ => true,
        });
        let mut steps = self.hooks.iter().flat_map(|(_, steps)| steps);
        let mut inputs = self.inputs.iter();
        alternates
            && steps.all(|step| match step {
                Step::Set(pid, _) | Step::Clear(pid) => param(*pid),
                Step::Copy(from, to) => param(*from) && param(*to),
                Step::CheckTrigger(id) => trigger(*id),
                Step::Fail => true,
            })
            && inputs.all(|(_, input)| match input {
                Input::Set(pid, _) => param(*pid),
                Input::CheckTrigger(id) => trigger(*id),
                Input::Execute(id) => protocol.groups.iter().any(|group| group.id == *id),
                Input::ExecutePair(id) => protocol.pairs.iter().any(|pair| pair.id == *id),
                Input::Receive(_) | Input::Drop | Input::Reopen | Input::Stop | Input::Start => true,
            })
    }

    pub(crate) fn write(&self) -> String {
        let mut text = String::new();
        for (qaction, steps) in &self.hooks {
            let steps: Vec<Json> = steps.iter().map(Step::to_json).collect();
            let _ = writeln!(text, "{}", json!({ "hook": { "qaction": qaction, "do": steps } }));
        }
        let _ = writeln!(text, "{}", line(0, "start", start()));
        let _ = writeln!(text, "{}", line(0, "accept", json!({ "connection": 0 })));
        for (at, input) in &self.inputs {
            let (verb, details) = input.to_json();
            let _ = writeln!(text, "{}", line(*at, verb, details));
            if matches!(input, Input::Start | Input::Reopen) {
                let _ = writeln!(text, "{}", line(*at, "accept", json!({ "connection": 0 })));
            }
        }
        let _ = writeln!(text, "{}", line(self.end(), "end", json!({})));
        text
    }
}

/// One line: the time comes first, as in the traces.
fn line(at: u64, verb: &str, details: Json) -> String {
    let line = [("at".to_owned(), json!(at)), (verb.to_owned(), details)];
    Json::Object(line.into_iter().collect()).to_string()
}

fn start() -> Json {
    let link = json!({ "host": "ws://127.0.0.1", "port": 8050, "element_timeout": ELEMENT_TIMEOUT });
    json!({ "connections": { "0": link }, "options": { "reconnect": "documented" } })
}

impl Step {
    fn to_json(&self) -> Json {
        match self {
            Self::Set(pid, value) => json!({ "set": { "pid": pid, "value": value.to_json() } }),
            Self::Clear(pid) => json!({ "clear": pid }),
            Self::Copy(from, to) => json!({ "copy": { "from": from, "to": to } }),
            Self::CheckTrigger(id) => json!({ "check_trigger": id }),
            Self::Fail => json!({ "fail": FAILURE }),
        }
    }
}

impl Input {
    fn to_json(&self) -> (&'static str, Json) {
        match self {
            Self::Set(pid, value) => ("set", json!({ "pid": pid, "value": value.to_json() })),
            Self::CheckTrigger(id) => ("check_trigger", json!(id)),
            Self::Execute(group) => ("execute", json!({ "group": group })),
            Self::ExecutePair(pair) => ("execute", json!({ "pair": pair })),
            Self::Drop => ("drop", json!({ "connection": 0 })),
            Self::Reopen => ("reconnect", json!(0)),
            Self::Receive(text) => ("receive", json!({ "connection": 0, "text": text })),
            Self::Stop => ("stop", json!({})),
            Self::Start => ("start", start()),
        }
    }
}
