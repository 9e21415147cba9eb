//! What sets off what.

use std::collections::BTreeMap;

use super::aggregate;
use super::node::{Moment, Node};
use super::positions::Positions;
use crate::check::file::{File, Item, Items, Param, loose};
use crate::check::flow::action::Action;
use crate::check::flow::listeners::Listeners;
use crate::model::{ActionType, On};
use crate::parse::{Element, Slot};
use crate::source::Span;

/// The graph of a file. Its edges are made when they are asked for.
pub(super) struct Graph<'f, 'd> {
    file: &'f File<'d>,
    listeners: BTreeMap<Moment, Listeners<'d>>,
    positions: Positions,
}

/// What leads from an item to the next one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) to: Node,
    /// Where that is written.
    pub(super) span: Span,
    /// What the first does with the second, in a word.
    pub(super) how: &'static str,
}

impl<'f, 'd> Graph<'f, 'd> {
    pub(super) fn new(file: &'f File<'d>) -> Self {
        let listeners = Moment::ALL.into_iter().map(|moment| {
            let (on, times) = moment.words();
            (moment, Listeners::new(file, on, times))
        });
        let positions = Positions::new(file);
        Self { file, listeners: listeners.collect(), positions }
    }

    /// The items at which a search starts: every trigger, then every action.
    pub(super) fn starts(&self) -> impl Iterator<Item = Node> {
        let valid = |items: &'f Items<'d>| items.all().iter().zip(0..).filter(|(item, _)| item.id.is_some());
        let triggers = valid(&self.file.triggers).map(|(_, at)| Node::Trigger(at));
        triggers.chain(valid(&self.file.actions).map(|(_, at)| Node::Action(at)))
    }

    fn items(&self, node: Node) -> Option<(&Items<'d>, u32)> {
        Some(match node {
            Node::Trigger(at) => (&self.file.triggers, at),
            Node::Action(at) => (&self.file.actions, at),
            Node::Pair(at) => (&self.file.pairs, at),
            Node::Command(at) => (&self.file.commands, at),
            Node::Response(at) => (&self.file.responses, at),
            Node::Timer(at) => (&self.file.timers, at),
            Node::Group(at) | Node::Surroundings(at) => (&self.file.groups, at),
            Node::Session(at) => (&self.file.sessions, at),
            Node::Param(_) | Node::Each(_) => return None,
        })
    }

    fn item(&self, node: Node) -> Option<Item<'d>> {
        self.items(node).and_then(|(items, at)| items.all().get(at as usize)).copied()
    }

    fn param(&self, at: u32) -> Option<&Param<'d>> {
        self.file.params.get(at as usize)
    }

    /// Its element; none for what is no item.
    pub(super) fn element(&self, node: Node) -> Option<&'d Element> {
        match node {
            Node::Param(at) => self.param(at).map(|param| param.element),
            node => self.item(node).map(|item| item.element),
        }
    }

    /// `group 7`
    pub(super) fn label(&self, node: Node) -> String {
        match node {
            Node::Param(at) => self.param(at).map_or_else(String::new, Param::label),
            node => self.item(node).map_or_else(String::new, |item| item.label()),
        }
    }

    /// Whether it runs only if a condition holds.
    pub(super) fn is_guarded(&self, node: Node) -> bool {
        let Some(item) = self.item(node) else { return false };
        let may_have_one =
            matches!(node, Node::Trigger(_) | Node::Action(_) | Node::Timer(_) | Node::Group(_) | Node::Pair(_));
        let is_aggregate = || {
            let action = Some(node).filter(|node| matches!(node, Node::Action(_))).and_then(|_| Action::new(item));
            let options = action.filter(|action| action.is(On::Parameter, ActionType::Aggregate));
            options.and_then(|action| action.kind_attribute("options")).is_some_and(aggregate::is_conditional)
        };
        (may_have_one && item.is_conditional()) || is_aggregate()
    }

    /// What leads on from `node`.
    pub(super) fn edges(&self, node: Node) -> Vec<Edge> {
        let mut edges = Vec::new();
        match node {
            Node::Each(moment) => {
                for trigger in self.listeners.get(&moment).into_iter().flat_map(|listeners| &listeners.each) {
                    edges.extend(self.fired(trigger));
                }
            }
            Node::Param(at) => {
                if let Some(param) = self.param(at) {
                    self.fire(Moment::Change, param.id, &mut edges);
                }
            }
            node => {
                if let Some(item) = self.item(node) {
                    self.of_item(node, &item, &mut edges);
                }
            }
        }
        edges
    }

    fn of_item(&self, node: Node, item: &Item<'d>, edges: &mut Vec<Edge>) {
        let ids = &self.positions;
        let content = item.element.find("Content");
        let mut content_of =
            |name: &'static str, ids: &BTreeMap<u32, u32>, node: fn(u32) -> Node, how: &'static str| {
                for child in content.into_iter().flat_map(|content| content.all(name)) {
                    // `5:single` names parameter 5.
                    let id = child.text.split(':').next().and_then(loose);
                    if let Some(&at) = id.and_then(|id| ids.get(&id)) {
                        edges.push(Edge { to: node(at), span: child.text_span, how });
                    }
                }
            };
        match node {
            Node::Trigger(_) => {
                // Without a word for it, what it runs is an action.
                if item.text(&["Type"]).is_some_and(|kind| kind.is("trigger")) {
                    content_of("Id", &ids.triggers, Node::Trigger, "runs");
                } else {
                    content_of("Id", &ids.actions, Node::Action, "runs");
                }
            }
            Node::Action(_) => {
                if let Some(action) = Action::new(*item) {
                    self.of_action(&action, edges);
                }
            }
            Node::Timer(_) => {
                content_of("Group", &ids.groups, Node::Group, "runs");
                self.fire_of(Moment::BeforeTimer, item, edges);
            }
            Node::Group(_) => {
                content_of("Param", &ids.params, Node::Param, "polls");
                content_of("Pair", &ids.pairs, Node::Pair, "runs");
                content_of("Session", &ids.sessions, Node::Session, "runs");
                content_of("Action", &ids.actions, Node::Action, "runs");
                content_of("Trigger", &ids.triggers, Node::Trigger, "runs");
                self.fire_of(Moment::BeforeGroup, item, edges);
                self.fire_of(Moment::AfterGroup, item, edges);
            }
            Node::Surroundings(_) => {
                self.fire_of(Moment::BeforeGroup, item, edges);
                self.fire_of(Moment::AfterGroup, item, edges);
            }
            Node::Pair(_) => {
                content_of("Command", &ids.commands, Node::Command, "sends");
                content_of("Response", &ids.responses, Node::Response, "expects");
                content_of("ResponseOnBadCommand", &ids.responses, Node::Response, "expects");
                self.fire_of(Moment::AfterPair, item, edges);
            }
            Node::Command(_) => {
                self.fire_of(Moment::BeforeCommand, item, edges);
                self.fire_of(Moment::AfterCommand, item, edges);
            }
            Node::Response(_) => {
                content_of("Param", &ids.params, Node::Param, "fills");
                self.fire_of(Moment::BeforeResponse, item, edges);
                self.fire_of(Moment::AfterResponse, item, edges);
            }
            Node::Session(_) => self.of_session(item, edges),
            Node::Param(_) | Node::Each(_) => {}
        }
    }

    fn of_action(&self, action: &Action<'d>, edges: &mut Vec<Edge>) {
        let ids = &self.positions;
        let (ids, node, how): (_, fn(u32) -> Node, _) = match (action.on, action.kind) {
            (On::Parameter, ActionType::Aggregate) => {
                let options = action.kind_attribute("options");
                let written = options.map(aggregate::written).unwrap_or_default();
                edges.extend(written.into_iter().filter_map(|(pid, place)| {
                    let &at = ids.params.get(&pid)?;
                    Some(Edge { to: Node::Param(at), span: place.span, how: "writes" })
                }));
                return;
            }
            // The QActions that `run actions` runs are where a path ends.
            (
                On::Parameter,
                ActionType::ChangeLength
                | ActionType::Go
                | ActionType::Increment
                | ActionType::Multiply
                | ActionType::Pow,
            ) => (&ids.params, Node::Param, "changes"),
            (On::Pair, kind) if !matches!(kind, ActionType::Timeout | ActionType::SetNext) => {
                (&ids.pairs, Node::Pair, "runs")
            }
            (On::Command, kind) if !matches!(kind, ActionType::Make | ActionType::Crc) => {
                (&ids.commands, Node::Command, "changes")
            }
            (On::Timer, kind) if kind != ActionType::Stop => (&ids.timers, Node::Timer, "starts"),
            (On::Group, ActionType::Set | ActionType::SetWithWait) => (&ids.groups, Node::Surroundings, "sends"),
            (On::Group, _) => (&ids.groups, Node::Group, "runs"),
            _ => return,
        };
        for target in action.targets() {
            if let Some(&at) = loose(target.raw).and_then(|id| ids.get(&id)) {
                edges.push(Edge { to: node(at), span: target.span, how });
            }
        }
    }

    /// The parameters in which a session stores answers, and its timeout.
    fn of_session(&self, session: &Item<'d>, edges: &mut Vec<Edge>) {
        let responses = session.element.all("Connection").filter_map(|connection| connection.find("Response"));
        for response in responses {
            let content = response.find("Content").and_then(|content| content.get("pid"));
            for pid in response.get("statusCode").into_iter().chain(content).map(Slot::attribute) {
                if let Some(&at) = loose(pid.raw).and_then(|pid| self.positions.params.get(&pid)) {
                    edges.push(Edge { to: Node::Param(at), span: pid.span, how: "fills" });
                }
            }
        }
        self.fire_of(Moment::SessionTimeout, session, edges);
    }

    fn fire_of(&self, moment: Moment, item: &Item<'d>, edges: &mut Vec<Edge>) {
        if let Some(id) = item.id {
            self.fire(moment, id, edges);
        }
    }

    /// The triggers on the item `id` alone, and those on each.
    fn fire(&self, moment: Moment, id: u32, edges: &mut Vec<Edge>) {
        let Some(listeners) = self.listeners.get(&moment) else { return };
        edges.extend(listeners.dedicated(id).iter().filter_map(|trigger| self.fired(trigger)));
        if let Some(first) = listeners.each.first() {
            let span = first.element.find("On").map_or(first.name_span(), |on| on.text_span);
            edges.push(Edge { to: Node::Each(moment), span, how: "fires" });
        }
    }

    fn fired(&self, trigger: &Item<'d>) -> Option<Edge> {
        let &at = self.positions.triggers.get(&trigger.id?)?;
        let span = trigger.element.find("On").map_or(trigger.name_span(), |on| on.text_span);
        Some(Edge { to: Node::Trigger(at), span, how: "fires" })
    }
}
