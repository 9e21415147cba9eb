//! Each HTTP request is answered, failed or timed out exactly once, in the order in which they were asked for.

use std::collections::VecDeque;

use crate::RequestOutcome;

/// How many times one request may be sent: an attempt, its retry, and the same again for each of ten redirects.
const MOST: u32 = 2 * (1 + 10);

/// A request: its number, and its place in the session.
type Key = (u64, u32);

/// The requests of one element, as its events tell them.
#[derive(Debug, Default)]
pub(super) struct Requests {
    queued: VecDeque<Key>,
    current: Option<Current>,
    /// The answers whose bodies a hook is to see.
    due: Vec<u64>,
    bodies: Vec<u64>,
    /// The parameter of the status line of the first request of a session.
    status: String,
    pub(super) answered: u64,
    pub(super) failed: u64,
}

#[derive(Debug)]
struct Current {
    key: Key,
    sent: u32,
    waits: bool,
    outcome: Option<RequestOutcome>,
}

impl Requests {
    /// A session of requests is queued: the details, and that they were taken.
    pub(super) fn queue(&mut self, number: u64) {
        self.queued.extend([(number, 1), (number, 2)]);
    }

    /// A request goes out.
    pub(super) fn sent(&mut self, key: Key) -> Result<(), String> {
        if let Some(current) = &mut self.current {
            if current.waits {
                return Err(format!("request {key:?} is sent while {:?} waits", current.key));
            }
            if current.key == key {
                if matches!(current.outcome, Some(RequestOutcome::Answered { .. })) || current.sent == MOST {
                    return Err(format!("request {key:?} is sent again after {:?}", current.outcome));
                }
                (current.sent, current.waits) = (current.sent + 1, true);
                return Ok(());
            }
        }
        let ended = self.end();
        let expected = self.queued.pop_front();
        self.current = Some(Current { key, sent: 1, waits: true, outcome: None });
        if expected == Some(key) { ended } else { Err(format!("request {key:?} is sent where {expected:?} was due")) }
    }

    /// The outcome of the request that was sent last.
    pub(super) fn outcome(&mut self, request: u32, outcome: RequestOutcome) -> Result<(), String> {
        let Some(current) = self.current.as_mut().filter(|current| current.waits && current.key.1 == request) else {
            return Err(format!("{outcome:?} of request {request}, which does not wait: {:?}", self.current));
        };
        current.waits = false;
        if outcome == (RequestOutcome::Answered { status: 200 }) && request == 1 {
            self.due.push(current.key.0);
        }
        current.outcome = Some(outcome);
        Ok(())
    }

    /// The parameter of the status line is written.
    pub(super) fn told(&mut self, status: &str) {
        status.clone_into(&mut self.status);
    }

    /// The session is over.
    pub(super) fn done(&mut self) -> Result<(), String> {
        let waiting = self.current.as_ref().filter(|current| current.waits).map(|current| current.key);
        let ended = self.end();
        waiting.map_or(ended, |key| Err(format!("the session is over, and request {key:?} waits")))
    }

    /// The request has its last outcome: the status must say so (HTTP-13, HTTP-21).
    fn end(&mut self) -> Result<(), String> {
        let Some(Current { key, outcome: Some(outcome), .. }) = self.current.take() else { return Ok(()) };
        let is_told = match &outcome {
            RequestOutcome::Answered { status } => self.status.starts_with(&format!("HTTP/1.1 {status}")),
            RequestOutcome::Failed(short) => self.status == *short,
            _ => false,
        };
        match outcome {
            RequestOutcome::Answered { .. } => self.answered += 1,
            _ => self.failed += 1,
        }
        if is_told || key.1 != 1 {
            Ok(())
        } else {
            Err(format!("{key:?}: {outcome:?}, and the status is {:?}", self.status))
        }
    }

    /// A hook sees the body of an answer.
    pub(super) fn body(&mut self, number: u64) {
        self.bodies.push(number);
    }

    /// Whether every request has its outcome.
    pub(super) fn are_done(&self) -> bool {
        self.queued.is_empty() && self.current.is_none()
    }

    /// What is wrong when all is over.
    pub(super) fn settle(&self) -> Result<(), String> {
        if !self.are_done() {
            return Err(format!("requests are left: {:?}, {:?}", self.current, self.queued));
        }
        if self.due == self.bodies {
            return Ok(());
        }
        let position = self.due.iter().zip(&self.bodies).take_while(|(due, body)| due == body).count();
        Err(format!(
            "of answer {position}, {:?} is due and {:?} came",
            self.due.get(position),
            self.bodies.get(position)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: RequestOutcome = RequestOutcome::Answered { status: 200 };

    fn failed() -> RequestOutcome {
        RequestOutcome::Failed("timeout".into())
    }

    /// Requests 7 and 8, of which the first is sent.
    fn begun() -> Requests {
        let mut requests = Requests::default();
        requests.queue(7);
        requests.queue(8);
        requests.sent((7, 1)).unwrap();
        requests
    }

    #[test]
    fn a_right_run_is_right() {
        let mut requests = begun();
        requests.outcome(1, failed()).unwrap();
        requests.sent((7, 1)).unwrap();
        requests.outcome(1, OK).unwrap();
        requests.told("HTTP/1.1 200 OK");
        requests.body(7);
        requests.sent((7, 2)).unwrap();
        requests.outcome(2, failed()).unwrap();
        requests.done().unwrap();
        for request in [1, 2] {
            requests.sent((8, request)).unwrap();
            requests.told("HTTP/1.1 503 Busy");
            requests.outcome(request, RequestOutcome::Answered { status: 503 }).unwrap();
        }
        requests.done().unwrap();
        assert_eq!((requests.settle(), requests.answered, requests.failed), (Ok(()), 3, 1));
    }

    #[test]
    fn a_broken_run_is_reported() {
        assert!(begun().sent((7, 2)).is_err(), "the next one before the outcome of this one");
        assert!(begun().done().is_err(), "no outcome");
        assert!(begun().outcome(2, OK).is_err(), "an outcome of another request");
        assert!(begun().settle().is_err(), "requests that never went out");
        let answered = || {
            let mut requests = begun();
            requests.outcome(1, OK).unwrap();
            requests
        };
        assert!(answered().outcome(1, OK).is_err(), "answered twice");
        assert!(answered().outcome(1, failed()).is_err(), "answered and failed");
        assert!(answered().sent((7, 1)).is_err(), "sent again after its answer");
        assert!(answered().sent((8, 1)).is_err(), "out of order");
        assert!(answered().done().is_err(), "the status is untold");
        let ended = |bodies: &[u64]| {
            let mut requests = Requests::default();
            requests.queue(7);
            requests.told("HTTP/1.1 200 OK");
            for request in [1, 2] {
                requests.sent((7, request)).unwrap();
                requests.outcome(request, OK).unwrap();
            }
            requests.done().unwrap();
            for body in bodies {
                requests.body(*body);
            }
            requests.settle()
        };
        assert!(ended(&[7]).is_ok());
        for bodies in [&[][..], &[7, 7], &[6]] {
            assert!(ended(bodies).is_err(), "{bodies:?}");
        }
    }
}
