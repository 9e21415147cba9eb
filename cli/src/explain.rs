//! `genlock explain`.

use std::io::{self, Write};

use genlock_codegen::diagnostic;

use crate::Outcome;

/// Prints the page of `code` to `out`.
pub(crate) fn explain(code: &str, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
    let Some(page) = diagnostic::explain(code) else {
        writeln!(
            err,
            "genlock: there is no code `{code}`; codes look like GL0412 and stand in what `genlock check` prints"
        )?;
        return Ok(Outcome::CannotRun);
    };
    writeln!(out, "{}", page.trim_end())?;
    Ok(Outcome::NoErrors)
}
