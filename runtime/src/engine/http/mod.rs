//! HTTP sessions that groups send: their requests one after the other, and what becomes of the answers (HTTP-01 to
//! HTTP-22).

mod answer;
mod message;
mod prepare;
mod redirect;
mod send;

use std::collections::VecDeque;

use genlock_spec::{ConnectionIndex, RequestIndex, SessionIndex};

use super::Engine;
use super::deadline::Deadline;
use super::event::{Event, RequestOutcome};
use super::groups::Step;
use super::output::Output;
use super::redirect::Trail;

pub(crate) use self::message::{HttpAnswer, HttpRequest, RequestFailure};
pub(super) use self::prepare::Prepared;

/// The session that is being sent.
#[derive(Debug)]
pub(super) struct Sending {
    session: SessionIndex,
    connection: ConnectionIndex,
    /// The requests that follow, as they were when the group was queued (HTTP-04).
    rest: VecDeque<Prepared>,
    current: Option<Current>,
}

/// The request whose answer is waited for.
#[derive(Debug)]
struct Current {
    /// Tells this attempt from all others.
    number: u64,
    prepared: Prepared,
    /// What was sent last: the request itself, or one that follows a redirect; with Basic, if anybody logs in.
    sent: HttpRequest,
    /// Whether it was sent with a proof in the place of Basic (HTTP-40).
    proved: bool,
    /// How often it was sent again because its login was refused.
    proofs: u32,
    /// Counted from 1 (HTTP-18).
    attempt: u32,
    /// Where it was sent so far (HTTP-17).
    trail: Trail,
}

impl Sending {
    /// Whether the next request can be sent, or the session ended.
    pub(super) fn is_ready(&self) -> bool {
        self.current.is_none()
    }
}

impl<'s> Engine<'s> {
    /// A session's turn has come.
    pub(super) fn begin_session(
        &mut self,
        session: SessionIndex,
        connection: ConnectionIndex,
        rest: VecDeque<Prepared>,
    ) {
        if let Some(running) = &mut self.running {
            let sending = Sending { session, connection, rest, current: None };
            running.step = Step::Session(Box::new(sending));
        }
    }

    /// Sends the next request of the running session (HTTP-01), or ends the session.
    pub(super) fn continue_session(&mut self, hooks: &mut dyn super::Hooks<'s>) {
        let Some(sending) = self.sending_mut() else { return };
        match sending.rest.pop_front() {
            Some(prepared) => self.send_prepared(prepared, hooks),
            None => self.end_session(),
        }
    }

    fn end_session(&mut self) {
        let Some(sending) = self.sending() else { return };
        let (row, connection) = (self.spec.session(sending.session), sending.connection);
        if !row.keep_alive {
            self.emit(Output::EndRequests { connection }); // HTTP-02
        }
        self.pause_after_session();
    }

    /// The element stops or pauses: what is on its way is given up (LIFE-31, LIFE-41), and the session with it.
    pub(super) fn cut_session(&mut self) {
        let Some(sending) = self.sending_mut() else { return };
        let (session, connection) = (sending.session, sending.connection);
        sending.rest.clear();
        if let Some(current) = sending.current.take() {
            self.deadlines.disarm(Deadline::RequestWait);
            self.emit(Output::AbandonRequest { connection });
            self.counters.requests_failed += 1;
            self.tell_request(session, current.prepared.request, RequestOutcome::Failed("given up".into()));
        }
    }

    fn sending(&self) -> Option<&Sending> {
        match &self.running.as_ref()?.step {
            Step::Session(sending) => Some(sending),
            _ => None,
        }
    }

    fn sending_mut(&mut self) -> Option<&mut Sending> {
        match &mut self.running.as_mut()?.step {
            Step::Session(sending) => Some(sending),
            _ => None,
        }
    }

    /// The request that waits, when it is this one.
    fn current_mut(&mut self, number: u64) -> Option<&mut Current> {
        self.sending_mut()?.current.as_mut().filter(|current| current.number == number)
    }

    fn tell_request(&mut self, session: SessionIndex, request: RequestIndex, outcome: RequestOutcome) {
        self.event(|spec| Event::Answer {
            session: spec.session(session).id,
            request: spec.request(request).id,
            outcome,
        });
    }
}
