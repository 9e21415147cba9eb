//! `genlock check`.

use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use genlock_codegen::diagnostic::{Diagnostic, Severity, render_json, render_styled};
use genlock_codegen::{Options, SourceSet, check};

use crate::console::Console;
use crate::{Outcome, file};

/// What is checked, and how faults are shown.
#[derive(Args)]
pub(crate) struct Check {
    /// How faults are printed: for people, or as one JSON object a line.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also list what comments in the files allow.
    #[arg(long)]
    show_suppressed: bool,
    /// The largest file that is read, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = file::MAX_SIZE)]
    max_size: usize,
    /// The provider that the files are expected to name; without it any will do.
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
    /// The files; `-` is the standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// How many faults of each severity were found.
#[derive(Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
    suppressed: usize,
}

impl Check {
    /// Prints the faults of the files, and on the standard error how many there are.
    pub(crate) fn run(&self, console: &mut Console) -> io::Result<Outcome> {
        let mut counts = Counts::default();
        let mut unreadable = 0;
        for path in &self.files {
            match file::read(path, self.max_size) {
                Ok(sources) => self.check(&sources, &mut counts, console)?,
                Err(error) => {
                    unreadable += 1;
                    file::unreadable(path, &error, &mut console.err)?;
                }
            }
        }
        console.out.flush()?;
        writeln!(
            console.err,
            "{} checked: {}, {}, {}{}",
            counted(self.files.len() - unreadable, "file"),
            counted(counts.errors, "error"),
            counted(counts.warnings, "warning"),
            counted(counts.notes, "note"),
            if counts.suppressed > 0 { format!(", {} suppressed", counts.suppressed) } else { String::new() },
        )?;
        Ok(match (unreadable, counts.errors) {
            (1.., _) => Outcome::CannotRun,
            (0, 1..) => Outcome::Errors,
            (0, 0) => Outcome::NoErrors,
        })
    }

    fn check(&self, sources: &SourceSet, counts: &mut Counts, console: &mut Console) -> io::Result<()> {
        let mut options = Options::default().max_size(self.max_size);
        if let Some(provider) = &self.provider {
            options = options.provider(provider);
        }
        let output = check(sources, &options);
        for fault in &output.diagnostics {
            match fault.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts.suppressed += output.silenced.len();
        let mut shown = output.diagnostics;
        if self.show_suppressed {
            shown.extend(output.silenced);
            shown.sort_by_key(|fault| fault.span);
        }
        shown.iter().try_for_each(|fault| self.show(fault, sources, console))
    }

    fn show(&self, fault: &Diagnostic, sources: &SourceSet, console: &mut Console) -> io::Result<()> {
        let text = match self.format {
            Format::Text => render_styled(fault, sources, &console.out_styles),
            Format::Json => render_json(fault, sources),
        };
        writeln!(console.out, "{text}")
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
