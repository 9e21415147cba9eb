//! Reading a connector file.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use genlock_codegen::SourceSet;

/// The largest file that is read by default: 32 MiB.
pub(crate) const MAX_SIZE: usize = 32 << 20;

/// Reads at most one byte more than `max_size`, so that what is too large is reported without being read.
pub(crate) fn read(path: &Path, max_size: usize) -> io::Result<SourceSet> {
    let mut bytes = Vec::new();
    File::open(path)?.take(max_size as u64 + 1).read_to_end(&mut bytes)?;
    Ok(SourceSet::from_bytes(path.to_string_lossy(), bytes))
}

/// Says why a file could not be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error, err: &mut dyn Write) -> io::Result<()> {
    writeln!(err, "genlock: cannot read `{}`: {error}", path.display())
}
