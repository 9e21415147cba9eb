//! The identifiers of one connector, scope by scope.

use proc_macro2::Ident;

use super::{Case, Name, Scope, Wanted};
use crate::labels::{HookLabel, Label, Labels};
use crate::shape::{ParamShape, Shape};

const PARAMS: Scope = Scope { case: Case::Constant, kind: "param", reserved: &[] };
const VALUES: Scope = Scope { case: Case::Type, kind: "param", reserved: &[] };
/// The variants of a parameter's values. `Other` takes the values that the file does not list.
pub(crate) const VARIANTS: Scope = Scope { case: Case::Type, kind: "value", reserved: &["Other"] };
const COMMANDS: Scope = Scope { case: Case::Constant, kind: "command", reserved: &[] };
/// `R` is the type parameter of the commands: what answers them.
const COMMAND_TYPES: Scope = Scope { case: Case::Type, kind: "command", reserved: &["R"] };
/// `answer` waits for the answer; `into_future` is what `.await` calls.
const COMMAND_METHODS: Scope = Scope { case: Case::Function, kind: "param", reserved: &["answer", "into_future"] };
const RESPONSES: Scope = Scope { case: Case::Constant, kind: "response", reserved: &[] };
const RESPONSE_TYPES: Scope = Scope { case: Case::Type, kind: "response", reserved: &[] };
const RESPONSE_FIELDS: Scope = Scope { case: Case::Function, kind: "param", reserved: &[] };
const PAIRS: Scope = Scope { case: Case::Constant, kind: "pair", reserved: &[] };
const ANSWER_TYPES: Scope = Scope { case: Case::Type, kind: "pair", reserved: &[] };
const GROUPS: Scope = Scope { case: Case::Constant, kind: "group", reserved: &[] };
const TIMERS: Scope = Scope { case: Case::Constant, kind: "timer", reserved: &[] };
const TRIGGERS: Scope = Scope { case: Case::Constant, kind: "trigger", reserved: &[] };
const ACTIONS: Scope = Scope { case: Case::Constant, kind: "action", reserved: &[] };
const CONNECTIONS: Scope = Scope { case: Case::Constant, kind: "connection", reserved: &[] };
const TABLES: Scope = Scope { case: Case::Constant, kind: "table", reserved: &[] };
const ROW_TYPES: Scope = Scope { case: Case::Type, kind: "table", reserved: &[] };
const HOOKS: Scope = Scope { case: Case::Function, kind: "qaction", reserved: &[] };

/// The identifiers of a connector's items: one a label, in the same order.
#[derive(Debug)]
pub(crate) struct Names {
    /// `params::WEBSOCKET_STATUS`.
    pub(crate) params: Vec<Name>,
    /// `values::WebsocketStatus`: the type of a parameter with discreets.
    pub(crate) values: Vec<Name>,
    /// `commands::WEBSOCKET_HEARTBEAT`.
    pub(crate) commands: Vec<Name>,
    /// `commands::WebsocketHeartbeat`.
    pub(crate) command_types: Vec<Name>,
    /// `responses::GENERIC_RESPONSE`.
    pub(crate) responses: Vec<Name>,
    /// `responses::GenericResponse`.
    pub(crate) response_types: Vec<Name>,
    /// `pairs::WEBSOCKET_HEARTBEAT`.
    pub(crate) pairs: Vec<Name>,
    /// `pairs::WebsocketHeartbeatAnswer`: what answers a pair with several responses.
    pub(crate) answer_types: Vec<Name>,
    /// `groups::WEBSOCKET_HEARTBEAT`.
    pub(crate) groups: Vec<Name>,
    /// `timers::HEALTH`.
    pub(crate) timers: Vec<Name>,
    /// `triggers::BEFORE_EACH_COMMAND`.
    pub(crate) triggers: Vec<Name>,
    /// `actions::CLEAR_GENERIC_RESPONSE`.
    pub(crate) actions: Vec<Name>,
    /// `connections::WEB_SOCKET_CONNECTION`.
    pub(crate) connections: Vec<Name>,
    /// `tables::INPUTS`, one a table.
    pub(crate) tables: Vec<Name>,
    /// `rows::Inputs`, one a table.
    pub(crate) row_types: Vec<Name>,
    /// `QActions::parse_response`.
    pub(crate) hooks: Vec<Name>,
}

impl Names {
    /// The names for `labels`.
    pub(crate) fn new(labels: &Labels, shape: &Shape) -> Self {
        let params: Vec<Wanted<'_>> = labels.params.iter().zip(&shape.params).map(wanted_param).collect();
        let tables = shape.tables.iter().filter_map(|table| labels.params.get(table.param));
        let tables: Vec<&Label> = tables.collect();
        let answers: Vec<String> = labels.pairs.iter().map(|pair| format!("{} answer", pair.name)).collect();
        let answers: Vec<Wanted<'_>> =
            answers.iter().zip(&labels.pairs).map(|(name, pair)| Wanted { name, ..wanted(pair) }).collect();
        Self {
            params: PARAMS.assign(&params),
            values: VALUES.assign(&params),
            commands: assign(COMMANDS, &labels.commands),
            command_types: assign(COMMAND_TYPES, &labels.commands),
            responses: assign(RESPONSES, &labels.responses),
            response_types: assign(RESPONSE_TYPES, &labels.responses),
            pairs: assign(PAIRS, &labels.pairs),
            answer_types: ANSWER_TYPES.assign(&answers),
            groups: assign(GROUPS, &labels.groups),
            timers: assign(TIMERS, &labels.timers),
            triggers: assign(TRIGGERS, &labels.triggers),
            actions: assign(ACTIONS, &labels.actions),
            connections: assign(CONNECTIONS, &labels.connections),
            tables: assign(TABLES, tables.iter().copied()),
            row_types: assign(ROW_TYPES, tables.iter().copied()),
            hooks: HOOKS.assign(&labels.hooks.iter().map(wanted_hook).collect::<Vec<_>>()),
        }
    }
}

/// The variants of a parameter's values: each discreet's display text, told apart by its raw value.
pub(crate) fn variants<'d>(discreets: impl IntoIterator<Item = (&'d str, &'d str)>) -> Vec<Ident> {
    let wanted: Vec<Wanted<'_>> = discreets
        .into_iter()
        .map(|(display, value)| Wanted { name: display, distinction: value.to_owned(), role: None })
        .collect();
    idents(&VARIANTS.assign(&wanted))
}

/// The methods of a command that fill `params`.
pub(crate) fn methods<'l>(params: impl IntoIterator<Item = &'l Label>) -> Vec<Ident> {
    idents(&assign(COMMAND_METHODS, params))
}

/// The fields of a response or of a row that hold `params`.
pub(crate) fn fields<'l>(params: impl IntoIterator<Item = &'l Label>) -> Vec<Ident> {
    idents(&assign(RESPONSE_FIELDS, params))
}

/// The variants of a pair's answer, one a response.
pub(crate) fn answers<'l>(responses: impl IntoIterator<Item = &'l Label>) -> Vec<Ident> {
    idents(&assign(RESPONSE_TYPES, responses))
}

fn assign<'l>(scope: Scope, labels: impl IntoIterator<Item = &'l Label>) -> Vec<Name> {
    scope.assign(&labels.into_iter().map(wanted).collect::<Vec<_>>())
}

fn wanted(label: &Label) -> Wanted<'_> {
    Wanted { name: &label.name, distinction: label.id.to_string(), role: None }
}

/// A read parameter and the write parameter that sets it have the same Name (PARAM-142).
fn wanted_param<'l>((label, shape): (&'l Label, &ParamShape)) -> Wanted<'l> {
    Wanted { role: shape.is_write.then_some("write"), ..wanted(label) }
}

fn wanted_hook(hook: &HookLabel) -> Wanted<'_> {
    Wanted { name: &hook.name, distinction: hook.qaction.to_string(), role: None }
}

fn idents(names: &[Name]) -> Vec<Ident> {
    names.iter().map(Name::ident).collect()
}
