//! The stubs of a connector's QActions: one file each, so that they can be ported one at a time.

use std::fmt::Write;

use genlock_codegen::{Outline, QActionOutline};

use super::comment::{code, lines};

/// The name of the module of a QAction.
pub(super) fn module(qaction: &QActionOutline) -> String {
    format!("qaction_{}", qaction.id)
}

/// The text of `src/qactions/mod.rs`.
pub(super) fn list(outline: &Outline) -> String {
    let mut text = String::from("//! The QActions of the connector, one a file.\n\n");
    let mut modules: Vec<String> = outline.qactions.iter().map(module).collect();
    // As rustfmt sorts them.
    modules.sort_unstable();
    for module in modules {
        let _ = writeln!(text, "mod {module};");
    }
    // Without a function to write, the trait is there for every state.
    if outline.qactions.iter().all(|qaction| qaction.functions.is_empty()) {
        return text;
    }
    text.push_str(
        "\nuse crate::{Driver, connector};\n\n\
         /// What a QAction works with: the state, the parameters, the triggers.\n\
         type Context<'a> = connector::Context<'a, Driver>;\n\n\
         impl connector::QActions for Driver {\n",
    );
    let functions = outline.qactions.iter().flat_map(|qaction| {
        let module = module(qaction);
        qaction.functions.iter().map(move |function| (module.clone(), function))
    });
    for (position, (module, function)) in functions.enumerate() {
        let gap = if position == 0 { "" } else { "\n" };
        let _ = write!(
            text,
            "{gap}    fn {function}(cx: &mut Context<'_>) -> genlock::HookResult {{\n        {module}::{function}(cx)\n    }}\n"
        );
    }
    text + "}\n"
}

/// The text of the file of one QAction.
pub(super) fn stub(qaction: &QActionOutline, file: &str) -> String {
    let mut text = format!(
        "//! QAction {}, {} ({}).\n",
        qaction.id,
        code(&qaction.name),
        code(&format!("{file}:{}", qaction.line))
    );
    if qaction.functions.is_empty() {
        text.push_str("//!\n//! Nothing runs it: it holds code for the others.\n");
    } else {
        text.push_str("\nuse super::Context;\n");
    }
    for function in &qaction.functions {
        let tag = code(&qaction.tag);
        let _ = write!(
            text,
            "\n/// {tag}\n///\n/// Not written yet: says so once in the element's log.\n\
             pub(super) fn {function}(cx: &mut Context<'_>) -> genlock::HookResult {{\n    cx.unhandled()\n}}\n"
        );
    }
    let script = lines(&qaction.script);
    if !script.is_empty() {
        let _ = write!(text, "\n// The script in the connector:\n//\n{script}");
    }
    text
}
