//! `save` (ACT-84): which parameters it keeps.

use genlock_spec::{ActionKind, ParamIndex};

use super::super::Engine;

impl Engine<'_> {
    /// Whether the parameter's stored value is loaded: it is saved, or an action can save it.
    pub(in crate::engine) fn is_kept(&self, param: ParamIndex) -> bool {
        self.spec.param(param).save
            || self.spec.actions.iter().any(|action| match action.kind {
                // Without targets it saves whatever fires its trigger.
                ActionKind::Save(params) => params.is_empty() || self.spec.list(params).any(|saved| saved == param),
                _ => false,
            })
    }
}
