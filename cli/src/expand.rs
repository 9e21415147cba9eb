//! `genlock expand`.

use std::io;
use std::path::Path;

use crate::console::Console;
use crate::{Outcome, file};

/// Prints the code of the file at `path`, or on the standard error its errors.
pub(crate) fn expand(path: &Path, console: &mut Console) -> io::Result<Outcome> {
    let Some(sources) = file::read_or_say(path, console)? else { return Ok(Outcome::CannotRun) };
    let output = file::compile_and_say(&sources, console)?;
    if output.errors().next().is_some() {
        return Ok(Outcome::Errors);
    }
    match syn::parse2(output.tokens) {
        Ok(file) => {
            write!(console.out, "{}", prettyplease::unparse(&file))?;
            Ok(Outcome::NoErrors)
        }
        Err(error) => {
            writeln!(
                console.err,
                "genlock: the generated code does not parse ({error}); please report it with the file"
            )?;
            Ok(Outcome::CannotRun)
        }
    }
}
