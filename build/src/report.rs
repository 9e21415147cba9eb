//! Faults of the file as cargo shows them.

use genlock_codegen::SourceSet;
use genlock_codegen::diagnostic::{Class, Diagnostic, Severity, render_text};

use crate::Error;

/// Prints errors, and warnings about what runs, for cargo; the rest is left to `genlock check`.
///
/// # Errors
/// When there is an error: the text of all of them.
pub(crate) fn report(diagnostics: &[Diagnostic], sources: &SourceSet) -> Result<(), Error> {
    let mut texts = String::new();
    for fault in diagnostics {
        match (fault.severity, fault.class) {
            (Severity::Error, _) => {
                println!("cargo::error={}", line(fault, sources));
                texts.push('\n');
                texts.push_str(&render_text(fault, sources));
            }
            (Severity::Warning, Class::Behaviour) => println!("cargo::warning={}", line(fault, sources)),
            (Severity::Warning, Class::Style) | (Severity::Note, _) => {}
        }
    }
    if texts.is_empty() { Ok(()) } else { Err(Error::Faults(texts)) }
}

/// A fault in one line, which is what cargo takes: place, message, code.
fn line(fault: &Diagnostic, sources: &SourceSet) -> String {
    let place = sources.location(fault.span.start);
    let message = fault.message.replace(['\r', '\n'], " ");
    format!("{}:{}:{}: {message} [{}]", sources.file_name(), place.line, place.column, fault.code)
}
