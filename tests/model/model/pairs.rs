//! Commands and pairs (CMD, PAIR).

use serde_json::json;

use super::events::MOST_NESTED;
use super::queue::Work;
use super::{Deadline, Done, Element, Model, RanAway};
use crate::protocol::{Command, Item, Pair, Value};
use crate::script::ELEMENT_TIMEOUT;

/// The pair that is sent, or waits for its answer (PAIR-31).
pub(super) struct Exchange {
    pair: u32,
    /// CMD-15.
    bytes: String,
    /// From 1.
    attempt: u32,
    /// Whether the socket has taken the command.
    is_sent: bool,
}

/// The connection (LIFE-55).
#[derive(Default)]
pub(super) struct Link {
    is_open: bool,
    is_failing: bool,
    /// It has been failing for TimeoutTimeElement (LIFE-50).
    is_in_timeout: bool,
}

impl<'p> Model<'p> {
    fn pair(&self, id: u32) -> &'p Pair {
        self.protocol.pairs.iter().find(|pair| pair.id == id).unwrap()
    }

    fn command(&self, id: u32) -> &'p Command {
        self.protocol.commands.iter().find(|command| command.id == id).unwrap()
    }

    fn pair_line(&mut self, id: u32, state: &str) -> Done {
        self.line("pair", json!({ "id": id, "state": state }))
    }

    /// CMD-01, CMD-02, CMD-18.
    pub(super) fn make(&mut self, command: u32) {
        let params = self.command(command).params.iter();
        let bytes = params.filter_map(|pid| self.value(*pid)).map(|value| Value::text(&value)).collect();
        self.element().made.insert(command, bytes);
    }

    /// CMD-04, CMD-05, CMD-07, CMD-11.
    fn compose(&mut self, command: u32) -> Result<String, RanAway> {
        if !self.protocol.link.makes_by_protocol {
            self.make(command);
        }
        self.fire_all(Item::Command(command), "before")?;
        Ok(self.element().made[&command].clone())
    }

    /// What an entry of the queue carries for each of its pairs: with the option, their bytes (CMD-10, CMD-12, CMD-13); for
    /// a pair of the API in any case (BEY-32).
    pub(super) fn freeze(&mut self, work: Work) -> Result<Vec<Option<String>>, RanAway> {
        let pairs = self.pairs_of(work);
        if pairs.is_empty() {
            return Ok(Vec::new());
        }
        // What triggers of commands may cause has an end, as events have it; the rules do not say what is dropped then.
        if self.element().nested == MOST_NESTED {
            return Err(RanAway);
        }
        self.element().nested += 1;
        let is_frozen = self.protocol.link.makes_by_protocol || matches!(work, Work::Pair(_));
        let mut frozen = Vec::new();
        for pair in pairs {
            frozen.push(if is_frozen { Some(self.compose(self.pair(pair).command)?) } else { None });
        }
        self.element().nested -= 1;
        Ok(frozen)
    }

    /// The pairs of an entry wait.
    pub(super) fn pairs_wait(&mut self, work: Work) -> Done {
        self.pairs_of(work).into_iter().try_for_each(|pair| self.pair_line(pair, "queued"))
    }

    /// A pair's turn.
    pub(super) fn begin_pair(&mut self, id: u32, frozen: Option<String>) -> Done {
        let pair = self.pair(id);
        // PAIR-03; who sent it by itself is told.
        if !self.holds(pair.condition.as_ref()) {
            return if self.is_alone() { self.pair_line(id, "failed") } else { Ok(()) };
        }
        let bytes = match frozen {
            Some(bytes) => bytes,
            None => self.compose(pair.command)?,
        };
        let is_empty = bytes.is_empty();
        self.element().exchange = Some(Exchange { pair: id, bytes, attempt: 1, is_sent: false });
        // CMD-17; CONN-92 as BEY-04 has it.
        if is_empty || !self.element().link.is_open { self.give_up() } else { self.send() }
    }

    fn send(&mut self) -> Done {
        let Some(exchange) = &mut self.element().exchange else { return Ok(()) };
        exchange.is_sent = false;
        let text = exchange.bytes.clone();
        self.line("send", json!({ "connection": 0, "text": text }))
    }

    /// The socket takes what was sent, when all else of the moment is done.
    pub(super) fn settle(&mut self) -> Done {
        while let Some(Element { exchange: Some(exchange), .. }) = &mut self.element
            && !exchange.is_sent
        {
            exchange.is_sent = true;
            let id = exchange.pair;
            let pair = self.pair(id);
            self.pair_line(pair.id, "sent")?;
            // PAIR-08.
            self.fire_all(Item::Command(pair.command), "after")?;
            if pair.responses.is_empty() {
                self.succeed()?; // PAIR-04, PAIR-05
            } else {
                // PAIR-06.
                let wait = pair.timeout.unwrap_or(self.protocol.link.timeout);
                self.later(self.now + wait, Deadline::Answer);
            }
            self.work()?;
        }
        Ok(())
    }

    pub(super) fn is_open(&mut self) -> bool {
        self.element().link.is_open
    }

    /// The pair that waits for an answer (RSP-04).
    pub(super) fn waiting_pair(&mut self) -> Option<&'p Pair> {
        let id = self.element().exchange.as_ref().filter(|exchange| exchange.is_sent)?.pair;
        Some(self.pair(id))
    }

    /// PAIR-07.
    pub(super) fn succeed(&mut self) -> Done {
        let Some(pair) = self.end_exchange() else { return Ok(()) };
        self.responds()?; // PAIR-29
        self.pair_line(pair, "succeeded")?;
        self.fire_all(Item::Pair(pair), "succeeded")?;
        self.pause_after_pair();
        Ok(())
    }

    /// No answer in time (PAIR-20, PAIR-21, PAIR-24).
    pub(super) fn answer_is_late(&mut self) -> Done {
        let Some(Exchange { pair, attempt, .. }) = self.element().exchange else { return Ok(()) };
        let pair = self.pair(pair);
        self.attempt_failed(pair.id)?;
        // PAIR-22, PAIR-23.
        if attempt <= pair.retries.unwrap_or(self.protocol.link.retries) {
            if let Some(exchange) = &mut self.element().exchange {
                exchange.attempt += 1;
            }
            return self.send();
        }
        // PAIR-26, PAIR-29.
        if !pair.ignores_timeout {
            self.fails();
        }
        self.end_pair()
    }

    /// It cannot be sent, or answered: no attempt more (PAIR-36).
    fn give_up(&mut self) -> Done {
        let Some(exchange) = &self.element().exchange else { return Ok(()) };
        let pair = exchange.pair;
        self.attempt_failed(pair)?;
        self.end_pair()
    }

    fn attempt_failed(&mut self, pair: u32) -> Done {
        self.pair_line(pair, "timeout")?;
        self.fire_all(Item::Pair(pair), "timeout")
    }

    fn end_pair(&mut self) -> Done {
        let Some(pair) = self.end_exchange() else { return Ok(()) };
        self.pair_line(pair, "failed")?;
        self.fire_all(Item::Pair(pair), "timeout after retries")?;
        self.pause_after_pair();
        Ok(())
    }

    fn end_exchange(&mut self) -> Option<u32> {
        self.forget(Deadline::Answer);
        self.element().exchange.take().map(|exchange| exchange.pair)
    }

    /// The connection is open (CONN-24).
    pub(super) fn opened(&mut self) -> Done {
        self.element().link.is_open = true;
        self.responds()
    }

    /// The connection is gone (CONN-90, PAIR-36).
    pub(super) fn lost(&mut self) -> Done {
        if !std::mem::take(&mut self.element().link.is_open) {
            return Ok(());
        }
        self.fails();
        self.give_up()
    }

    /// LIFE-32: what waits does not wait any longer.
    pub(super) fn end_waiting(&mut self) -> Done {
        self.element().deadlines.clear();
        self.give_up()
    }

    /// LIFE-50.
    fn fails(&mut self) {
        if !std::mem::replace(&mut self.element().link.is_failing, true) {
            self.later(self.now + ELEMENT_TIMEOUT, Deadline::ElementTimeout);
        }
    }

    fn responds(&mut self) -> Done {
        self.element().link.is_failing = false;
        self.forget(Deadline::ElementTimeout);
        if std::mem::take(&mut self.element().link.is_in_timeout) {
            self.line("element", json!({ "state": "active" }))?;
        }
        Ok(())
    }

    /// LIFE-58.
    pub(super) fn element_times_out(&mut self) -> Done {
        self.element().link.is_in_timeout = true;
        self.line("element", json!({ "state": "timeout" }))
    }
}
