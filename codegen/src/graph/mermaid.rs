//! The graph as text of Mermaid.

use std::fmt::Write;

use super::calls::{Calls, Edge, Item, Node};
use super::kind::Kind;

/// How many edges Mermaid draws unless its configuration says otherwise.
const MAX_EDGES: usize = 500;
/// How many characters of a name are shown.
const SHOWN: usize = 60;

/// The flowchart of `calls`.
pub(super) fn print(calls: &Calls) -> String {
    let mut text = String::from(
        "%% What calls what: an arrow goes from the caller to what it calls, a dotted one from a value to what reads it.\n\
         %% `each command` is every command that has no trigger of its own for the same moment.\n",
    );
    if calls.edges.len() > MAX_EDGES {
        let count = calls.edges.len();
        let _ = writeln!(
            text,
            "%% It has {count} edges: raise maxEdges in the configuration of Mermaid, which is {MAX_EDGES}."
        );
    }
    text.push_str("flowchart LR\n");
    for kind in Kind::ALL {
        let mut nodes = calls.nodes.iter().filter(|(node, _)| node.kind() == kind).peekable();
        if nodes.peek().is_none() {
            continue;
        }
        // The id of a subgraph must not be that of a node.
        let title = kind.title();
        let _ = writeln!(text, "  subgraph {}_list[\"{title}\"]", prefix(kind));
        for (&node, item) in nodes {
            print_node(&mut text, node, item);
        }
        text.push_str("  end\n");
    }
    for edge in &calls.edges {
        print_edge(&mut text, edge);
    }
    if calls.nodes.values().any(|item| !item.is_declared) {
        text.push_str("  classDef missing stroke:#d33,stroke-dasharray:5\n");
    }
    text
}

fn print_node(text: &mut String, node: Node, item: &Item) {
    let (open, close) = node.kind().shape();
    let noun = node.kind().noun();
    let first = match node {
        Node::Item(Kind::Protocol, _) => noun.to_owned(),
        Node::Item(_, id) => format!("{noun} {id}"),
        Node::Each(_) => format!("each {noun}"),
        Node::Nameless(..) => format!("{noun} without an id"),
    };
    let undeclared = (!item.is_declared).then_some("not declared");
    let lines = item.lines.iter().map(String::as_str).chain(undeclared).map(escaped);
    let label: Vec<String> = std::iter::once(first).chain(lines).collect();
    let class = if item.is_declared { "" } else { ":::missing" };
    let _ = writeln!(text, "    {}{open}\"{}\"{close}{class}", Id(node), label.join("<br/>"));
}

fn print_edge(text: &mut String, edge: &Edge) {
    let (from, to, label) = (Id(edge.from), Id(edge.to), escaped(&edge.label));
    let _ = match (edge.is_read, label.is_empty()) {
        (false, true) => writeln!(text, "  {from} --> {to}"),
        (false, false) => writeln!(text, "  {from} -- \"{label}\" --> {to}"),
        (true, true) => writeln!(text, "  {from} -.-> {to}"),
        (true, false) => writeln!(text, "  {from} -. \"{label}\" .-> {to}"),
    };
}

/// The identifier of a node.
struct Id(Node);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let prefix = prefix(self.0.kind());
        match self.0 {
            Node::Item(Kind::Protocol, _) => f.write_str(prefix),
            Node::Item(_, -1) => write!(f, "{prefix}_ping"),
            Node::Item(_, id) => write!(f, "{prefix}_{id}"),
            Node::Each(_) => write!(f, "{prefix}_each"),
            Node::Nameless(_, position) => write!(f, "{prefix}_at_{}", position + 1),
        }
    }
}

/// What the identifiers of a kind begin with.
const fn prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::QAction => "qaction",
        Kind::Param => "param",
        other => other.noun(),
    }
}

/// Text of the XML as a label shows it: in one line, cut when it is long, and without anything that means something to
/// Mermaid or HTML. What is not safe is written as Mermaid's entity code.
fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(line.len());
    for (position, character) in line.chars().enumerate() {
        match character {
            _ if position >= SHOWN => {
                escaped.push('…');
                break;
            }
            // A `%%{` is a directive to Mermaid wherever it stands.
            '"' | '#' | '&' | '<' | '>' | '\\' | '`' | '%' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            _ if character.is_control() => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_name_means_anything() {
        assert_eq!(escaped(" a\n\"b\" <i>#1;</i> `c` "), "a #34;b#34; #60;i#62;#35;1;#60;/i#62; #96;c#96;");
        assert_eq!(escaped(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
        assert_eq!(escaped("\u{1b}[0m"), "\u{fffd}[0m");
    }
}
