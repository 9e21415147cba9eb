//! `genlock simulate`.

use std::fs;
use std::io;
use std::path::Path;

use genlock::sim::{Script, simulate};
use genlock_codegen::diagnostic::render_styled;
use genlock_codegen::{Options, compile};

use crate::console::Console;
use crate::{Outcome, file};

/// Runs the connector in the file at `path` by the script at `script`, and prints the trace.
pub(crate) fn simulate_file(path: &Path, script: &Path, console: &mut Console) -> io::Result<Outcome> {
    let options = Options::default();
    let sources = match file::read(path, options.max_size) {
        Ok(sources) => sources,
        Err(error) => {
            file::unreadable(path, &error, &mut console.err)?;
            return Ok(Outcome::CannotRun);
        }
    };
    let output = compile(&sources, &options);
    for fault in output.errors() {
        writeln!(console.err, "{}", render_styled(fault, &sources, &console.err_styles))?;
    }
    let Some(tables) = output.spec else { return Ok(Outcome::Errors) };
    let steps = match fs::read_to_string(script) {
        Ok(text) => Script::parse(&text),
        Err(error) => {
            file::unreadable(script, &error, &mut console.err)?;
            return Ok(Outcome::CannotRun);
        }
    };
    // A trace is printed as it comes; the first line that can't be printed is what the run ends with.
    let mut printed = Ok(());
    let result = steps.and_then(|steps| {
        simulate(&tables, &steps, |line| {
            if printed.is_ok() {
                printed = writeln!(console.out, "{line}");
            }
        })
    });
    printed?;
    if let Err(error) = result {
        writeln!(console.err, "genlock: {}: {error}", script.display())?;
        return Ok(Outcome::CannotRun);
    }
    Ok(Outcome::NoErrors)
}
