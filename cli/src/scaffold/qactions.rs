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
    text.push_str("\nuse crate::{Driver, connector};\n");
    let with_functions = || outline.qactions.iter().filter(|qaction| !qaction.functions.is_empty());
    if with_functions().any(|qaction| !qaction.is_queued) {
        text.push_str(
            "\n/// What a QAction works with: the state, the parameters, the triggers.\n\
             type Context<'a> = connector::Context<'a, Driver>;\n",
        );
    }
    if with_functions().any(|qaction| qaction.is_queued) {
        text.push_str(
            "\n/// What a queued QAction works with, beside the element.\n\
             type QueuedContext = connector::QueuedContext<Driver>;\n",
        );
    }
    text.push_str("\nimpl connector::QActions for Driver {\n");
    let functions = with_functions().flat_map(|qaction| {
        let module = module(qaction);
        qaction.functions.iter().map(move |function| (module.clone(), function, qaction.is_queued))
    });
    for (position, (module, function, is_queued)) in functions.enumerate() {
        let gap = if position == 0 { "" } else { "\n" };
        let (before, context, behind) = ways(is_queued);
        let _ = write!(
            text,
            "{gap}    {before}fn {function}(cx: {context}) -> genlock::HookResult {{\n        {module}::{function}(cx){behind}\n    }}\n"
        );
    }
    text + "}\n"
}

/// What stands before a function, the type of its context, and what stands behind a call of it.
fn ways(is_queued: bool) -> (&'static str, &'static str, &'static str) {
    if is_queued { ("async ", "QueuedContext", ".await") } else { ("", "&mut Context<'_>", "") }
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
        text.push_str(if qaction.is_queued { "\nuse super::QueuedContext;\n" } else { "\nuse super::Context;\n" });
    }
    for function in &qaction.functions {
        let tag = code(&qaction.tag);
        let (before, context, _) = ways(qaction.is_queued);
        let body = if qaction.is_queued { "cx.with(|cx| cx.unhandled()).await?" } else { "cx.unhandled()" };
        let _ = write!(
            text,
            "\n/// {tag}\n///\n/// Not written yet: says so once in the element's log.\n\
             pub(super) {before}fn {function}(cx: {context}) -> genlock::HookResult {{\n    {body}\n}}\n"
        );
    }
    let script = lines(&qaction.script);
    if !script.is_empty() {
        let _ = write!(text, "\n// The script in the connector:\n//\n{script}");
    }
    text
}
