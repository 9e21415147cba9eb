//! Faults of the file as errors and warnings of the compiler.

use genlock_codegen::diagnostic::render_body;
use genlock_codegen::{Output, SourceSet};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

/// How many errors, and how many warnings, are shown; the rest is counted.
const SHOWN: usize = 20;

/// The errors and the warnings about what runs, which all point to `span`, the file's name.
pub(crate) fn reports(output: &Output, sources: &SourceSet, span: Span) -> TokenStream {
    let errors = output.errors().take(SHOWN).map(|fault| {
        // The compiler says itself that it is an error.
        error(&format!("{}: {}", fault.code, render_body(fault, sources).trim_end()), span)
    });
    let warnings =
        output.warnings().take(SHOWN).map(|fault| warning(fault.code, render_body(fault, sources).trim_end(), span));
    let more_errors = more(output.errors().count(), "error", sources).map(|text| error(&text, span));
    let more_warnings = more(output.warnings().count(), "warning", sources).map(|text| warning("MORE", &text, span));
    errors.chain(more_errors).chain(warnings).chain(more_warnings).collect()
}

fn more(count: usize, what: &str, sources: &SourceSet) -> Option<String> {
    let hidden = count.checked_sub(SHOWN).filter(|&hidden| hidden > 0)?;
    let plural = if hidden == 1 { "" } else { "s" };
    Some(format!("{hidden} more {what}{plural}; `genlock check {}` lists all", sources.file_name()))
}

fn error(text: &str, span: Span) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error! { #text })
}

/// A macro cannot warn on a stable compiler, but the compiler warns where something deprecated is used.
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
