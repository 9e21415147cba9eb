//! From the model to the tables.
//!
//! The model has no errors when this runs, so every reference resolves; one that does not is left out.

mod connections;
mod dispatch;
mod labels;
mod logic;
mod messages;
mod params;
mod shape;

use genlock_spec::{Index, List, OwnedSpec, Text};

use crate::model::{Model, On, Reference, Target};
use dispatch::Dispatch;

pub(crate) use labels::labels;
pub(crate) use shape::shape;

/// The tables of a model without errors.
pub(crate) fn lower(model: &Model) -> OwnedSpec {
    let mut lower = Lower { model, dispatch: Dispatch::new(model), spec: OwnedSpec::default() };
    let placed = |text: &Option<crate::model::Placed<String>>| text.as_ref().map(|text| text.value.clone());
    lower.spec.name = lower.text(&placed(&model.protocol.name).unwrap_or_default());
    lower.spec.version = lower.text(&placed(&model.protocol.version).unwrap_or_default());
    let after_startup = lower.dispatch.protocol();
    lower.spec.after_startup = lower.spec.list_of(after_startup);
    lower.params();
    lower.commands();
    lower.responses();
    lower.pairs();
    lower.groups();
    lower.timers();
    lower.triggers();
    lower.actions();
    lower.qactions();
    lower.connections();
    lower.spec
}

/// The tables under construction.
struct Lower<'m> {
    model: &'m Model,
    dispatch: Dispatch,
    spec: OwnedSpec,
}

impl Lower<'_> {
    fn text(&mut self, text: &str) -> Text {
        self.spec.push_text(text)
    }

    /// The index of the item that `reference` names.
    fn item<I: Index>(&self, reference: &Reference, target: Target) -> Option<I> {
        reference.position(target, &self.model.index).map(|position| I::new(position as u32))
    }

    /// The list of the items that `references` name, in order.
    fn items<I: Index>(&mut self, references: &[Reference], target: Target) -> List<I> {
        let items: Vec<I> = references.iter().filter_map(|reference| self.item(reference, target)).collect();
        self.spec.list_of(items)
    }

    /// The list of the triggers that fire on the item at `position` at a moment.
    fn triggers_on(
        &mut self,
        on: On,
        moment: crate::model::Moment,
        position: usize,
    ) -> List<genlock_spec::TriggerIndex> {
        let triggers = self.dispatch.triggers(on, moment, position);
        self.spec.list_of(triggers)
    }
}

/// The id of a row. Ids are checked to fit when a file is read.
fn row_id(head: &crate::model::Head) -> u32 {
    head.id().and_then(|id| u32::try_from(id).ok()).unwrap_or_default()
}
