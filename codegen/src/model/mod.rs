//! The language, typed: what a file declares, with the place of everything that a message may point to.
//!
//! Reading takes what is there and leaves out what is faulty. Every element and attribute that it understands is
//! marked; [`untaken`] reports the rest by name, so nothing in a file is skipped in silence.

mod action;
mod alarm;
mod builtin;
mod choice;
mod command;
mod condition;
mod connection;
mod coverage;
mod duration;
mod format;
mod group;
mod guard;
mod hook;
mod index;
mod interprete;
mod item;
mod matrix;
mod measurement;
mod number;
mod on;
mod option;
mod page;
mod pair;
mod param;
mod protocol;
mod qaction;
mod reader;
mod reference;
mod relation;
mod report;
mod response;
mod session;
mod shown;
mod table;
mod taken;
mod timer;
mod trend;
mod trigger;
mod unserved;
mod untaken;
mod vocabulary;
mod writing;

pub(crate) use action::{Action, ActionType, Change, Detail, Info, Replacing};
pub(crate) use alarm::{Alarm, Nominal};
pub(crate) use builtin::is_built_in;
pub(crate) use command::{Ascii, Command};
pub(crate) use connection::Connection;
pub(crate) use format::{Exception, Format, Operand, Other, Step};
pub(crate) use group::{Group, GroupItem, GroupType, ItemKind};
pub(crate) use guard::{Compared, Guard};
pub(crate) use hook::Hook;
pub(crate) use index::Index;
pub(crate) use interprete::{Interprete, LengthKind};
pub(crate) use item::{Head, Placed};
pub(crate) use matrix::Side;
pub(crate) use measurement::{Discreet, Measurement};
pub(crate) use number::plain as plain_number;
pub(crate) use on::On;
pub(crate) use option::Entry;
pub(crate) use page::PageList;
pub(crate) use pair::Pair;
pub(crate) use param::{DynamicIp, Param};
pub(crate) use protocol::Protocol;
pub(crate) use qaction::QAction;
pub(crate) use reader::padded;
pub(crate) use reference::{Reference, Target};
pub(crate) use relation::Relation;
pub(crate) use report::Report;
pub(crate) use response::Response;
pub(crate) use session::{Body, Credential, Header, Session, SessionConnection, Url};
pub(crate) use table::{Column, NamePart, Table};
pub(crate) use taken::taken;
pub(crate) use timer::{ColumnGroup, Period, Timer};
pub(crate) use trigger::{Moment, OnId, Trigger, TriggerType, moments};
pub(crate) use untaken::report as report_untaken;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::parse::{Document, Element};
use crate::source::{SourceSet, Span};
use crate::text::quoted;
use reader::Reader;

/// All that a file declares, each kind in document order.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// What the file says about itself.
    pub(crate) protocol: Protocol,
    /// Its pages.
    pub(crate) pages: PageList,
    pub(crate) connections: Vec<Connection>,
    pub(crate) params: Vec<Param>,
    pub(crate) commands: Vec<Command>,
    pub(crate) responses: Vec<Response>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) groups: Vec<Group>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) actions: Vec<Action>,
    pub(crate) timers: Vec<Timer>,
    pub(crate) qactions: Vec<QAction>,
    pub(crate) relations: Vec<Relation>,
    /// What connections report without the element being in timeout for it (LIFE-61).
    pub(crate) no_timeouts: Vec<Report>,
    /// Which of them has which id.
    pub(crate) index: Index,
}

/// Reads the tree of a file; none when it holds no connector.
pub(crate) fn read(document: &Document, source: &SourceSet, faults: &mut Faults) -> Option<Model> {
    let Some(root) = &document.root else {
        let fault = Fault::error(Kind::MissingRoot, Span::default(), "the file holds no element");
        faults.add(fault.help("write the connector as `<Protocol>…</Protocol>`").missing("Protocol"));
        return None;
    };
    root.taken.set(true);
    if root.name != "Protocol" {
        let message = format!("the outermost element is {}, not `Protocol`", quoted(&root.name));
        let fault = Fault::error(Kind::MissingRoot, root.name_span, message).validator("1.1.1");
        faults.add(fault.help("a connector file is one `<Protocol>` with everything in it"));
        return None;
    }
    let mut reader = Reader { source, faults };
    let mut model = Model {
        protocol: Protocol::read(root, &mut reader),
        pages: PageList::read(root, &mut reader),
        connections: connection::read(root, &mut reader),
        params: list(root, "Params", "Param", &mut reader, Param::read),
        commands: list(root, "Commands", "Command", &mut reader, Command::read),
        responses: list(root, "Responses", "Response", &mut reader, Response::read),
        pairs: list(root, "Pairs", "Pair", &mut reader, Pair::read),
        sessions: list(root, "HTTP", "Session", &mut reader, Session::read),
        groups: list(root, "Groups", "Group", &mut reader, Group::read),
        triggers: list(root, "Triggers", "Trigger", &mut reader, Trigger::read),
        actions: list(root, "Actions", "Action", &mut reader, Action::read),
        timers: list(root, "Timers", "Timer", &mut reader, Timer::read),
        qactions: list(root, "QActions", "QAction", &mut reader, QAction::read),
        relations: relation::read(root),
        no_timeouts: Report::without_timeout(root, &mut reader),
        index: Index::default(),
    };
    model.index = Index::new(&model);
    Some(model)
}

/// Reads the items of one kind.
fn list<T>(
    root: &Element,
    list: &'static str,
    item: &'static str,
    reader: &mut Reader<'_, '_>,
    read: impl Fn(&Element, usize, &mut Reader<'_, '_>) -> T,
) -> Vec<T> {
    let Some(list) = reader.child(root, list) else { return Vec::new() };
    list.children(item).enumerate().map(|(position, element)| read(element, position, reader)).collect()
}
