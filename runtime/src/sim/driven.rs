//! The hooks of a driver in virtual time, the queued ones as futures that are polled when something happens.

use std::marker::PhantomData;
use std::task::{Context, Poll, Waker};

use tokio::sync::mpsc;

use super::beside::{Beside, ended};
use crate::context::{EntryPoints, QueuedRun, Runner};
use crate::engine::{Call, Engine, Hooks, Input, Time};
use crate::error::HookResult;
use crate::shell::Request;

/// How much work of queued hooks may wait; they are polled one after the other, so little does.
const MAILBOX: usize = 256;
/// A queued hook that calls the element without end must not keep virtual time from going on.
const ROUNDS: u32 = 100_000;

/// The queued hooks under way, and how they reach the element.
pub(super) struct Runs {
    under_way: Vec<QueuedRun>,
    mailbox: mpsc::Sender<Request>,
    requests: mpsc::Receiver<Request>,
}

impl Runs {
    pub(super) fn new() -> Self {
        let (mailbox, requests) = mpsc::channel(MAILBOX);
        Self { under_way: Vec::new(), mailbox, requests }
    }
}

/// The hooks and the state that they work on.
pub(super) struct Driven<'r, P, S> {
    pub(super) state: &'r mut S,
    pub(super) runs: &'r mut Runs,
    pub(super) protocol: PhantomData<fn() -> P>,
}

impl<P: EntryPoints<S>, S: 'static> Hooks<'static> for Driven<'_, P, S> {
    fn run(&mut self, engine: &mut Engine<'static>, call: &Call) -> HookResult {
        Runner::<P, S>::new(self.state).run(engine, call)
    }
}

impl<P: EntryPoints<S>, S: Send + 'static> Beside<'static> for Driven<'_, P, S> {
    fn start_queued(&mut self, engine: &mut Engine<'static>, call: Call, now: Time) {
        let run = QueuedRun::new::<P, S>(call, engine, self.runs.mailbox.downgrade());
        self.runs.under_way.extend(run);
        self.look_on(engine, now);
    }

    fn due(&self) -> Option<Time> {
        None // what they wait for is none of the simulation's
    }

    fn run_due(&mut self, engine: &mut Engine<'static>, now: Time) {
        self.look_on(engine, now);
    }

    fn look_on(&mut self, engine: &mut Engine<'static>, now: Time) {
        for _ in 0..ROUNDS {
            self.poll_runs(engine, now);
            if !self.serve(engine, now) {
                if engine.has_stopped() {
                    self.runs.under_way.clear(); // what they wait for does not come (QA-56)
                }
                return;
            }
        }
    }
}

impl<P: EntryPoints<S>, S: Send + 'static> Driven<'_, P, S> {
    /// Lets each run go on as far as it can.
    fn poll_runs(&mut self, engine: &mut Engine<'static>, now: Time) {
        let mut waiting = Vec::new();
        for mut run in std::mem::take(&mut self.runs.under_way) {
            match run.poll_end(&mut Context::from_waker(Waker::noop())) {
                Poll::Pending => waiting.push(run),
                Poll::Ready(error) => ended(engine, *run.into_call(), error, now, self),
            }
        }
        self.runs.under_way.append(&mut waiting);
    }

    /// Does the work that runs want done in the element. Answers whether there was any.
    fn serve(&mut self, engine: &mut Engine<'static>, now: Time) -> bool {
        let mut served = false;
        while let Ok(request) = self.runs.requests.try_recv() {
            served = true;
            // Of an element that stops, the work is dropped, and its hook told so.
            if let Request::Inside(work) = request
                && engine.is_active()
            {
                engine.begin_inside(now);
                work(engine, self.state, None);
                let _ = engine.take(Input::Tick, now, self);
            }
        }
        served
    }
}
