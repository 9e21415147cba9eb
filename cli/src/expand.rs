//! `genlock expand`.

use std::io::{self, Write};
use std::path::Path;

use genlock_codegen::diagnostic::render_text;
use genlock_codegen::{Options, compile};

use crate::{Outcome, file};

/// Prints the code of the file at `path` to `out`, or its errors to `err`.
pub(crate) fn expand(path: &Path, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
    let options = Options::default();
    let sources = match file::read(path, options.max_size) {
        Ok(sources) => sources,
        Err(error) => {
            file::unreadable(path, &error, err)?;
            return Ok(Outcome::CannotRun);
        }
    };
    let output = compile(&sources, &options);
    let mut outcome = Outcome::NoErrors;
    for fault in output.errors() {
        outcome = Outcome::Errors;
        writeln!(err, "{}", render_text(fault, &sources))?;
    }
    if outcome == Outcome::Errors {
        return Ok(outcome);
    }
    match syn::parse2(output.tokens) {
        Ok(file) => write!(out, "{}", prettyplease::unparse(&file))?,
        Err(error) => {
            writeln!(err, "genlock: the generated code does not parse ({error}); please report it with the file")?;
            outcome = Outcome::CannotRun;
        }
    }
    Ok(outcome)
}
