//! Pairs: sending a command and waiting for its answer (PAIR-01 to PAIR-36).

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, MessageType, PairIndex, ParamIndex, ResponseIndex};

use super::Engine;
use super::change::Setter;
use super::counters::Loss;
use super::deadline::Deadline;
use super::event::{Event, LogLevel, PairOutcome};
use super::groups::Step;
use super::input::{Ticket, Until};
use super::log::About;
use super::output::{Output, PairPhase};
use super::qactions::Hooks;
use super::queue::{Place, Work};
use super::responses::Values;
use super::triggers::Fired;
use crate::error::{Error, Reason};
use crate::settings::WhileClosed;
use crate::value::Value;

/// The pair that is being sent, or waits for its answer.
#[derive(Debug)]
pub(super) struct Exchange {
    /// Tells this exchange from earlier ones of the same pair.
    pub(super) number: u64,
    pub(super) pair: PairIndex,
    pub(super) connection: ConnectionIndex,
    /// Every attempt sends the same bytes (CMD-15).
    pub(super) bytes: Bytes,
    kind: MessageType,
    /// Counted from 1.
    attempt: u32,
    /// Whether the socket has taken the command.
    handed_over: bool,
    /// Whether the command vanished because the connection was closed ([`WhileClosed::Drop`]).
    dropped: bool,
    /// Whether the end of this attempt was told: its triggers may end the connection, which is no second timeout.
    told: bool,
}

impl<'s> Engine<'s> {
    /// Sets parameters, composes the pair's command and queues the pair (BEY-32).
    pub(super) fn execute_pair(
        &mut self,
        pair: PairIndex,
        fill: Vec<(ParamIndex, Value)>,
        ticket: Ticket,
        until: Until,
        hooks: &mut dyn Hooks<'s>,
    ) -> Result<(), Error> {
        if !self.life.runs_groups() {
            return Err(self.not_running());
        }
        for (param, value) in &fill {
            self.check_entry(*param, value)?; // all or nothing
            self.fit(*param, value.clone())?;
        }
        for (param, value) in fill {
            self.set(param, value, Setter::Explicit, hooks)?;
        }
        if self.enqueue(Work::Pair(pair), Place::Normal, None, Some((ticket, until)), hooks) {
            return Ok(());
        }
        self.counters.lose(Loss::NoRoom);
        Err(Error::NotSent { pair: self.spec.pair(pair).id, reason: "the queue is full".to_owned() })
    }

    /// A pair's turn has come.
    pub(super) fn begin_pair(
        &mut self,
        pair: PairIndex,
        group_connection: Option<ConnectionIndex>,
        frozen: Option<Bytes>,
        hooks: &mut dyn Hooks<'s>,
    ) {
        let row = self.spec.pair(pair);
        if !self.holds(row.condition, "pair", row.id) {
            return self.skip_pair(pair);
        }
        let connection = self.pair_connection(pair, group_connection);
        let command = row.command;
        let kind = self.spec.command(command).message_type;
        let bytes = match frozen {
            Some(bytes) => bytes,
            None => self.compose(command, false, hooks),
        };
        self.exchanges += 1;
        let number = self.exchanges;
        let exchange = Exchange {
            number,
            pair,
            connection,
            bytes,
            kind,
            attempt: 1,
            handed_over: false,
            dropped: false,
            told: false,
        };
        let id = self.spec.command(command).id;
        let unsendable = if exchange.bytes.is_empty() {
            Some(format!("command {id} is empty; set its parameters first")) // CMD-17
        } else if kind == MessageType::Text && std::str::from_utf8(&exchange.bytes).is_err() {
            Some(format!("command {id} is text but not valid UTF-8")) // CONN-82
        } else {
            None
        };
        if let Some(running) = &mut self.running {
            running.step = Step::Exchange(exchange);
        }
        match unsendable {
            Some(reason) => self.give_up(Reason::Command(reason), hooks),
            None => self.attempt(hooks),
        }
    }

    /// PAIR-03: no trigger runs, and the group goes on. Who sent the pair by itself is told.
    fn skip_pair(&mut self, pair: PairIndex) {
        if !self.running.as_ref().is_some_and(|running| running.entry.work == Work::Pair(pair)) {
            return self.no_longer_queued([pair]);
        }
        let reason = "its condition is false".to_owned();
        let error = Error::NotSent { pair: self.spec.pair(pair).id, reason: reason.clone() };
        let outcome = PairOutcome::Failed(reason.clone().into());
        self.pair_is(pair, PairPhase::Failed(Reason::Command(reason)), Some(outcome));
        self.answer_ticket(Until::Answered, || Err(error));
    }

    pub(super) fn exchange(&self) -> Option<&Exchange> {
        match &self.running.as_ref()?.step {
            Step::Exchange(exchange) => Some(exchange),
            _ => None,
        }
    }

    fn exchange_mut(&mut self) -> Option<&mut Exchange> {
        match &mut self.running.as_mut()?.step {
            Step::Exchange(exchange) => Some(exchange),
            _ => None,
        }
    }

    /// The pair that waits for an answer on this connection. A command that the socket has not taken, or that vanished,
    /// has no answer yet (RSP-04, CONN-92).
    pub(super) fn waiting_pair(&self, connection: ConnectionIndex) -> Option<PairIndex> {
        let waits = |exchange: &&Exchange| exchange.connection == connection && exchange.handed_over;
        self.exchange().filter(waits).map(|exchange| exchange.pair)
    }

    /// Sends the command, once more or for the first time.
    fn attempt(&mut self, hooks: &mut dyn Hooks<'s>) {
        let Some(exchange) = self.exchange() else { return };
        let (number, pair, connection, kind) = (exchange.number, exchange.pair, exchange.connection, exchange.kind);
        let data = exchange.bytes.clone();
        let wait = self.wait_of(pair, connection);
        if self.connections[connection].is_open() {
            // A message on its way: this one follows when the socket has taken it, see `sent`.
            if let Some(exchange) = self.exchange_mut() {
                exchange.dropped = false;
            }
            if self.connections[connection].sending.is_none() {
                self.hand_over(number, connection, kind, data);
            }
            self.deadlines.arm(Deadline::PairWait, self.now + wait);
            return;
        }
        let policy = self.options.connections[connection].while_closed;
        // BEY-04: every loss is counted.
        match policy {
            WhileClosed::Queue { messages, time } => self.wait_for_connection(messages, time, hooks),
            WhileClosed::Reject => {
                self.counters.lose(Loss::WhileClosed);
                let reason = self.connections[connection].reason().clone();
                self.give_up(reason, hooks);
            }
            // CONN-91, CONN-92
            WhileClosed::Drop if self.spec.pair(pair).responses.is_empty() => {
                self.counters.lose(Loss::Dropped);
                self.succeed(Values::default(), hooks);
            }
            WhileClosed::Drop => {
                self.counters.lose(Loss::Dropped);
                if let Some(exchange) = self.exchange_mut() {
                    exchange.dropped = true;
                }
                self.deadlines.arm(Deadline::PairWait, self.now + wait);
            }
        }
    }

    fn hand_over(&mut self, exchange: u64, connection: ConnectionIndex, kind: MessageType, data: Bytes) {
        self.connections[connection].sending = Some(exchange);
        self.connections[connection].sent = Some(kind);
        let told = self.traced || self.is_streamed();
        if let Some(pair) = self.exchange().map(|exchange| exchange.pair).filter(|_| told) {
            let command = self.spec.pair(pair).command;
            let secret = self.hold_secrets(self.content_of_command(command));
            self.stream_sent(connection, kind, &data, secret);
            let message = (!secret).then(|| match kind {
                MessageType::Text => Value::from_bytes(data.clone()),
                MessageType::Binary => Value::Bytes(data.clone()),
            });
            self.event(|spec| Event::Send { id: spec.connection(connection).id, message });
        }
        self.emit(Output::Send { connection, kind, data });
    }

    /// PAIR-06
    fn wait_of(&self, pair: PairIndex, connection: ConnectionIndex) -> Duration {
        let own = self.pairs[pair].timeout_ms.or(self.spec.pair(pair).timeout_ms).filter(|&ms| ms > 0);
        own.map_or(self.options.connections[connection].timeout, |ms| Duration::from_millis(ms.into()))
    }

    /// The socket took the message that was on its way.
    pub(super) fn sent(&mut self, connection: ConnectionIndex, attempt: u32, hooks: &mut dyn Hooks<'s>) {
        if !self.connections[connection].is_open_attempt(attempt) {
            return;
        }
        // Nothing is on its way: who hears it twice must not send twice.
        let Some(number) = self.connections[connection].sending.take() else { return };
        self.counters.messages_sent += 1;
        let Some(exchange) = self.exchange_mut().filter(|exchange| exchange.connection == connection) else { return };
        if number != exchange.number {
            // What was on its way belonged to an exchange that has ended: now this one's turn has come.
            let (number, kind, data) = (exchange.number, exchange.kind, exchange.bytes.clone());
            self.hand_over(number, connection, kind, data);
            return;
        }
        exchange.handed_over = true;
        let (pair, number, attempt) = (exchange.pair, exchange.number, exchange.attempt);
        self.pair_is(pair, PairPhase::Sent { attempt }, Some(PairOutcome::Sent));
        self.answer_ticket(Until::Sent, || Ok(Values::default()));
        let row = self.spec.pair(pair);
        self.run_triggers(self.spec.command(row.command).after, Fired::Command(row.command), hooks); // PAIR-08
        if self.exchange().is_none_or(|exchange| exchange.number != number) {
            return;
        }
        if row.responses.is_empty() {
            self.succeed(Values::default(), hooks); // PAIR-04, PAIR-05
        } else {
            // The time for the answer begins when the command is out (PAIR-06), however slow the socket was.
            let wait = self.wait_of(pair, connection);
            self.deadlines.arm(Deadline::PairWait, self.now + wait);
        }
    }

    /// No answer within the pair's time (PAIR-20).
    pub(super) fn wait_is_over(&mut self, hooks: &mut dyn Hooks<'s>) {
        let Some(exchange) = self.exchange() else { return };
        let (pair, connection, attempt, number) =
            (exchange.pair, exchange.connection, exchange.attempt, exchange.number);
        let row = self.spec.pair(pair);
        self.attempt_failed(pair, hooks); // PAIR-24
        let retries = row.retries.unwrap_or(self.options.connections[connection].retries); // PAIR-23
        let may_retry = self.connections[connection].is_open()
            || self.options.connections[connection].while_closed == WhileClosed::Drop;
        let Some(exchange) = self.exchange_mut().filter(|exchange| exchange.number == number) else { return };
        if attempt <= retries && may_retry {
            exchange.attempt += 1;
            exchange.told = false;
            // PAIR-21; bytes that the socket has not taken yet are not queued behind themselves.
            if self.connections[connection].sending == Some(number) {
                let wait = self.wait_of(pair, connection);
                self.deadlines.arm(Deadline::PairWait, self.now + wait);
            } else {
                self.attempt(hooks);
            }
            return;
        }
        let error = if exchange.handed_over || exchange.dropped {
            let wait_ms = u64::try_from(self.wait_of(pair, connection).as_millis()).unwrap_or(u64::MAX);
            Error::TimedOut { pair: row.id, attempts: attempt, wait_ms }
        } else {
            self.counters.lose(Loss::Unsent);
            Error::NotSent { pair: row.id, reason: "the socket took nothing more".to_owned() }
        };
        if !row.ignore_timeout {
            self.not_responding(connection); // PAIR-26, PAIR-29
        }
        self.end(PairPhase::TimedOut, "no answer".into(), error, hooks);
    }

    /// The connection of the running pair was lost: fail now, do not sit out the time (PAIR-36).
    pub(super) fn fail_exchange(&mut self, connection: ConnectionIndex, reason: &Reason, hooks: &mut dyn Hooks<'s>) {
        let Some(exchange) = self.exchange().filter(|exchange| exchange.connection == connection) else { return };
        if exchange.dropped {
            return; // it was not on this connection
        }
        if !exchange.handed_over {
            self.counters.lose(if *reason == Reason::Stopped { Loss::AtStop } else { Loss::Unsent });
        }
        self.give_up(reason.clone(), hooks);
    }

    /// The element pauses: the running pair is given up wherever it is (LIFE-31).
    pub(super) fn cut_exchange(&mut self, hooks: &mut dyn Hooks<'s>) {
        let Some(exchange) = self.exchange() else { return };
        // What was dropped has been counted when it was.
        if !exchange.handed_over && !exchange.dropped {
            self.counters.lose(Loss::AtStop);
        }
        self.give_up(Reason::Paused, hooks);
    }

    /// Ends the running pair without an answer and without another attempt.
    pub(super) fn give_up(&mut self, reason: Reason, hooks: &mut dyn Hooks<'s>) {
        let Some(exchange) = self.exchange() else { return };
        let (pair, number, handed_over) = (exchange.pair, exchange.number, exchange.handed_over);
        let row = self.spec.pair(pair);
        self.attempt_failed(pair, hooks); // PAIR-24, BEY-05
        if self.exchange().is_none_or(|exchange| exchange.number != number) {
            return;
        }
        let text = reason.to_string();
        let error = if reason == Reason::Paused {
            self.paused()
        } else if handed_over {
            Error::ConnectionLost { pair: row.id, reason: text.clone() }
        } else {
            Error::NotSent { pair: row.id, reason: text.clone() }
        };
        self.log_about(About::pair(row.id).because(&reason), LogLevel::Warning, |_| error.to_string());
        self.end(PairPhase::Failed(reason), text.into(), error, hooks);
    }

    /// Tells once that an attempt of the running pair has failed.
    fn attempt_failed(&mut self, pair: PairIndex, hooks: &mut dyn Hooks<'s>) {
        let Some(exchange) = self.exchange_mut() else { return };
        if !std::mem::replace(&mut exchange.told, true) {
            self.pair_told(pair, PairOutcome::Timeout);
            self.run_triggers(self.spec.pair(pair).on_timeout, Fired::Pair(pair), hooks);
        }
    }

    fn end(&mut self, phase: PairPhase, reason: Cow<'static, str>, error: Error, hooks: &mut dyn Hooks<'s>) {
        let Some(pair) = self.exchange().map(|exchange| exchange.pair) else { return };
        self.end_exchange();
        self.pair_is(pair, phase, Some(PairOutcome::Failed(reason)));
        self.answer_ticket(Until::Answered, || Err(error));
        self.run_triggers(self.spec.pair(pair).on_timeout_after_retries, Fired::Pair(pair), hooks); // PAIR-24
        self.pause_after_pair();
    }

    /// The exchange is over before its last triggers run: what they do to the connection is not about it any more.
    pub(super) fn end_exchange(&mut self) {
        self.deadlines.disarm(Deadline::PairWait);
        if let Some(running) = &mut self.running {
            running.step = Step::Between;
        }
    }

    /// The exchange was good.
    pub(super) fn succeed(&mut self, values: Values, hooks: &mut dyn Hooks<'s>) {
        let Some((pair, connection)) = self.exchange().map(|exchange| (exchange.pair, exchange.connection)) else {
            return;
        };
        self.end_exchange();
        if self.connections[connection].is_open() {
            self.responding(connection); // a command that vanished is no sign of life (CONN-92)
        }
        self.restart_watchdog();
        self.pair_is(pair, PairPhase::Answered(values.clone()), Some(PairOutcome::Succeeded));
        self.answer_ticket(Until::Answered, || Ok(values));
        self.run_triggers(self.spec.pair(pair).on_succeeded, Fired::Pair(pair), hooks); // PAIR-07
        self.pause_after_pair();
    }

    /// The device said that it can't take the command (RSP-09): it answers, so nothing is sent again, and the time is not
    /// over either.
    pub(super) fn refused(&mut self, response: ResponseIndex) {
        let Some((pair, connection)) = self.exchange().map(|exchange| (exchange.pair, exchange.connection)) else {
            return;
        };
        self.end_exchange();
        self.responding(connection);
        let reason = Reason::Refused { response: self.spec.response(response).id };
        let (id, text) = (self.spec.pair(pair).id, reason.to_string());
        self.log_about(About::pair(id).because(&reason), LogLevel::Warning, |_| format!("pair {id}: {text}"));
        self.pair_is(pair, PairPhase::Failed(reason), Some(PairOutcome::Failed(text.clone().into())));
        self.answer_ticket(Until::Answered, || Err(Error::Refused { pair: id, reason: text }));
        self.pause_after_pair();
    }

    /// Answers whoever waits for the running pair to get this far. The end of the exchange answers everybody.
    fn answer_ticket(&mut self, reached: Until, result: impl FnOnce() -> Result<Values, Error>) {
        let Some(running) = &mut self.running else { return };
        let wanted = |&mut (_, until): &mut (Ticket, Until)| reached == Until::Answered || until == Until::Sent;
        if let Some((ticket, _)) = running.entry.ticket.take_if(wanted) {
            let result = result();
            self.emit(Output::Done { ticket, result });
        }
    }
}
