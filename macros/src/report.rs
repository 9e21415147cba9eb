//! Faults of the file as errors and warnings of the compiler.

use genlock_codegen::SourceSet;
use genlock_codegen::diagnostic::{Class, Diagnostic, Severity, render_text};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

/// How many faults of one severity are shown; the rest is counted.
const SHOWN: usize = 20;

/// The errors, and the warnings about what runs. Notes and questions of style are left to `genlock check`: under
/// `#![deny(warnings)]` each would be an error. All of them point to `span`, the file's name.
pub(crate) fn reports(diagnostics: &[Diagnostic], sources: &SourceSet, span: Span) -> TokenStream {
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|fault| fault.severity == Severity::Error).collect();
    let is_shown = |fault: &&Diagnostic| fault.severity == Severity::Warning && fault.class == Class::Behaviour;
    let warnings: Vec<&Diagnostic> = diagnostics.iter().filter(is_shown).collect();
    let mut reports = TokenStream::new();
    for fault in errors.iter().take(SHOWN) {
        reports.extend(error(&text(fault, sources), span));
    }
    if let Some(more) = more(errors.len(), "error", sources) {
        reports.extend(error(&more, span));
    }
    for fault in warnings.iter().take(SHOWN) {
        reports.extend(warning(fault.code, &text(fault, sources), span));
    }
    if let Some(more) = more(warnings.len(), "warning", sources) {
        reports.extend(warning("MORE", &more, span));
    }
    reports
}

/// The fault as text; the compiler says itself that it is an error.
fn text(fault: &Diagnostic, sources: &SourceSet) -> String {
    let text = render_text(fault, sources);
    let text = text.trim_end();
    let headed = text.split_once(": ").map(|(_, rest)| format!("{}: {rest}", fault.code));
    headed.unwrap_or_else(|| text.to_owned())
}

fn more(count: usize, what: &str, sources: &SourceSet) -> Option<String> {
    let hidden = count.checked_sub(SHOWN).filter(|&hidden| hidden > 0)?;
    let plural = if hidden == 1 { "" } else { "s" };
    Some(format!("{hidden} more {what}{plural}; `genlock check {}` lists all", sources.file_name()))
}

fn error(text: &str, span: Span) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error! { #text })
}

/// A stable compiler has no warnings of macros; it warns where something deprecated is used.
fn warning(code: &str, text: &str, span: Span) -> TokenStream {
    let code = Ident::new(code, span);
    let usage = quote_spanned!(span=> #code);
    quote! {
        const _: () = {
            #[deprecated(note = #text)]
            const #code: () = ();
            #usage
        };
    }
}
