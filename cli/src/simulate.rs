//! `genlock simulate`.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use genlock::sim::{ReplayError, Script, TraceLine, replay, simulate};
use genlock_codegen::diagnostic::render_styled;
use genlock_codegen::{Options, compile};
use genlock_spec::OwnedSpec;

use crate::console::Console;
use crate::{Outcome, file};

#[cfg(test)]
mod tests;

/// Run a connector in virtual time, and print the trace.
#[derive(Args)]
pub(crate) struct Simulate {
    /// The file.
    file: PathBuf,
    #[command(flatten)]
    what: What,
}

/// What happens to the connector.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A script: what a peer, an operator and the `QAction`s do, one JSON object a line.
    #[arg(long, value_name = "SCRIPT")]
    script: Option<PathBuf>,
    /// A record of a live run, as `ElementBuilder::record` writes it: the same happens again. Exits with 1 where the
    /// connector does something else than in the live run.
    #[arg(long, value_name = "RECORD")]
    replay: Option<PathBuf>,
}

impl Simulate {
    pub(crate) fn run(self, console: &mut Console) -> io::Result<Outcome> {
        let options = Options::default();
        let sources = match file::read(&self.file, options.max_size) {
            Ok(sources) => sources,
            Err(error) => {
                file::unreadable(&self.file, &error, &mut console.err)?;
                return Ok(Outcome::CannotRun);
            }
        };
        let output = compile(&sources, &options);
        for fault in output.errors() {
            writeln!(console.err, "{}", render_styled(fault, &sources, &console.err_styles))?;
        }
        let Some(tables) = output.spec else { return Ok(Outcome::Errors) };
        if let Some(script) = &self.what.script {
            return run_script(&tables, script, console);
        }
        self.what.replay.map_or(Ok(Outcome::CannotRun), |record| replay_record(&tables, &record, console))
    }
}

fn run_script(tables: &OwnedSpec, path: &Path, console: &mut Console) -> io::Result<Outcome> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            file::unreadable(path, &error, &mut console.err)?;
            return Ok(Outcome::CannotRun);
        }
    };
    let result = printing(console, |print| Script::parse(&text).and_then(|script| simulate(tables, &script, print)))?;
    if let Err(error) = result {
        writeln!(console.err, "genlock: {}: {error}", path.display())?;
        return Ok(Outcome::CannotRun);
    }
    Ok(Outcome::NoErrors)
}

fn replay_record(tables: &OwnedSpec, path: &Path, console: &mut Console) -> io::Result<Outcome> {
    let record = match File::open(path) {
        Ok(record) => BufReader::new(record),
        Err(error) => {
            file::unreadable(path, &error, &mut console.err)?;
            return Ok(Outcome::CannotRun);
        }
    };
    let result = printing(console, |print| replay(tables, record, print))?;
    let Err(error) = result else { return Ok(Outcome::NoErrors) };
    writeln!(console.err, "genlock: {}: {error}", path.display())?;
    Ok(if matches!(error, ReplayError::Differs { .. }) { Outcome::Errors } else { Outcome::CannotRun })
}

/// Prints a trace as it comes; the first line that can't be printed is what the run ends with.
fn printing<T>(console: &mut Console, run: impl FnOnce(&mut dyn FnMut(TraceLine)) -> T) -> io::Result<T> {
    let mut printed = Ok(());
    let result = run(&mut |line| {
        if printed.is_ok() {
            printed = writeln!(console.out, "{line}");
        }
    });
    printed.map(|()| result)
}
