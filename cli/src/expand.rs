//! `genlock expand`.

use std::io;
use std::path::Path;

use genlock_codegen::diagnostic::render_styled;
use genlock_codegen::{Options, compile};

use crate::console::Console;
use crate::{Outcome, file};

/// Prints the code of the file at `path`, or on the standard error its errors.
pub(crate) fn expand(path: &Path, console: &mut Console) -> io::Result<Outcome> {
    let options = Options::default();
    let sources = match file::read(path, options.max_size) {
        Ok(sources) => sources,
        Err(error) => {
            file::unreadable(path, &error, &mut console.err)?;
            return Ok(Outcome::CannotRun);
        }
    };
    let output = compile(&sources, &options);
    let mut outcome = Outcome::NoErrors;
    for fault in output.errors() {
        outcome = Outcome::Errors;
        writeln!(console.err, "{}", render_styled(fault, &sources, &console.err_styles))?;
    }
    if outcome == Outcome::Errors {
        return Ok(outcome);
    }
    match syn::parse2(output.tokens) {
        Ok(file) => write!(console.out, "{}", prettyplease::unparse(&file))?,
        Err(error) => {
            writeln!(
                console.err,
                "genlock: the generated code does not parse ({error}); please report it with the file"
            )?;
            outcome = Outcome::CannotRun;
        }
    }
    Ok(outcome)
}
