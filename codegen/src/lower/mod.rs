//! From the model to the tables.
//!
//! The model has no errors when this runs, so every reference resolves; one that does not is left out.

mod actions;
mod conditions;
mod connections;
mod dispatch;
mod formats;
mod labels;
mod logic;
mod messages;
mod monitoring;
mod pages;
mod params;
mod requests;
mod shape;
mod tables;

use std::collections::BTreeMap;

use genlock_spec::{HookIndex, Index, List, OwnedSpec, ParamIndex, SessionIndex, Text};

use crate::model::{Hook, Model, Placed, Reference, Target};
use dispatch::Dispatch;
use monitoring::{Hanging, dependents, listeners};

pub(crate) use labels::labels;
pub(crate) use pages::pages;
pub(crate) use shape::shape;

/// The tables of a model without errors.
pub(crate) fn lower(model: &Model) -> OwnedSpec {
    let mut lower = Lower::new(model);
    let text = |text: &Option<Placed<String>>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    lower.spec.name = lower.text(&text(&model.protocol.name));
    lower.spec.version = lower.text(&text(&model.protocol.version));
    lower.spec.after_startup = lower.dispatch.after_startup();
    lower.params();
    lower.commands();
    lower.responses();
    lower.pairs();
    lower.sessions();
    lower.groups();
    lower.timers();
    lower.triggers();
    lower.actions();
    lower.qactions();
    lower.connections();
    lower.tables();
    lower.relations();
    lower.no_timeouts();
    lower.unserved();
    lower.spec
}

/// The tables under construction.
struct Lower<'m> {
    model: &'m Model,
    dispatch: Dispatch,
    /// The hooks of all QActions.
    hooks: Vec<Hook>,
    /// The hooks of each parameter that has some, in document order (QA-04).
    hooks_of: BTreeMap<usize, Vec<HookIndex>>,
    /// The parameter that holds the address of each connection that has one (CONN-46).
    addresses: BTreeMap<usize, ParamIndex>,
    /// The rows of the sessions that have one, by their positions in the model.
    session_rows: BTreeMap<usize, SessionIndex>,
    /// The parameters that cut up the bits of each group (PARAM-118).
    bit_fields: BTreeMap<usize, Vec<ParamIndex>>,
    /// The parameters whose alarms depend on each parameter.
    alarm_dependents: Hanging,
    /// The parameters that are told the alarm level of each parameter.
    alarm_listeners: Hanging,
    spec: OwnedSpec,
}

impl<'m> Lower<'m> {
    fn new(model: &'m Model) -> Self {
        let mut spec = OwnedSpec::default();
        let dispatch = Dispatch::new(model, &mut spec);
        let hooks = model.hooks().hooks;
        let mut hooks_of: BTreeMap<usize, Vec<HookIndex>> = BTreeMap::new();
        for (index, hook) in hooks.iter().enumerate() {
            hooks_of.entry(hook.param).or_default().push(HookIndex(index as u32));
        }
        let addresses = model.params.iter().enumerate().filter_map(|(position, param)| {
            let connection = model.addressed(param.dynamic_ip.as_ref()?)?;
            Some((connection, ParamIndex(position as u32)))
        });
        let mut bit_fields: BTreeMap<usize, Vec<ParamIndex>> = BTreeMap::new();
        for (position, param) in model.params.iter().enumerate() {
            if let Some(group) = param.bit_group().and_then(|group| group.position(Target::Param, &model.index)) {
                bit_fields.entry(group).or_default().push(ParamIndex(position as u32));
            }
        }
        let session_rows = BTreeMap::new();
        Self {
            model,
            dispatch,
            hooks,
            hooks_of,
            addresses: addresses.collect(),
            session_rows,
            bit_fields,
            alarm_dependents: dependents(model),
            alarm_listeners: listeners(model),
            spec,
        }
    }

    fn text(&mut self, text: &str) -> Text {
        self.spec.push_text(text)
    }

    /// The index of the item that `reference` names.
    fn item<I: Index>(&self, reference: &Reference, target: Target) -> Option<I> {
        reference.position(target, &self.model.index).map(|position| I::new(position as u32))
    }

    /// The list of the items that `references` name, in order.
    fn items<'r, I: Index>(&mut self, references: impl IntoIterator<Item = &'r Reference>, target: Target) -> List<I> {
        let items: Vec<I> = references.into_iter().filter_map(|reference| self.item(reference, target)).collect();
        self.spec.list_of(items)
    }
}

/// The id of a row. Ids are checked to fit when a file is read.
fn row_id(head: &crate::model::Head) -> u32 {
    head.id().and_then(|id| u32::try_from(id).ok()).unwrap_or_default()
}
