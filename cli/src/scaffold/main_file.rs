//! The `src/main.rs` of a written crate.

use std::fmt::Write;

use genlock_spec::{Connection, ConnectionKind, Index};

use super::Scaffold;
use super::comment::code;

/// The text of the file.
pub(super) fn text(scaffold: &Scaffold<'_>, package: &str) -> String {
    let Scaffold { file, outline, .. } = *scaffold;
    let mut text =
        format!("//! A driver for {} {}, made from {}.\n\n", code(&outline.name), code(&outline.version), code(file));
    if !outline.qactions.is_empty() {
        text.push_str("mod qactions;\n\n");
    }
    let _ = write!(text, "/// Everything in {}, checked and typed at compile time.\nmod connector {{\n", code(file));
    let allow = scaffold.warnings();
    if allow.is_empty() {
        let _ = writeln!(text, "    genlock::include_protocol!({file:?});");
    } else {
        let allow = allow.join(", ");
        let _ = write!(
            text,
            "    // Warnings about what runs: `genlock check` shows them, `genlock explain` says more.\n    \
             genlock::include_protocol!({file:?}, allow = [{allow}]);\n"
        );
    }
    text.push_str(
        "}\n\n\
         /// The state of one element, which QActions reach as `cx.state`.\n\
         #[derive(Debug, Default)]\n\
         struct Driver {}\n\n\
         #[tokio::main]\n\
         async fn main() -> Result<(), genlock::Error> {\n",
    );
    let _ = writeln!(text, "    let (element, mut events) = connector::element({package:?}, Driver::default())");
    for connection in connections(scaffold) {
        let _ = writeln!(text, "        {connection}");
    }
    text.push_str(
        "        .start_with_events()\n        \
                 .await?;\n    \
             loop {\n        \
                 tokio::select! {\n            \
                     event = events.next() => match event {\n                \
                         Ok(genlock::Event::Log { level, text }) => eprintln!(\"{level:?}: {text}\"),\n                \
                         Err(genlock::EventsError::Stopped) => break,\n                \
                         _ => {}\n            \
                     },\n            \
                     _ = tokio::signal::ctrl_c() => break,\n        \
                 }\n    \
             }\n    \
             element.stop().await\n}\n",
    );
    text
}

/// Where the connections go: calls of the element's builder, or why there is none.
fn connections(scaffold: &Scaffold<'_>) -> Vec<String> {
    let Scaffold { outline, output, .. } = *scaffold;
    let Some(spec) = &output.spec else { return Vec::new() };
    let rows = spec.connections.iter().zip(&outline.connections);
    let call = |(row, name): (&Connection, &String)| {
        match row.kind {
            ConnectionKind::WebSocket => {}
            ConnectionKind::Virtual => return format!("// connections::{name} needs no address."),
            kind => return format!("// connections::{name} is {}, which genlock cannot start yet.", kind.word()),
        }
        if let Some(param) = row.dynamic_ip.and_then(|param| outline.params.get(param.position())) {
            return format!("// connections::{name} takes its address from params::{param}.");
        }
        let settings = format!("link.host(\"ws://127.0.0.1\").port({})", row.port.unwrap_or(80));
        let line = format!(".connection(connector::connections::{name}, |link| {settings})");
        // As rustfmt breaks it.
        if line.chars().count() <= 92 {
            return line;
        }
        format!(".connection(connector::connections::{name}, |link| {{\n            {settings}\n        }})")
    };
    rows.map(call).collect()
}
