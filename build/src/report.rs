//! Faults of the file as cargo shows them.

use genlock_codegen::diagnostic::{Diagnostic, render_text};
use genlock_codegen::{Output, SourceSet};

use crate::Error;

/// Prints errors, and warnings about what runs, for cargo.
///
/// # Errors
/// When there is an error, or a warning that is denied: the text of all of them.
pub(crate) fn report(output: &Output, sources: &SourceSet, deny_warnings: bool) -> Result<(), Error> {
    let mut texts = Vec::new();
    for fault in output.errors() {
        println!("cargo::error={}", line(fault, sources));
        texts.push(render_text(fault, sources));
    }
    let warnings = output.warnings().map(|fault| (line(fault, sources), render_text(fault, sources)));
    let idle = idle_allows(output, sources).map(|line| (line.clone(), format!("warning: {line}\n")));
    for (line, text) in warnings.chain(idle) {
        if deny_warnings {
            println!("cargo::error={line}");
            texts.push(text);
        } else {
            println!("cargo::warning={line}");
        }
    }
    if texts.is_empty() { Ok(()) } else { Err(Error::Faults(format!("\n{}", texts.join("\n")))) }
}

/// What [`allow`](crate::Config::allow) names in vain.
fn idle_allows<'o>(output: &'o Output, sources: &'o SourceSet) -> impl Iterator<Item = String> + 'o {
    output.idle_allows.iter().map(|idle| {
        let fate = if idle.is_refused { "is an error that cannot be allowed" } else { "is allowed and does not occur" };
        format!("{}: `{}` {fate}", sources.file_name(), idle.id)
    })
}

/// A fault in one line, which is what cargo takes: place, message, code.
fn line(fault: &Diagnostic, sources: &SourceSet) -> String {
    let place = sources.location(fault.span.start);
    let message = fault.message.replace(['\r', '\n'], " ");
    format!("{}:{}:{}: {message} [{}]", sources.file_name(), place.line, place.column, fault.code)
}
