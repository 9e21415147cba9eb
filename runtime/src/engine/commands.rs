//! Commands: their bytes.

use bytes::{Bytes, BytesMut};
use genlock_spec::CommandIndex;

use super::Engine;
use super::qactions::Hooks;
use super::triggers::Fired;

impl<'s> Engine<'s> {
    /// Makes every command once (LIFE-09, CMD-03).
    pub(super) fn make_all(&mut self) {
        for command in self.commands.indices() {
            self.make(command);
        }
    }

    /// Rebuilds a command from the current values of its parameters (CMD-01, CMD-02, ACT-58).
    pub(super) fn make(&mut self, command: CommandIndex) {
        let params = self.spec.list(self.spec.command(command).params);
        // An uninitialised parameter contributes no bytes (CMD-18).
        let mut parts = params.filter_map(|param| self.outgoing_bytes_of(param));
        let made = match (parts.next(), parts.next()) {
            (None, _) => Bytes::new(),
            // One text: its bytes are shared, unless they are a slice of a message that is being handled.
            (Some(only), None) if !self.receiving => only,
            (first, second) => {
                let mut made = BytesMut::new();
                first.into_iter().chain(second).chain(parts).for_each(|part| made.extend_from_slice(&part));
                made.freeze()
            }
        };
        self.commands[command] = made;
    }

    /// The bytes that a pair's command goes out with: `before command` triggers run now (TRG-10), and without
    /// MakeCommandByProtocol the command is made first (CMD-04, CMD-05); with it, making is up to the triggers (CMD-11).
    pub(super) fn compose(&mut self, command: CommandIndex, by_protocol: bool, hooks: &mut dyn Hooks<'s>) -> Bytes {
        if !by_protocol {
            self.make(command);
        }
        self.run_triggers(self.spec.command(command).before, Fired::Command(command), hooks);
        self.commands[command].clone()
    }
}
