//! What no element runs yet. A connector that has some of it compiles; the start of its elements refuses by name.

use std::collections::BTreeSet;

use genlock_spec::{ParamKind, UnservedPart};

use super::item::Head;
use super::{ItemKind, Model, Target};
use crate::diagnostic::Refusal;
use crate::source::Span;

/// A part that no element runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unserved<'m> {
    pub(crate) part: UnservedPart,
    pub(crate) head: &'m Head,
    /// Where it says what it is.
    pub(crate) span: Span,
}

impl Unserved<'_> {
    /// `table 1000`.
    fn label(&self) -> String {
        let noun = match self.part {
            UnservedPart::Connection(_) => "connection",
            UnservedPart::Table => "table",
        };
        format!("{noun} {}", self.head.id().unwrap_or_default())
    }
}

impl Model {
    /// The parts that no element runs: connections, then tables.
    pub(crate) fn unserved(&self) -> Vec<Unserved<'_>> {
        let connections = self.connections.iter().filter(|connection| !connection.kind.value.is_served());
        let connections = connections.map(|connection| Unserved {
            part: UnservedPart::Connection(connection.kind.value),
            head: &connection.head,
            span: connection.kind.span,
        });
        let tables = self.params.iter().filter_map(|param| {
            let kind = param.kind.filter(|kind| matches!(kind.value, ParamKind::Array | ParamKind::Matrix))?;
            Some(Unserved { part: UnservedPart::Table, head: &param.head, span: kind.span })
        });
        connections.chain(tables).collect()
    }

    /// Why no element starts, if there is such a part.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let unserved = self.unserved();
        let part = unserved.first()?.label();
        Some(Refusal { part, spans: unserved.iter().map(|unserved| unserved.span).collect() })
    }

    /// The positions of the sessions that groups send.
    pub(crate) fn sent_sessions(&self) -> BTreeSet<usize> {
        let items = self.groups.iter().flat_map(|group| &group.items).filter(|item| item.kind == ItemKind::Session);
        items.filter_map(|item| item.reference.as_ref()?.position(Target::Session, &self.index)).collect()
    }
}
