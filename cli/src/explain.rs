//! `genlock explain`.

use std::io;

use genlock_codegen::diagnostic;

use crate::Outcome;
use crate::console::Console;

/// Prints the page of `code`.
pub(crate) fn explain(code: &str, console: &mut Console) -> io::Result<Outcome> {
    let Some(page) = diagnostic::explain(code) else {
        writeln!(
            console.err,
            "genlock: there is no code `{code}`; codes look like GL0412 and stand in what `genlock check` prints"
        )?;
        return Ok(Outcome::CannotRun);
    };
    writeln!(console.out, "{}", page.trim_end())?;
    Ok(Outcome::NoErrors)
}
