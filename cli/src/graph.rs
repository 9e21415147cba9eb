//! `genlock graph`.

use std::io;
use std::path::Path;

use genlock_codegen::diagnostic::render_styled;
use genlock_codegen::{Options, compile, graph};

use crate::console::Console;
use crate::{Outcome, file};

/// Prints what calls what in the file at `path`, as Mermaid. A file with faults has a graph, too, if it is a connector.
pub(crate) fn graph(path: &Path, console: &mut Console) -> io::Result<Outcome> {
    let options = Options::default();
    let Some(sources) = file::read_or_say(path, console)? else { return Ok(Outcome::CannotRun) };
    let output = compile(&sources, &options);
    let errors = output.errors().count();
    let Some(text) = graph::mermaid(&sources, options.max_size) else {
        for fault in output.errors() {
            writeln!(console.err, "{}", render_styled(fault, &sources, &console.err_styles))?;
        }
        return Ok(Outcome::Errors);
    };
    write!(console.out, "{text}")?;
    if errors > 0 {
        let plural = if errors == 1 { "" } else { "s" };
        let file = path.display();
        writeln!(console.err, "genlock: `{file}` has {errors} error{plural}; `genlock check {file}` lists them")?;
    }
    Ok(Outcome::NoErrors)
}
