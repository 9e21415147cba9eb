//! Which part of the engine an input or a deadline is for.

use super::Engine;
use super::deadline::Deadline;
use super::input::Input;
use super::life::Life;
use super::message::Message;
use super::qactions::Hooks;
use super::responses::Received;
use crate::error::Error;

impl<'s> Engine<'s> {
    pub(super) fn dispatch(&mut self, input: Input, hooks: &mut dyn Hooks<'s>) -> Result<(), Error> {
        if self.life == Life::Stopped {
            return Err(self.stopped());
        }
        match input {
            Input::Start => self.start(hooks),
            Input::Stop => self.stop(hooks),
            Input::Pause => self.pause_element(hooks),
            Input::Resume => self.resume_element(hooks),
            Input::Opened { connection, attempt, answer } => self.opened(connection, attempt, answer, hooks),
            Input::OpenFailed { connection, attempt, reason, answer } => {
                self.open_failed(connection, attempt, &reason, answer, hooks);
            }
            Input::Received { connection, attempt, kind, data } => {
                self.received(Received { connection, attempt, kind, message: Message::Bytes(data) }, hooks);
            }
            Input::Sent { connection, attempt } => self.sent(connection, attempt, hooks),
            Input::Pong { connection, attempt } => self.heard(connection, attempt),
            Input::Lost { connection, attempt, reason } => self.lost(connection, attempt, &reason, hooks),
            Input::SetBy { param, value, user } => {
                self.user = Some(user);
                let result = self.set_from_outside(param, value, hooks);
                self.user = None;
                return result;
            }
            Input::Answered { number, answer } => self.answered(number, answer, hooks),
            Input::RequestFailed { number, failure } => self.request_failed(number, &failure, hooks),
            Input::QueuedEnded { call, error } => self.queued_ended(&call, error.as_deref()),
            Input::Set { param, value } => return self.set_from_outside(param, value, hooks),
            Input::CheckTrigger { trigger } => return self.check_trigger(trigger, hooks),
            Input::Reconnect { connection } => self.reconnect(connection, hooks),
            Input::Queue { group } => return self.queue_from_outside(group, hooks),
            Input::Execute { pair, fill, ticket, until } => return self.execute_pair(pair, fill, ticket, until, hooks),
            Input::Tick => {}
        }
        Ok(())
    }

    pub(super) fn run_deadline(&mut self, deadline: Deadline, hooks: &mut dyn Hooks<'s>) {
        self.nesting.begin();
        match deadline {
            Deadline::Tick(timer) => self.tick(timer, hooks),
            Deadline::Opening(connection) => self.opening_timed_out(connection, hooks),
            Deadline::Backoff(connection) => self.connect(connection, hooks),
            Deadline::Closing(connection) => self.closing_timed_out(connection, hooks),
            Deadline::Stable(connection) => self.forget_failures(connection),
            Deadline::Ping(connection) => self.ping_is_due(connection),
            Deadline::Pong(connection) => self.pong_is_due(connection, hooks),
            Deadline::ElementTimeout(connection) => self.element_timed_out(connection),
            Deadline::PairWait => self.wait_is_over(hooks),
            Deadline::RequestWait => self.request_wait_is_over(hooks),
            Deadline::Pause => self.pause_is_over(),
            Deadline::Awake => self.wake_up(hooks),
            Deadline::Watchdog => self.watchdog_is_due(),
            Deadline::Waited(connection) => self.waited_too_long(connection, hooks),
            Deadline::Alarm(param) => self.alarm_delay_is_over(param, hooks),
            Deadline::AlarmEnd(param) => self.alarm_ends(param, hooks),
            Deadline::Save(param) => self.save_interval_is_over(param),
            Deadline::TrendWindow => self.windows_end(),
            Deadline::Turn => {} // `handle` runs the queue after every deadline
        }
    }
}
