//! Faults as JSON, one object a line.

use serde_json::Value;

use super::Diagnostic;
use crate::source::{SourceSet, Span};

/// A fault as one line of JSON, without the line's end. The keys stand in a fixed order; a silenced fault has one more.
pub fn render_json(diagnostic: &Diagnostic, source: &SourceSet) -> String {
    let mut fields: Vec<(&str, Value)> = vec![
        ("code", diagnostic.code.into()),
        ("fault", diagnostic.fault.into()),
        ("validator_id", diagnostic.validator_id.into()),
        ("severity", diagnostic.severity.as_str().into()),
        ("class", diagnostic.class.as_str().into()),
        ("message", diagnostic.message.as_str().into()),
        ("help", diagnostic.help.as_deref().into()),
    ];
    let end = source.location(diagnostic.span.end);
    fields.extend(start(source, diagnostic.span));
    fields.push(("end_line", end.line.into()));
    fields.push(("end_column", end.column.into()));
    fields.push(("path", diagnostic.path.as_str().into()));
    let related = diagnostic.related.iter().map(|related| {
        let mut fields = start(source, related.span);
        fields.push(("message", related.message.as_str().into()));
        format!("{{{}}}", members(&fields))
    });
    let related: Vec<String> = related.collect();
    let suppressed = diagnostic.suppressed.as_deref().map(|reason| members(&[("suppressed", reason.into())]));
    let suppressed = suppressed.map_or_else(String::new, |member| format!(",{member}"));
    format!("{{{},\"related\":[{}]{suppressed}}}", members(&fields), related.join(","))
}

/// Where `span` starts.
fn start<'d>(source: &SourceSet, span: Span) -> Vec<(&'d str, Value)> {
    let start = source.location(span.start);
    vec![("file", source.file_name().into()), ("line", start.line.into()), ("column", start.column.into())]
}

/// The members of an object in the order given (a map of `serde_json` would sort them).
fn members(fields: &[(&str, Value)]) -> String {
    let members: Vec<String> = fields.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
    members.join(",")
}
