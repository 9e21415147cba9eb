//! Faults of the file as errors and warnings of the compiler.

use genlock_codegen::diagnostic::{Diagnostic, render_body};
use genlock_codegen::{IdleAllow, Output, SourceSet};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::input::Input;

/// How many errors, and how many warnings, are shown; the rest is counted.
const SHOWN: usize = 20;

/// The errors and the warnings about what runs, which all point to the file's name, and warnings about options.
pub(crate) fn reports(output: &Output, sources: &SourceSet, input: &Input) -> TokenStream {
    let span = input.source.span();
    let reporter = Reporter { sources, span, deny_warnings: input.deny_warnings };
    let errors = output.errors().take(SHOWN).map(|fault| error(&reporter.text(fault), span));
    let warnings = output.warnings().take(SHOWN).map(|fault| reporter.warning(fault));
    let more_errors = more(output.errors().count(), "error", sources).map(|text| error(&text, span));
    let more_warnings = more(output.warnings().count(), "warning", sources);
    let more_warnings = more_warnings.map(|text| reporter.warn("MORE", &text, &text, span));
    let idle = input.allow.iter().filter_map(|allow| {
        let idle = output.idle_allows.iter().find(|idle| idle.id == allow.id)?;
        Some(reporter.idle(*idle, allow.span))
    });
    errors.chain(more_errors).chain(warnings).chain(more_warnings).chain(idle).collect()
}

struct Reporter<'s> {
    sources: &'s SourceSet,
    span: Span,
    deny_warnings: bool,
}

impl Reporter<'_> {
    /// A fault, for where the compiler says itself that it is an error.
    fn text(&self, fault: &Diagnostic) -> String {
        format!("{}: {}", fault.code, render_body(fault, self.sources).trim_end())
    }

    fn warning(&self, fault: &Diagnostic) -> TokenStream {
        self.warn(fault.code, render_body(fault, self.sources).trim_end(), &self.text(fault), self.span)
    }

    /// What the option `allow` names in vain.
    fn idle(&self, idle: IdleAllow, span: Span) -> TokenStream {
        let (id, file) = (idle.id, self.sources.file_name());
        let (name, text) = if idle.is_refused {
            ("REFUSED_ALLOW", format!("`{id}` is an error in `{file}` that cannot be allowed"))
        } else {
            ("UNUSED_ALLOW", format!("`{id}` does not occur in `{file}`"))
        };
        self.warn(name, &text, &text, span)
    }

    /// A warning, or the error that it is when warnings are denied.
    fn warn(&self, name: &str, text: &str, as_error: &str, span: Span) -> TokenStream {
        if self.deny_warnings {
            error(&format!("{as_error}\nnote: a warning, which `deny_warnings` makes an error"), span)
        } else {
            warning(name, text, span)
        }
    }
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
fn warning(name: &str, text: &str, span: Span) -> TokenStream {
    let name = Ident::new(name, span);
    let usage = quote_spanned!(span=> #name);
    quote! {
        const _: () = {
            #[deprecated(note = #text)]
            const #name: () = ();
            #usage
        };
    }
}
