//! What each kind of item refers to.

use std::collections::BTreeMap;

use super::calls::{Calls, Node, number, text};
use super::kind::Kind;
use crate::parse::Element;

/// Adds what the item `node` calls, is called by, and reads.
pub(super) fn of(kind: Kind, node: Node, element: &Element, calls: &mut Calls) {
    match kind {
        Kind::Protocol | Kind::Param => {}
        Kind::Connection => connection(node, element, calls),
        Kind::Timer => {
            for group in content(element, "Group") {
                calls.call(node, group, "");
            }
        }
        Kind::Group => group(node, element, calls),
        Kind::Pair => {
            for command in content(element, "Command") {
                calls.call(node, command, "sends");
            }
            for response in content(element, "Response") {
                calls.call(node, response, "expects");
            }
        }
        Kind::Command => {
            for param in content(element, "Param") {
                calls.read_by(param, node, "");
            }
        }
        Kind::Response => {
            for param in content(element, "Param") {
                calls.call(node, param, "fills");
            }
        }
        Kind::Session => session(node, element, calls),
        Kind::Trigger => trigger(node, element, calls),
        Kind::Action => action(node, element, calls),
        Kind::QAction => {
            for param in list(Kind::Param, element, "triggers") {
                calls.call(param, node, "change");
            }
            for param in list(Kind::Param, element, "inputParameters") {
                calls.read_by(param, node, "input");
            }
        }
    }
}

/// CONN-64: a connection writes its state to a parameter; CONN-30: a session describes its opening request.
fn connection(node: Node, element: &Element, calls: &mut Calls) {
    let Some(options) = element.find_at(&["Http", "CommunicationOptions"]) else { return };
    for notify in ["NotifyConnectionPIDs", "NotifyConnectionPID"] {
        let state = options.find_at(&[notify, "Connections"]).and_then(|state| item(Kind::Param, &state.text));
        if let Some(state) = state {
            calls.call(node, state, "state");
        }
    }
    let handshake = options.find("WebSocketHandshake").and_then(|session| item(Kind::Session, &session.text));
    if let Some(session) = handshake {
        calls.call(node, session, "handshake");
    }
}

/// GRP-02: one after the other, in order.
fn group(node: Node, element: &Element, calls: &mut Calls) {
    let children = element.find("Content").map_or(&[][..], |content| &content.children);
    let items = children.iter().filter_map(|child| {
        let kind = [Kind::Pair, Kind::Action, Kind::Trigger, Kind::Session, Kind::Param];
        let kind = kind.into_iter().find(|kind| kind.elements().1 == child.name)?;
        item(kind, &child.text)
    });
    numbered(node, &items.collect::<Vec<_>>(), calls);
}

/// Calls in order, with their positions when there are several.
fn numbered(node: Node, items: &[Node], calls: &mut Calls) {
    for (position, &item) in items.iter().enumerate() {
        let label = if items.len() > 1 { (position + 1).to_string() } else { String::new() };
        calls.call(node, item, label);
    }
}

/// CONN-33 to CONN-40: a request is made of parameters, and its answer fills others.
fn session(node: Node, element: &Element, calls: &mut Calls) {
    let param = |element: Option<&Element>, name: &str| item(Kind::Param, &element?.get(name)?.value);
    for connection in element.all("Connection") {
        let request = connection.find("Request");
        let headers = request.into_iter().flat_map(|request| request.all("Headers")).flat_map(|all| all.all("Header"));
        let headers = headers.filter_map(|header| param(Some(header), "pid"));
        let data = request.and_then(|request| request.find("Data"));
        let parts = [param(request, "pid"), param(request, "url"), param(data, "pid")];
        for part in parts.into_iter().flatten().chain(headers) {
            calls.read_by(part, node, "");
        }
        let response = connection.find("Response");
        let content = response.and_then(|response| response.find("Content"));
        for filled in [param(response, "statusCode"), param(content, "pid")].into_iter().flatten() {
            calls.call(node, filled, "fills");
        }
    }
}

/// TRG-03: what fires it, and what it runs, in order.
fn trigger(node: Node, element: &Element, calls: &mut Calls) {
    let on = element.find("On").and_then(|on| Some((on, Kind::of_word(&on.text)?)));
    if let Some((on, kind)) = on {
        let id = on.get("id").map_or("", |id| id.value.trim());
        let source = match kind {
            Kind::Protocol => Some(Node::Item(Kind::Protocol, 0)),
            _ if id.eq_ignore_ascii_case("each") => Some(Node::Each(kind)),
            _ => item(kind, id),
        };
        let time = text(element, "Time");
        // Schema, A13: a trigger on a parameter without a time is one on its change.
        let time = if time.is_empty() && kind == Kind::Param { "change".to_owned() } else { time };
        if let Some(source) = source {
            calls.call(source, node, time);
        }
    }
    let runs = if text(element, "Type").eq_ignore_ascii_case("trigger") { Kind::Trigger } else { Kind::Action };
    let content = element.find("Content").into_iter().flat_map(|content| content.all("Id"));
    let items: Vec<Node> = content.filter_map(|id| item(runs, &id.text)).collect();
    numbered(node, &items, calls);
}

/// ACT-02: an action is done for each of its items; ACT-03: without any, for the one that fired the trigger.
fn action(node: Node, element: &Element, calls: &mut Calls) {
    let kind = text(element, "Type");
    if let Some(on) = element.find("On")
        && let Some(target) = Kind::of_word(&on.text)
    {
        for item in list(target, on, "id") {
            calls.call(node, item, kind.clone());
        }
    }
    let source = element.find("Type").and_then(|kind| item(Kind::Param, &kind.get("id")?.value));
    let reads = ["append", "append data", "copy", "copy reverse", "increment", "set next", "timeout"];
    if let Some(source) = source.filter(|_| reads.iter().any(|word| kind.eq_ignore_ascii_case(word))) {
        calls.read_by(source, node, "");
    }
}

/// PARAM-142: a write parameter with `setter` sets the read parameter of its name.
pub(super) fn of_setters(items: &[(Kind, Node, &Element)], calls: &mut Calls) {
    let is = |element: &Element, kind: &str| text(element, "Type").eq_ignore_ascii_case(kind);
    let params = || items.iter().filter(|(kind, ..)| *kind == Kind::Param).map(|&(_, node, element)| (node, element));
    let readers = params().filter(|(_, element)| is(element, "read"));
    let readers: BTreeMap<String, Node> =
        readers.map(|(node, element)| (text(element, "Name").to_lowercase(), node)).collect();
    for (node, element) in params().filter(|(_, element)| is(element, "write")) {
        let is_setter = element.get("setter").is_some_and(|setter| setter.value.trim().eq_ignore_ascii_case("true"));
        if let Some(&reader) = readers.get(&text(element, "Name").to_lowercase()).filter(|_| is_setter) {
            calls.call(node, reader, "setter");
        }
    }
}

/// The items that the elements of a kind in the Content refer to.
fn content<'e>(element: &'e Element, name: &'e str) -> impl Iterator<Item = Node> + 'e {
    let kind = Kind::ALL.into_iter().find(|kind| kind.elements().1 == name);
    let references = element.find("Content").into_iter().flat_map(move |content| content.all(name));
    references.filter_map(move |reference| item(kind?, &reference.text))
}

/// The items that a list in an attribute refers to.
fn list<'e>(kind: Kind, element: &'e Element, attribute: &str) -> impl Iterator<Item = Node> + 'e {
    let ids = element.get(attribute).map_or("", |ids| ids.value.as_str());
    ids.split(';').filter_map(move |id| item(kind, id))
}

fn item(kind: Kind, text: &str) -> Option<Node> {
    number(text).map(|id| Node::Item(kind, id))
}
