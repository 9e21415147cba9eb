//! Actions on the bytes of whole messages: of a command that is made, of a message that a response is tried on.

use bytes::Bytes;
use genlock_spec::{Messages, ResponseIndex};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::responses::Trial;
use super::super::triggers::Fired;
use super::LONGEST;

impl Engine<'_> {
    /// Changes the bytes of each message by `change`; `None` leaves them as they are.
    pub(super) fn change_messages(
        &mut self,
        action: u32,
        targets: Messages,
        fired: Fired,
        change: impl Fn(&[u8]) -> Option<Vec<u8>>,
    ) -> bool {
        match targets {
            Messages::Commands(commands) => self.each_target(action, commands, fired.command(), |engine, command| {
                let Some(changed) = change(&engine.commands[command].bytes) else { return true };
                let fits = engine.is_short_enough(action, &changed);
                if fits {
                    engine.commands[command].set(changed);
                }
                fits
            }),
            Messages::Responses(responses) => {
                self.each_target(action, responses, fired.response(), |engine, response| {
                    let Some(candidate) = engine.candidate_for(action, response) else { return true };
                    let Some(changed) = change(&candidate.data) else { return true };
                    let fits = engine.is_short_enough(action, &changed);
                    if fits && let Some(candidate) = &mut engine.candidate {
                        candidate.data = Bytes::from(changed);
                    }
                    fits
                })
            }
        }
    }

    fn is_short_enough(&mut self, action: u32, bytes: &[u8]) -> bool {
        if bytes.len() > LONGEST {
            self.log(LogLevel::Error, |_| {
                format!("action {action}: the message would become longer than {LONGEST} bytes and stays as it is")
            });
        }
        bytes.len() <= LONGEST
    }

    /// The message that is tried, when it is this response that it is tried on.
    pub(super) fn candidate_for(&mut self, action: u32, response: ResponseIndex) -> Option<&mut Trial> {
        if self.candidate.as_ref().is_none_or(|candidate| candidate.response != response) {
            // ACT-69
            let id = self.spec.response(response).id;
            self.log(LogLevel::Warning, |_| {
                format!("action {action} is on response {id}, but no message is being tried against it")
            });
            return None;
        }
        self.candidate.as_mut()
    }
}
