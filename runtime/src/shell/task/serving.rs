//! What a task does for those who hold its element's handle.

use super::Task;
use crate::context::EntryPoints;
use crate::engine::Input;
use crate::shell::request::Request;

impl<P: EntryPoints<S>, S: Send + 'static> Task<P, S> {
    /// Carries out a request. A reply that nobody waits for any more is no fault.
    pub(super) fn serve(&mut self, request: Request) {
        match request {
            Request::Get { param, reply } => {
                let _ = reply.send(self.engine.value(param).cloned());
            }
            Request::Set { param, value, reply } => {
                let result = self.handle(Input::Set { param, value });
                let _ = reply.send(result);
            }
            Request::SetBy { param, value, user, reply } => {
                let result = self.handle(Input::SetBy { param, value, user });
                let _ = reply.send(result);
            }
            Request::Inside(work) => {
                // Of an element that stops, the work is dropped, and its hook told so.
                if self.engine.is_active() {
                    let now = self.clock.now();
                    self.recording.begin_inside(now);
                    self.engine.begin_inside(now);
                    work(&mut self.engine, &mut self.state, Some(&mut self.clock));
                    let _ = self.handle(Input::Tick);
                }
            }
            Request::QueuedEnded { call, error } => {
                let _ = self.handle(Input::QueuedEnded { call, error });
            }
            Request::CheckTrigger { trigger, reply } => {
                let result = self.handle(Input::CheckTrigger { trigger });
                let _ = reply.send(result);
            }
            Request::Reconnect { connection, reply } => {
                let result = self.handle(Input::Reconnect { connection });
                let _ = reply.send(result);
            }
            Request::Execute { pair, fill, until, reply } => {
                let ticket = self.next_ticket;
                self.next_ticket += 1;
                self.tickets.insert(ticket, reply);
                if let Err(error) = self.handle(Input::Execute { pair, fill, ticket, until })
                    && let Some(reply) = self.tickets.remove(&ticket)
                {
                    let _ = reply.send(Err(error));
                }
            }
            Request::Watch { target, reply } => {
                let _ = reply.send(self.observers.watch(target, &mut self.engine));
            }
            Request::Events { reply } => {
                let _ = reply.send(self.observers.listen(&mut self.engine));
            }
            Request::Stream { reply } => {
                let _ = reply.send(self.observers.listen_to_stream(&mut self.engine));
            }
            Request::Snapshot { reply } => {
                let _ = reply.send(self.engine.snapshot());
            }
            Request::Counters { reply } => {
                let mut counters = *self.engine.counters();
                self.wires.links.iter().for_each(|(_, link)| link.count(&mut counters));
                let _ = reply.send(counters);
            }
            Request::Pause { reply } => {
                let _ = reply.send(self.handle(Input::Pause));
            }
            Request::Resume { reply } => {
                let _ = reply.send(self.handle(Input::Resume));
            }
            Request::Stop { reply } => {
                self.stopping.push(reply);
                let _ = self.handle(Input::Stop);
            }
        }
    }
}
