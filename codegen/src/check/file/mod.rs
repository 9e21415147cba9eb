//! The file as checks see it: the tree, its items by id whatever their state, and questions about parameters that
//! many checks ask. Nothing here marks what it looks at: the marks tell what a driver carries out.

mod items;
mod links;
mod mentions;
mod naming;
mod near;
mod number;
mod options;
mod param;
mod references;
mod shown;
mod tab;
mod tables;
mod timer;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use items::{Item, Items};
pub(crate) use links::{Link, TYPES as CONNECTION_TYPES, is_connection_kind};
pub(crate) use mentions::{Mention, alarm_options, disabled_if, load_sequence, menu_values};
pub(crate) use naming::{DisplayKey, KeyOrigin, Naming};
pub(crate) use number::{decimal, list, loose, plain};
pub(crate) use options::Choice;
pub(crate) use param::Param;
pub(crate) use tables::{Column, Table};
pub(crate) use timer::{is_multi_threaded, option};
pub(crate) use words::{is_interprete_type, is_measurement_type, is_param_type};

use shown::Shown;

use crate::model::{Model, Target};
use crate::options::Options;
use crate::parse::{Element, Slot};
use crate::source::{SourceSet, Span};

/// A file with the root `Protocol`.
pub(crate) struct File<'d> {
    /// Its outermost element.
    pub(crate) root: &'d Element,
    pub(crate) source: &'d SourceSet,
    /// What a driver would run.
    pub(crate) model: &'d Model,
    /// The provider that the user expects, if he says so.
    pub(crate) provider: Option<&'d str>,
    /// The parameters with a valid id (the gate of checks.md), in document order.
    pub(crate) params: Vec<Param<'d>>,
    /// The elements of the parameters, whatever their id.
    pub(crate) param_items: Items<'d>,
    /// Positions in `params` by id; the first of equal ids.
    by_id: BTreeMap<u32, usize>,
    /// Positions in `params` by trimmed name in lower case.
    by_name: BTreeMap<String, Vec<usize>>,
    pub(crate) commands: Items<'d>,
    pub(crate) responses: Items<'d>,
    pub(crate) pairs: Items<'d>,
    pub(crate) groups: Items<'d>,
    pub(crate) triggers: Items<'d>,
    pub(crate) actions: Items<'d>,
    pub(crate) timers: Items<'d>,
    pub(crate) qactions: Items<'d>,
    pub(crate) sessions: Items<'d>,
    /// The tables, in document order.
    pub(crate) tables: Vec<Table<'d>>,
    /// Positions in `tables` by the id of their parameter; the first of equal ids.
    tables_by_pid: BTreeMap<u32, usize>,
    /// The ids of the parameters that `duplicateAs` makes.
    copies: BTreeSet<u32>,
    /// The tables (positions in `tables`) of which a parameter is a column, by the id of the parameter.
    columns: BTreeMap<u32, Vec<usize>>,
    shown: Shown,
}

impl<'d> File<'d> {
    pub(crate) fn new(root: &'d Element, source: &'d SourceSet, model: &'d Model, options: &'d Options) -> Self {
        let items = |list, item| Items::new(root, list, item);
        let param_items = items("Params", "Param");
        let params: Vec<Param<'d>> = param_items.valid().filter_map(Param::new).collect();
        let lists = param_items.valid().filter_map(|item| item.attribute("duplicateAs"));
        let copies = lists.flat_map(|ids| list(ids, ',')).filter_map(|id| plain(id.raw)).collect();
        let mut by_id = BTreeMap::new();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, param) in params.iter().enumerate() {
            by_id.entry(param.id).or_insert(position);
            if !param.name.is_empty() {
                by_name.entry(param.name.to_lowercase()).or_default().push(position);
            }
        }
        let tables: Vec<Table<'d>> = params.iter().enumerate().filter_map(Table::new).collect();
        let mut columns: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut tables_by_pid = BTreeMap::new();
        for (position, table) in tables.iter().enumerate() {
            tables_by_pid.entry(table.pid).or_insert(position);
            for pid in table.columns.iter().filter_map(|column| column.pid) {
                let of = columns.entry(pid).or_default();
                if of.last() != Some(&position) {
                    of.push(position);
                }
            }
        }
        Self {
            root,
            source,
            model,
            provider: options.provider.as_deref(),
            param_items,
            by_id,
            by_name,
            commands: items("Commands", "Command"),
            responses: items("Responses", "Response"),
            pairs: items("Pairs", "Pair"),
            groups: items("Groups", "Group"),
            triggers: items("Triggers", "Trigger"),
            actions: items("Actions", "Action"),
            timers: items("Timers", "Timer"),
            qactions: items("QActions", "QAction"),
            sessions: items("HTTP", "Session"),
            shown: Shown::new(root, &params, &tables),
            params,
            tables,
            tables_by_pid,
            copies,
            columns,
        }
    }

    /// The parameter with this id.
    pub(crate) fn param(&self, id: u32) -> Option<&Param<'d>> {
        self.by_id.get(&id).and_then(|&position| self.params.get(position))
    }

    /// The items of a kind that is found by id.
    fn items(&self, target: Target) -> Option<&Items<'d>> {
        Some(match target {
            Target::Param => &self.param_items,
            Target::Command => &self.commands,
            Target::Response => &self.responses,
            Target::Pair => &self.pairs,
            Target::Group => &self.groups,
            Target::Timer => &self.timers,
            Target::Trigger => &self.triggers,
            Target::Action => &self.actions,
            Target::QAction => &self.qactions,
            Target::Session => &self.sessions,
            Target::SessionConnection | Target::Connection => return None,
        })
    }

    /// Whether there is an item of this kind with this id; the copies of a column have no element of their own.
    pub(crate) fn has(&self, target: Target, id: u32) -> bool {
        self.items(target).is_some_and(|items| items.find(id).is_some())
            || (target == Target::Param && self.copies.contains(&id))
    }

    /// Up to `count` ids of this kind near `id` on each side, and whether these are all.
    pub(crate) fn near(&self, target: Target, id: u32, count: usize) -> (Vec<u32>, bool) {
        self.items(target).map_or((Vec::new(), true), |items| items.near(id, count))
    }

    /// Whether the main connection is of a kind that can be pinged: there is one, and it is not virtual (4.8.4).
    pub(crate) fn can_ping(&self) -> bool {
        match self.root.find("Type") {
            Some(kind) => !Slot::look(kind).is("virtual"),
            None => {
                self.root.find_at(&["Connections", "Connection"]).is_some_and(|main| main.find("Virtual").is_none())
            }
        }
    }

    /// Whether `span` lies in a session that a connection names as its handshake (CONN-40).
    pub(crate) fn is_in_handshake(&self, span: Span) -> bool {
        let mut handshakes = self.model.connections.iter().filter_map(|connection| connection.handshake.as_ref()?.id);
        handshakes.any(|id| {
            let session = u32::try_from(id).ok().and_then(|id| self.sessions.find(id));
            session.is_some_and(|session| session.element.span.contains(span))
        })
    }

    /// The parameters of this name, letter case ignored.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Param<'d>> {
        let positions = self.by_name.get(&name.trim().to_lowercase());
        positions.into_iter().flatten().filter_map(|&position| self.params.get(position))
    }

    /// The read parameter of a write parameter or the reverse: the other one of exactly two that share a name.
    pub(crate) fn partner(&self, param: &Param<'d>) -> Option<&Param<'d>> {
        let mut others = self.named(param.name).filter(|other| !std::ptr::eq(other.element, param.element));
        let other = others.next()?;
        let couple = (param.is_read() && other.is_write()) || (param.is_write() && other.is_read());
        (couple && others.next().is_none()).then_some(other)
    }

    /// The tables of which the parameter `pid` is a column.
    pub(crate) fn tables_of(&self, pid: u32) -> impl Iterator<Item = &Table<'d>> {
        let positions = self.columns.get(&pid);
        positions.into_iter().flatten().filter_map(|&position| self.tables.get(position))
    }

    /// The table whose parameter has this id.
    pub(crate) fn table(&self, pid: u32) -> Option<&Table<'d>> {
        let position = self.tables_by_pid.get(&pid)?;
        self.tables.get(*position)
    }
}
