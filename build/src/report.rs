//! Faults of the file as cargo shows them.

use genlock_codegen::diagnostic::{Diagnostic, render_text};
use genlock_codegen::{Output, SourceSet};

use crate::Error;

/// Prints errors, and warnings about what runs, for cargo.
///
/// # Errors
/// When there is an error: the text of all of them.
pub(crate) fn report(output: &Output, sources: &SourceSet) -> Result<(), Error> {
    for fault in output.warnings() {
        println!("cargo::warning={}", line(fault, sources));
    }
    let mut texts = String::new();
    for fault in output.errors() {
        println!("cargo::error={}", line(fault, sources));
        texts.push('\n');
        texts.push_str(&render_text(fault, sources));
    }
    if texts.is_empty() { Ok(()) } else { Err(Error::Faults(texts)) }
}

/// A fault in one line, which is what cargo takes: place, message, code.
fn line(fault: &Diagnostic, sources: &SourceSet) -> String {
    let place = sources.location(fault.span.start);
    let message = fault.message.replace(['\r', '\n'], " ");
    format!("{}:{}:{}: {message} [{}]", sources.file_name(), place.line, place.column, fault.code)
}
