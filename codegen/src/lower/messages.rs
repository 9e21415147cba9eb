//! What goes over the wire: commands, responses and pairs.

use genlock_spec::{Command, CommandIndex, ConnectionIndex, Pair, Response};

use super::{Lower, row_id};
use crate::model::{Ascii, Moment, On, Placed, Target};

impl Lower<'_> {
    pub(super) fn commands(&mut self) {
        for (position, command) in self.model.commands.iter().enumerate() {
            let row = Command {
                id: row_id(&command.head),
                name: self.text(command.head.name()),
                line: command.head.line,
                message_type: command.message_type,
                params: self.items(&command.params, Target::Param),
                ascii: matches!(command.ascii, Some(Ascii::All)),
                ascii_params: match &command.ascii {
                    Some(Ascii::Params(params)) => self.items(params, Target::Param),
                    _ => self.items(&[], Target::Param),
                },
                before: self.dispatch.triggers(On::Command, Moment::Before, position),
                after: self.dispatch.triggers(On::Command, Moment::After, position),
            };
            self.spec.commands.push(row);
        }
    }

    pub(super) fn responses(&mut self) {
        for (position, response) in self.model.responses.iter().enumerate() {
            let row = Response {
                id: row_id(&response.head),
                name: self.text(response.head.name()),
                line: response.head.line,
                params: self.items(&response.params, Target::Param),
                optional: response.optional.as_ref().map(|optional| self.text(&optional.value)),
                before: self.dispatch.triggers(On::Response, Moment::Before, position),
                after: self.dispatch.triggers(On::Response, Moment::After, position),
            };
            self.spec.responses.push(row);
        }
    }

    pub(super) fn pairs(&mut self) {
        for (position, pair) in self.model.pairs.iter().enumerate() {
            let command: Option<CommandIndex> =
                pair.command.as_ref().and_then(|command| self.item(command, Target::Command));
            let named = self.connection(pair.connection.as_ref());
            let default = self.model.default_connection().map(|position| ConnectionIndex(position as u32));
            let row = Pair {
                id: row_id(&pair.head),
                name: self.text(pair.head.name()),
                line: pair.head.line,
                command: command.unwrap_or(CommandIndex(0)),
                responses: self.items(&pair.responses, Target::Response),
                connection: named.or(default).unwrap_or(ConnectionIndex(0)),
                connection_is_fixed: named.is_some(),
                timeout_ms: pair.timeout_ms.map(|timeout| timeout.value),
                retries: pair.retries,
                ignore_timeout: pair.ignore_timeout,
                ping: pair.ping,
                on_bad_command: self.items(&pair.on_bad_command, Target::Response),
                receive_interval_ms: pair.receive_interval_ms,
                one_byte_ms: pair.one_byte_ms,
                break_ms: pair.break_ms,
                on_succeeded: self.dispatch.triggers(On::Pair, Moment::Succeeded, position),
                on_timeout: self.dispatch.triggers(On::Pair, Moment::Timeout, position),
                on_timeout_after_retries: self.dispatch.triggers(On::Pair, Moment::TimeoutAfterRetries, position),
                condition: self.condition(pair.condition.as_ref()),
            };
            self.spec.pairs.push(row);
        }
    }

    /// The connection that a number names.
    pub(super) fn connection(&self, number: Option<&Placed<u32>>) -> Option<ConnectionIndex> {
        let position = self.model.index.position(Target::Connection, i64::from(number?.value))?;
        Some(ConnectionIndex(position as u32))
    }
}
