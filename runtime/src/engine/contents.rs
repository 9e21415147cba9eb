//! The parameters that commands and responses consist of, once `replace` has changed some of them (ACT-73).

use std::collections::BTreeMap;

use genlock_spec::{CommandIndex, ParamIndex, ResponseIndex};

use super::Engine;

/// The parts that were replaced: of few connectors any, so looking them up costs next to nothing.
#[derive(Debug, Default)]
pub(super) struct Replaced {
    commands: BTreeMap<(CommandIndex, usize), ParamIndex>,
    responses: BTreeMap<(ResponseIndex, usize), ParamIndex>,
}

impl Replaced {
    /// Whether anything of a response was replaced.
    pub(super) fn in_responses(&self) -> bool {
        !self.responses.is_empty()
    }
}

impl Engine<'_> {
    /// The parameters whose bytes a command consists of (CMD-01).
    pub(super) fn content_of_command(
        &self,
        command: CommandIndex,
    ) -> impl ExactSizeIterator<Item = ParamIndex> + Clone + '_ {
        let params = self.spec.list(self.spec.command(command).params).enumerate();
        params.map(move |(position, param)| self.replaced.commands.get(&(command, position)).copied().unwrap_or(param))
    }

    /// The parameters that take a message's bytes from left to right (RSP-30).
    pub(super) fn content_of_response(
        &self,
        response: ResponseIndex,
    ) -> impl ExactSizeIterator<Item = ParamIndex> + Clone + '_ {
        let params = self.spec.list(self.spec.response(response).params).enumerate();
        params
            .map(move |(position, param)| self.replaced.responses.get(&(response, position)).copied().unwrap_or(param))
    }

    /// Puts `param` at a place of a command; it stays until it is replaced again.
    pub(super) fn replace_in_command(&mut self, command: CommandIndex, position: usize, param: ParamIndex) -> bool {
        let known = position < self.content_of_command(command).len();
        if known {
            self.replaced.commands.insert((command, position), param);
        }
        known
    }

    /// Puts `param` at a place of a response; it stays until it is replaced again.
    pub(super) fn replace_in_response(&mut self, response: ResponseIndex, position: usize, param: ParamIndex) -> bool {
        let known = position < self.content_of_response(response).len();
        if known {
            self.replaced.responses.insert((response, position), param);
        }
        known
    }
}
