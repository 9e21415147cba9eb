//! `set info` (ACT-87, ACT-88): another scale, another sequence.

use genlock_spec::{List, NewScale, NewSequence, ParamIndex};

use super::super::Engine;
use super::super::triggers::Fired;

impl Engine<'_> {
    /// The value stays as it is; the next one that comes in is calculated anew, even from the same number (ACT-88).
    pub(super) fn set_info(
        &mut self,
        action: u32,
        scale: NewScale,
        sequence: NewSequence,
        targets: List<ParamIndex>,
        fired: Fired,
    ) -> bool {
        self.each_target(action, targets, fired.param(), |engine, param| {
            let slot = &mut engine.params[param];
            let info = slot.info.get_or_insert_default();
            if scale != NewScale::Same {
                info.scale = scale;
            }
            if sequence != NewSequence::Same {
                info.sequence = sequence;
            }
            if let Some(incoming) = &mut slot.incoming {
                incoming.forget();
            }
            true
        })
    }
}
