//! Connectors to try genlock on.
//!
//! Beside this crate's `Cargo.toml` stand connectors that we wrote, one for each way in which devices are spoken to and
//! for each part of the language, and in `fragments/` parts of connectors. [`made`] writes one of any size.

mod large;

use std::path::{Path, PathBuf};
use std::{fs, io};

pub use large::made;

/// A connector or a part of one.
#[derive(Clone, Debug)]
pub struct Connector {
    /// The name of its file without `.xml`.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// What is in the file.
    pub bytes: Vec<u8>,
}

/// The connectors, by name. None of them has a fault.
pub fn connectors() -> io::Result<Vec<Connector>> {
    read(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// The parts of connectors, by name: what every connector says about itself is not in them.
pub fn fragments() -> io::Result<Vec<Connector>> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fragments"))
}

fn read(folder: &Path) -> io::Result<Vec<Connector>> {
    let mut connectors = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let (Some(name), Some("xml")) = (path.file_stem(), path.extension().and_then(|extension| extension.to_str()))
        {
            let name = name.to_string_lossy().into_owned();
            connectors.push(Connector { name, bytes: fs::read(&path)?, path });
        }
    }
    connectors.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(connectors)
}
