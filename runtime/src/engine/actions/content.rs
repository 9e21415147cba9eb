//! Actions on the parts of messages: `replace` (ACT-73), `reverse` (ACT-81) and `read` of one parameter (ACT-68).

use genlock_spec::{CommandIndex, ContentPosition, Index, List, Messages, ParamIndex};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::triggers::Fired;
use crate::value::Value;

impl Engine<'_> {
    /// Puts the parameter that `source` names into the messages.
    pub(super) fn replace(
        &mut self,
        action: u32,
        source: Option<ParamIndex>,
        position: ContentPosition,
        targets: Messages,
        fired: Fired,
    ) -> bool {
        let named = source.and_then(|source| self.value(source)).and_then(Value::to_number);
        let param = self.params.indices().find(|&param| named == Some(f64::from(self.spec.param(param).pid)));
        let Some(param) = param else {
            // ACT-74
            self.log(LogLevel::Error, |_| {
                format!("action {action} replaces nothing: its parameter names no parameter")
            });
            return false;
        };
        match targets {
            Messages::Commands(commands) => self.each_target(action, commands, fired.command(), |engine, command| {
                let replaced = engine.replace_in_command(command, position.position(), param);
                engine.told_of_place(action, position, replaced)
            }),
            Messages::Responses(responses) => {
                self.each_target(action, responses, fired.response(), |engine, response| {
                    let replaced = engine.replace_in_response(response, position.position(), param);
                    engine.told_of_place(action, position, replaced)
                })
            }
        }
    }

    fn told_of_place(&mut self, action: u32, position: ContentPosition, is_there: bool) -> bool {
        if !is_there {
            let place = position.position();
            self.log(LogLevel::Error, |_| format!("action {action} replaces nothing: there is no parameter {place}")); // ACT-74
        }
        is_there
    }

    /// Reverses the bytes of the parameters in the message that is being handled.
    pub(super) fn reverse(
        &mut self,
        action: u32,
        occurrences: List<ContentPosition>,
        targets: List<ParamIndex>,
        fired: Fired,
    ) -> bool {
        let listed: Vec<usize> = self.spec.list(occurrences).map(Index::position).collect();
        let occurrences = if listed.is_empty() { vec![0] } else { listed };
        let targets: Vec<ParamIndex> = self.spec.list(targets).collect();
        let all = targets.iter().flat_map(|&param| occurrences.iter().map(move |&occurrence| (param, occurrence)));
        match (fired, &mut self.candidate) {
            (Fired::Command(command), _) => {
                all.fold(true, |_, (param, occurrence)| self.reverse_in_command(action, command, param, occurrence))
            }
            (Fired::Response(response), Some(candidate)) if candidate.response == response => {
                candidate.reversed.extend(all);
                true
            }
            _ => {
                self.log(LogLevel::Error, |_| {
                    format!("action {action} reverses nothing: neither a command nor a message is being handled")
                });
                false
            }
        }
    }

    fn reverse_in_command(&mut self, action: u32, command: CommandIndex, param: ParamIndex, occurrence: usize) -> bool {
        let content = self.content_of_command(command).enumerate();
        let place = content.filter(|(_, part)| *part == param).nth(occurrence).map(|(position, _)| position);
        let made = &mut self.commands[command];
        let reversed = place.and_then(|position| {
            let bytes: Vec<u8> = made.bytes.get(made.part(position)?)?.iter().rev().copied().collect();
            made.set_part(position, &bytes)
        });
        if reversed.is_none() {
            self.log(LogLevel::Error, |spec| {
                let (pid, id) = (spec.param(param).pid, spec.command(command).id);
                format!("action {action}: parameter {pid} is not that often in command {id}")
            });
        }
        reversed.is_some()
    }

    /// The parameters are filled if the message that is tried matches, whatever becomes of the others.
    pub(super) fn read_params(&mut self, action: u32, params: List<ParamIndex>, fired: Fired) -> bool {
        let candidate = self.candidate.as_mut().filter(|candidate| fired.response() == Some(candidate.response));
        let Some(candidate) = candidate else {
            // ACT-69
            self.log(LogLevel::Warning, |_| format!("action {action} reads parameters, but no message is being tried"));
            return true;
        };
        candidate.read_params.extend(self.spec.list(params));
        true
    }
}
