//! Names and documentation, also of a file with errors.

use crate::labels::{HookLabel, Label, Labels};
use crate::model::{Head, Model, Param};
use crate::source::SourceSet;

/// The names of a model.
pub(crate) fn labels(model: &Model, source: &SourceSet) -> Labels {
    let protocol = &model.protocol;
    let text =
        |text: &Option<crate::model::Placed<String>>| text.as_ref().map_or_else(String::new, |text| text.value.clone());
    Labels {
        file: source.file_name().to_owned(),
        protocol: Label {
            name: text(&protocol.name),
            line: protocol.line,
            docs: protocol.description.iter().map(|description| paragraph(description)).collect(),
            ..Label::default()
        },
        version: text(&protocol.version),
        params: model.params.iter().map(param).collect(),
        commands: model.commands.iter().map(|item| label(&item.head)).collect(),
        responses: model.responses.iter().map(|item| label(&item.head)).collect(),
        pairs: model.pairs.iter().map(|item| label(&item.head)).collect(),
        groups: model.groups.iter().map(|item| label(&item.head)).collect(),
        timers: model.timers.iter().map(|item| label(&item.head)).collect(),
        triggers: model.triggers.iter().map(|item| label(&item.head)).collect(),
        actions: model.actions.iter().map(|item| label(&item.head)).collect(),
        connections: model.connections.iter().map(|item| label(&item.head)).collect(),
        qactions: model.qactions.iter().map(|item| label(&item.head)).collect(),
        hooks: model
            .hooks()
            .entries
            .iter()
            .map(|entry| HookLabel {
                name: entry.name.to_owned(),
                qaction: entry.qaction.head.id().unwrap_or_default(),
                doc: entry.qaction.doc.clone(),
                is_queued: entry.qaction.queued,
                line: entry.qaction.head.line,
            })
            .collect(),
    }
}

/// The label of an item. Without a valid id it still has a name that code can use.
fn label(head: &Head) -> Label {
    Label {
        name: head.name().to_owned(),
        id: head.id().unwrap_or_default(),
        line: head.line,
        docs: head.description.iter().map(|description| paragraph(description)).collect(),
    }
}

fn param(param: &Param) -> Label {
    let mut label = label(&param.head);
    label.docs.extend(param.subtext.iter().map(|subtext| paragraph(subtext)));
    label.docs.extend(param.shown.unit.iter().map(|units| format!("Unit: {}.", paragraph(units))));
    label
}

/// Text without the indentation that it has in the file, its lines kept.
fn paragraph(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
}
