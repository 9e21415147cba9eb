//! What becomes of an answer (HTTP-13 to HTTP-16).

use genlock_spec::{ConnectionIndex, ParamIndex, SessionIndex, Source};

use super::super::Engine;
use super::super::change::Setter;
use super::super::deadline::Deadline;
use super::super::event::{LogLevel, RequestOutcome};
use super::super::login::Refusal;
use super::super::qactions::Hooks;
use super::send::NoAnswer;
use super::{Current, HttpAnswer, Prepared};
use crate::error::Reason;
use crate::value::Value;

impl<'s> Engine<'s> {
    /// The answer to a request has come.
    pub(in crate::engine) fn answered(&mut self, number: u64, answer: HttpAnswer, hooks: &mut dyn Hooks<'s>) {
        if self.current_mut(number).is_none() {
            return; // a late one
        }
        self.deadlines.disarm(Deadline::RequestWait);
        self.restart_watchdog();
        let Some(sending) = self.sending_mut() else { return };
        let (session, connection) = (sending.session, sending.connection);
        let Some(mut current) = sending.current.take() else { return };
        let index = current.prepared.request;
        if current.proved {
            self.take_next_nonce(connection, answer.values("Authentication-Info"));
        }
        if answer.status == 401 && self.logs_in_again(connection, session, &current, &answer) {
            (current.proofs, current.attempt) = (current.proofs + 1, 1);
            self.tell_request(session, index, RequestOutcome::LoginAsked { status: answer.status });
            if let Some(sending) = self.sending_mut() {
                sending.current = Some(current);
            }
            self.send_current();
            return;
        }
        let follows = !self.spec.connection(connection).custom_redirect;
        match current.redirect(&answer).filter(|_| follows) {
            Some(Ok(request)) => {
                current.sent = request;
                (current.proofs, current.attempt) = (0, 1);
                if let Some(sending) = self.sending_mut() {
                    sending.current = Some(current);
                }
                self.tell_request(session, index, RequestOutcome::Redirected { status: answer.status });
                self.send_current();
            }
            Some(Err(refused)) => {
                let reason = Reason::Redirect(refused.why);
                let why = NoAnswer { short: refused.short, reason: &reason, was_open: true };
                self.give_up_request(&current.prepared, &why, hooks);
            }
            None => {
                self.tell_request(session, index, RequestOutcome::Answered { status: answer.status });
                self.take_answer(&current.prepared, answer, hooks);
            }
        }
    }

    fn take_answer(&mut self, prepared: &Prepared, answer: HttpAnswer, hooks: &mut dyn Hooks<'s>) {
        let is_good = (200..300).contains(&answer.status); // HTTP-16
        let connection = self.sending().map(|sending| sending.connection);
        if let Some(connection) = connection.filter(|_| is_good) {
            self.responding(connection);
        }
        let report = (!is_good).then(|| answer.status_line.clone());
        self.store_http_answer(prepared, answer, hooks);
        if report.is_some() {
            self.counters.requests_failed += 1;
            self.request_is_bad(prepared, report.as_deref(), hooks);
        }
    }

    /// HTTP-13, HTTP-14: the body comes last, so that what it triggers sees the rest.
    fn store_http_answer(&mut self, prepared: &Prepared, answer: HttpAnswer, hooks: &mut dyn Hooks<'s>) {
        let row = self.spec.request(prepared.request);
        if let Some(param) = row.status_code {
            self.store(param, Value::Text(answer.status_line.as_str().into()), hooks);
        }
        for header in self.spec.headers_of(row.answer_headers) {
            let Source::Param(param) = header.value else { continue };
            let values: Vec<&str> = answer.values(self.spec.text(header.key)).collect();
            if !values.is_empty() {
                self.store(param, Value::Text(values.join("\r\n").into()), hooks);
            }
        }
        if let Some(param) = row.content {
            self.store(param, Value::from_bytes(answer.body), hooks);
        }
    }

    /// HTTP-40: whether the request is to be sent again, with the login that the server's 401 asks for.
    fn logs_in_again(
        &mut self,
        connection: ConnectionIndex,
        session: SessionIndex,
        current: &Current,
        answer: &HttpAnswer,
    ) -> bool {
        let asked: Vec<String> = answer.values("WWW-Authenticate").map(str::to_owned).collect();
        let asking = current.sent.asking(connection, self.spec.session(session));
        self.logs_in(&asking, &Refusal { asked: &asked, proofs: current.proofs, proved: current.proved })
    }

    /// HTTP-15: a construct, so an equal value is no change event.
    pub(super) fn store(&mut self, param: ParamIndex, value: Value, hooks: &mut dyn Hooks<'s>) {
        if let Err(error) = self.set(param, value, Setter::Construct, hooks) {
            self.log(LogLevel::Error, |_| error.to_string());
        }
    }
}
