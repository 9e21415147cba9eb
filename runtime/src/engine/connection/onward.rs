//! An attempt that goes on: the server of a handshake sends it elsewhere, or asks who it is (HTTP-45).

use std::borrow::Cow;

use data_encoding::BASE64;
use genlock_spec::{ConnectionIndex, Session};

use super::super::Engine;
use super::super::deadline::Deadline;
use super::super::event::Event;
use super::super::input::HandshakeAnswer;
use super::super::login::{Asking, Refusal};
use super::super::opening::OpeningRequest;
use super::super::output::Output;
use super::super::redirect::{RefusedRedirect, Trail, kept, leads_to};
use super::state::LinkState;
use crate::error::Reason;

/// An attempt in progress. It is one, however often the server answers with something else than yes or no: TimeoutTime
/// is for all of it (CONN-100).
#[derive(Debug)]
pub(in crate::engine) struct Opening {
    /// What was sent last; with Basic, if anybody logs in.
    request: OpeningRequest,
    /// Whether it was sent with a proof in the place of Basic (HTTP-40).
    proved: bool,
    /// How often it was sent again because its login was refused.
    proofs: u32,
    /// Where it was sent so far (HTTP-17).
    trail: Trail,
}

/// What an answer is, other than the end of the attempt.
enum Step {
    /// The same again, with the login that the server asks for.
    LogIn,
    /// Another place.
    Follow(OpeningRequest),
}

impl Engine<'_> {
    /// Begins an attempt.
    pub(super) fn begin_opening(&mut self, connection: ConnectionIndex, request: OpeningRequest) {
        self.event(|spec| Event::Connect { id: spec.connection(connection).id, url: request.url() });
        self.change_state(connection, LinkState::Connecting, None);
        let timeout = self.options.connections[connection].timeout;
        self.deadlines.arm(Deadline::Opening(connection), self.now + timeout); // CONN-100
        self.send_opening(connection, Opening { request, proved: false, proofs: 0, trail: Trail::default() });
    }

    /// Sends the request of the attempt that is in progress.
    fn send_opening(&mut self, connection: ConnectionIndex, mut opening: Opening) {
        let mut request = opening.request.clone();
        if let Some(session) = self.spec.connection(connection).handshake_session {
            let asking = asking(connection, self.spec.session(session), &opening.request);
            (request.headers, opening.proved) = self.logged_in(&asking);
        }
        let link = &mut self.connections[connection];
        link.attempt = link.attempt.wrapping_add(1);
        link.opening = Some(Box::new(opening));
        let attempt = link.attempt;
        self.emit(Output::Connect { connection, attempt, request: Box::new(request) });
    }

    /// Goes on with the attempt if the answer asks for that. `Some`: it does, or this is why it can't.
    pub(super) fn go_on(
        &mut self,
        connection: ConnectionIndex,
        answer: &HandshakeAnswer,
    ) -> Option<Result<(), Reason>> {
        let mut opening = self.connections[connection].opening.take()?;
        let step = self.next_step(connection, &mut opening, answer)?;
        Some(step.map(|step| match step {
            Step::LogIn => {
                opening.proofs += 1;
                self.send_again(connection, *opening);
            }
            Step::Follow(request) => {
                (opening.request, opening.proofs) = (request, 0);
                self.send_again(connection, *opening);
            }
        }))
    }

    fn send_again(&mut self, connection: ConnectionIndex, mut opening: Opening) {
        self.renew_key(&mut opening.request);
        let url = opening.request.url();
        self.event(|spec| Event::Connect { id: spec.connection(connection).id, url });
        self.send_opening(connection, opening);
    }

    fn next_step(
        &mut self,
        connection: ConnectionIndex,
        opening: &mut Opening,
        answer: &HandshakeAnswer,
    ) -> Option<Result<Step, Reason>> {
        if let Some(location) = &answer.location {
            let follows = self.options.connections[connection].follow_redirects;
            return Some(if follows {
                opening.follow(location).map(Step::Follow)
            } else {
                Err(not_followed(opening, location))
            });
        }
        // Without a question there is nothing to answer, and nothing to log.
        if answer.asked.is_empty() {
            return None;
        }
        let session = self.spec.session(self.spec.connection(connection).handshake_session?);
        let refusal = Refusal { asked: &answer.asked, proofs: opening.proofs, proved: opening.proved };
        self.logs_in(&asking(connection, session, &opening.request), &refusal).then_some(Ok(Step::LogIn))
    }

    /// CONN-20: each request has a key of its own.
    pub(super) fn renew_key(&mut self, request: &mut OpeningRequest) {
        let mut key = [0; 16];
        self.random.fill(&mut key);
        request.key = BASE64.encode(&key).into();
        for line in request.headers.iter_mut().filter(|line| line.is("Sec-WebSocket-Key")) {
            line.value.clone_from(&request.key);
        }
    }
}

impl Opening {
    fn follow(&mut self, location: &str) -> Result<OpeningRequest, Reason> {
        let refused = |refused: RefusedRedirect| Reason::Redirect(refused.why);
        let from = &self.request;
        let (to, path) = leads_to(&from.to, &from.path, location).map_err(refused)?;
        let headers = kept(&from.headers, &from.to, &to);
        let next = OpeningRequest { to, path, headers, ..from.clone() };
        self.trail.go_on(from.full_url(), &next.full_url(), &next.url()).map_err(refused)?;
        Ok(next)
    }
}

/// The request as what may log in to its server.
fn asking<'a>(connection: ConnectionIndex, session: &'a Session, request: &'a OpeningRequest) -> Asking<'a> {
    let OpeningRequest { to, headers, path, .. } = request;
    Asking { connection, session, to, headers, verb: "GET", target: path }
}

/// Why a handshake ends at a redirect, and what to do about it. A query may hold an access token.
fn not_followed(opening: &Opening, location: &str) -> Reason {
    let request = &opening.request;
    let place = match leads_to(&request.to, &request.path, location) {
        Ok((to, path)) => Cow::Owned(OpeningRequest { to, path, ..request.clone() }.url()),
        Err(_) => Cow::Borrowed("an address that can't be used"),
    };
    Reason::Redirect(format!(
        "the server redirects to {place}, which a handshake does not follow: connect to that address, or let the \
         connection follow with `follow_redirects`"
    ))
}
