//! Triggers, and the QActions. A list of triggers is already resolved (TRG-30 to TRG-36).

use crate::condition::ConditionStep;
use crate::index::{GroupIndex, List, ParamIndex, QActionIndex, Text, TriggerIndex};
use crate::rows::Rows;

/// A trigger (`Protocol.Triggers.Trigger`). When it fires is resolved into the lists of the items that fire it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trigger {
    /// The trigger's id.
    pub id: u32,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// What it runs, in order (TRG-02, TRG-03).
    pub content: TriggerContent,
    /// What must hold for it to fire at all, in the older way (`Time@case`, TRG-43); no steps when nothing must.
    pub guard: Rows<ConditionStep>,
    /// Whether `CheckTrigger` refuses it: on a parameter's timeout (QA-42).
    pub refuses_check: bool,
    /// What runs instead when the condition is false (`Id@else`, TRG-41).
    pub otherwise: TriggerContent,
    /// What must hold for its content to run (COND-30); no steps when nothing must.
    pub condition: Rows<ConditionStep>,
}

/// What a trigger runs (TRG-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerContent {
    /// Actions.
    Actions(List<crate::ActionIndex>),
    /// Other triggers.
    Triggers(List<TriggerIndex>),
}

/// A QAction (`Protocol.QActions.QAction`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QAction {
    /// The QAction's id.
    pub id: u32,
    /// Its name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// The parameters that it is given (`inputParameters`).
    pub inputs: List<ParamIndex>,
    /// It is given them as bytes (option `binary`).
    pub binary: bool,
    /// It runs beside the others (option `queued`, QA-22).
    pub queued: bool,
    /// It runs once for each row that changed (`row`).
    pub per_row: bool,
    /// The groups that run it (option `group`).
    pub groups: List<GroupIndex>,
    /// What must hold for it to run (QA-05); no steps when nothing must.
    pub condition: Rows<ConditionStep>,
}

/// One entry point of a QAction: what one of its trigger parameters runs (QA-10, QA-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hook {
    /// The QAction.
    pub qaction: QActionIndex,
    /// The parameter whose change event runs it.
    pub param: ParamIndex,
    /// Its function's position in the generated list of entry points.
    pub entry: u32,
}
