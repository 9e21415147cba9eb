//! Reading a connector file.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use genlock_codegen::diagnostic::render_styled;
use genlock_codegen::{Options, Output, SourceSet, compile};

use crate::console::Console;

/// The largest file that is read by default: 32 MiB.
pub(crate) const MAX_SIZE: usize = 32 << 20;

/// Reads at most one byte more than `max_size`, so that what is too large is reported without being read. The path `-`
/// is the standard input.
pub(crate) fn read(path: &Path, max_size: usize) -> io::Result<SourceSet> {
    let mut bytes = Vec::new();
    let limit = max_size as u64 + 1;
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
        return Ok(SourceSet::from_bytes("<stdin>", bytes));
    }
    if path.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder; name the files in it"));
    }
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(SourceSet::from_bytes(path.to_string_lossy(), bytes))
}

/// Says why a file could not be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error, err: &mut dyn Write) -> io::Result<()> {
    writeln!(err, "genlock: cannot read `{}`: {error}", path.display())
}

/// Reads the file at `path`; if it cannot be read, says why.
pub(crate) fn read_or_say(path: &Path, console: &mut Console) -> io::Result<Option<SourceSet>> {
    match read(path, Options::default().max_size) {
        Ok(sources) => Ok(Some(sources)),
        Err(error) => {
            unreadable(path, &error, &mut console.err)?;
            Ok(None)
        }
    }
}

/// Compiles a file, and prints its errors.
pub(crate) fn compile_and_say(sources: &SourceSet, console: &mut Console) -> io::Result<Output> {
    let output = compile(sources, &Options::default());
    for fault in output.errors() {
        writeln!(console.err, "{}", render_styled(fault, sources, &console.err_styles))?;
    }
    Ok(output)
}
