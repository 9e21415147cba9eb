//! One line of a script, as JSON has it.

use serde::Deserialize;

use super::Verb;
use super::keys::{
    Accept, Close, Execute, Faulty, Http, Nothing, OfConnection, OperatorSet, Receive, Refuse, Restart, Serve, Start,
};
use super::step::Hook;

/// A line as it is read: at most one of its keys but `at` is there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) at: Option<u64>,
    pub(super) hook: Option<Hook>,
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

impl Raw {
    /// The one verb of the line.
    pub(super) fn verb(self) -> Result<Verb, String> {
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
