//! `genlock check`.

use std::io::{self, Write};
use std::path::PathBuf;

use genlock_codegen::diagnostic::{Severity, render_json, render_text};
use genlock_codegen::{Options, compile};

use crate::{Format, Outcome, file};

/// How many faults of each severity were found.
#[derive(Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// Prints the faults of `files` to `out`, and how many there are to `err`.
pub(crate) fn check(
    files: &[PathBuf],
    format: Format,
    max_size: usize,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Outcome> {
    let options = Options::default().max_size(max_size);
    let mut counts = Counts::default();
    let mut unreadable = 0;
    for path in files {
        let sources = match file::read(path, max_size) {
            Ok(sources) => sources,
            Err(error) => {
                unreadable += 1;
                file::unreadable(path, &error, err)?;
                continue;
            }
        };
        for fault in compile(&sources, &options).diagnostics {
            match fault.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
            match format {
                Format::Text => writeln!(out, "{}", render_text(&fault, &sources))?,
                Format::Json => writeln!(out, "{}", render_json(&fault, &sources))?,
            }
        }
    }
    out.flush()?;
    writeln!(
        err,
        "{} checked: {}, {}, {}",
        counted(files.len() - unreadable, "file"),
        counted(counts.errors, "error"),
        counted(counts.warnings, "warning"),
        counted(counts.notes, "note")
    )?;
    Ok(match (unreadable, counts.errors) {
        (1.., _) => Outcome::CannotRun,
        (0, 1..) => Outcome::Errors,
        (0, 0) => Outcome::NoErrors,
    })
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
