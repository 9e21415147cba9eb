//! Sending a request: where it goes, how long its answer may take, and what is tried again.

use std::time::Duration;

use genlock_spec::{ConnectionIndex, ConnectionKind, Session};

use super::super::Engine;
use super::super::connection::{Access, Address, of_request};
use super::super::deadline::Deadline;
use super::super::destination::Destination;
use super::super::event::{Event, LogLevel, RequestOutcome};
use super::super::header_line::HeaderLine;
use super::super::output::Output;
use super::super::qactions::Hooks;
use super::super::redirect::{Trail, is_absolute};
use super::super::triggers::Fired;
use super::{Current, HttpRequest, Prepared, RequestFailure};
use crate::error::Reason;
use crate::value::Value;

/// Why a request has no answer.
#[derive(Clone, Copy)]
pub(super) struct NoAnswer<'a> {
    /// For the parameter of the status line (HTTP-21).
    pub(super) short: &'static str,
    pub(super) reason: &'a Reason,
    /// Whether there was a connection.
    pub(super) was_open: bool,
}

impl<'s> Engine<'s> {
    pub(super) fn send_prepared(&mut self, mut prepared: Prepared, hooks: &mut dyn Hooks<'s>) {
        let Some(sending) = self.sending() else { return };
        let connection = sending.connection;
        let row = self.spec.session(sending.session);
        let request = match prepared.fault.take() {
            Some(fault) => Err(fault),
            None => self.outgoing(connection, row, &prepared),
        };
        match request {
            Ok(sent) => {
                let trail = Trail::default();
                let current = Current { number: 0, prepared, sent, proved: false, proofs: 0, attempt: 1, trail };
                if let Some(sending) = self.sending_mut() {
                    sending.current = Some(current);
                }
                self.send_current();
            }
            Err(reason) => {
                let why = NoAnswer { short: "bad request", reason: &reason, was_open: false };
                self.give_up_request(&prepared, &why, hooks);
            }
        }
    }

    /// The request with its address, its login and its proxy as they are now.
    fn outgoing(&self, connection: ConnectionIndex, row: &Session, prepared: &Prepared) -> Result<HttpRequest, Reason> {
        let link = self.spec.connection(connection);
        if link.kind != ConnectionKind::Http {
            let id = link.id;
            let why = format!("connection {id} carries no HTTP requests; name one that does in the group");
            return Err(Reason::Request(why.into()));
        }
        let Access { authorization, proxy, certificate } =
            self.session_access(row, prepared.has_header("Authorization"))?;
        // HTTP-05
        let (address, port, target) = if is_absolute(&prepared.url) {
            let mut address = Address::parse(&prepared.url, prepared.secret)?;
            let target = address.path.take().unwrap_or_else(|| "/".into());
            let port = address.port;
            (address, port, target)
        } else {
            let address = self.target(connection)?;
            let port = address.port.or(self.options.connections[connection].port);
            (address, port, format!("/{}", prepared.url.trim_start_matches('/')).into())
        };
        let secure = address.is_secure(port); // HTTP-06
        let port = port.unwrap_or(Address::default_port(secure));
        let to = Destination { secure, host: address.host, port, proxy, certificate };
        let mut headers = Vec::with_capacity(prepared.headers.len() + 2);
        if !prepared.has_header("Host") {
            headers.push(HeaderLine::new("Host", to.host_line()));
        }
        headers.extend_from_slice(&prepared.headers);
        if let Some(value) = authorization {
            headers.push(HeaderLine::secret("Authorization", value));
        }
        let (verb, body) = (prepared.verb.clone(), prepared.body.clone());
        Ok(HttpRequest { to, verb, target, headers, body, secret: prepared.secret })
    }

    /// Sends what the running request has come to, once more or for the first time.
    pub(super) fn send_current(&mut self) {
        self.exchanges += 1;
        let number = self.exchanges;
        let Some(sending) = self.sending_mut() else { return };
        let (connection, session) = (sending.connection, sending.session);
        let Some(mut current) = sending.current.take() else { return };
        let (headers, proved) = self.logged_in(&current.sent.asking(connection, self.spec.session(session)));
        (current.number, current.proved) = (number, proved);
        let (index, sent) = (current.prepared.request, HttpRequest { headers, ..current.sent.clone() });
        if let Some(sending) = self.sending_mut() {
            sending.current = Some(current);
        }
        self.counters.requests_sent += 1;
        self.event(|spec| Event::Request {
            session: spec.session(session).id,
            request: spec.request(index).id,
            connection: spec.connection(connection).id,
            verb: sent.verb.to_string(),
            url: sent.url(),
        });
        let wait = self.answer_wait();
        self.deadlines.arm(Deadline::RequestWait, self.now + wait);
        self.emit(Output::Request { connection, number, index, request: Box::new(sent) });
    }

    /// HTTP-19; a wait of 0 counts as none.
    fn answer_wait(&self) -> Duration {
        let Some(sending) = self.sending() else { return Duration::ZERO };
        let own = sending.current.as_ref().and_then(|current| self.spec.request(current.prepared.request).timeout_ms);
        let own = own.filter(|&ms| ms > 0);
        let own = own.or(self.spec.session(sending.session).timeout_ms.filter(|&ms| ms > 0));
        own.map_or(self.options.connections[sending.connection].timeout, |ms| Duration::from_millis(ms.into()))
    }

    /// No answer in time.
    pub(in crate::engine) fn request_wait_is_over(&mut self, hooks: &mut dyn Hooks<'s>) {
        let Some(connection) = self.sending().map(|sending| sending.connection) else { return };
        self.emit(Output::AbandonRequest { connection });
        let ms = u64::try_from(self.answer_wait().as_millis()).unwrap_or(u64::MAX);
        let why = NoAnswer { short: "timeout", reason: &Reason::RequestTimeout(ms), was_open: true };
        self.attempt_has_failed(&why, true, hooks);
    }

    /// The transport has no answer.
    pub(in crate::engine) fn request_failed(
        &mut self,
        number: u64,
        failure: &RequestFailure,
        hooks: &mut dyn Hooks<'s>,
    ) {
        if self.current_mut(number).is_some() {
            let was_open = matches!(failure, RequestFailure::Answer(_));
            let why = NoAnswer { short: failure.short(), reason: failure.reason(), was_open };
            self.attempt_has_failed(&why, failure.may_be_retried(), hooks);
        }
    }

    fn attempt_has_failed(&mut self, why: &NoAnswer<'_>, retry: bool, hooks: &mut dyn Hooks<'s>) {
        self.deadlines.disarm(Deadline::RequestWait);
        let Some(connection) = self.sending().map(|sending| sending.connection) else { return };
        let retries = self.options.connections[connection].retries;
        let Some(sending) = self.sending_mut() else { return };
        let session = sending.session;
        let Some(current) = &mut sending.current else { return };
        let index = current.prepared.request;
        // HTTP-18
        if retry && current.attempt <= retries {
            current.attempt += 1;
            let outcome = RequestOutcome::Failed(why.short.into());
            self.tell_request(session, index, outcome);
            self.send_current();
            return;
        }
        if let Some(current) = sending.current.take() {
            self.give_up_request(&current.prepared, why, hooks);
        }
    }

    /// There is no answer, and none is waited for any more (HTTP-21). The body of the last one stays as it is.
    pub(super) fn give_up_request(&mut self, prepared: &Prepared, why: &NoAnswer<'_>, hooks: &mut dyn Hooks<'s>) {
        let NoAnswer { short, reason, was_open } = *why;
        let Some(session) = self.sending().map(|sending| sending.session) else { return };
        let row = self.spec.request(prepared.request);
        self.counters.requests_failed += 1;
        self.tell_request(session, prepared.request, RequestOutcome::Failed(short.into()));
        self.log(LogLevel::Warning, |_| format!("session {}, request {}: {reason}", row.session, row.id));
        if let Some(param) = row.status_code {
            self.store(param, Value::Text(short.into()), hooks);
        }
        self.request_is_bad(prepared, of_request(reason, was_open), hooks);
    }

    /// HTTP-16, HTTP-20: the triggers run whatever the session and the request say; the element's state follows unless
    /// they, or `NoTimeouts`, say otherwise (LIFE-60, LIFE-61). `report` is what the connection tells of it.
    pub(super) fn request_is_bad(&mut self, prepared: &Prepared, report: Option<&str>, hooks: &mut dyn Hooks<'s>) {
        let Some(sending) = self.sending() else { return };
        let (connection, session) = (sending.connection, self.spec.session(sending.session));
        if !session.ignore_timeout && !self.spec.request(prepared.request).ignore_timeout {
            self.failed(connection, report);
        }
        self.run_triggers(session.on_timeout, Fired::Nothing, hooks); // TRG-22
        self.run_report_triggers(report, hooks); // TRG-25
    }
}
