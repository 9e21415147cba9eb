//! Why a build script failed.

use std::path::PathBuf;
use std::{fmt, io};

use genlock_codegen::UnknownFaultId;

/// Why a connector file could not be compiled.
///
/// `Debug` prints the same text as `Display`: that is what cargo shows when `main` of a build script returns it.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file cannot be read.
    #[error("cannot read `{}`: {source} (paths are relative to the folder of Cargo.toml)", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The path has no file name.
    #[error("`{}` is not the path of a file", .0.display())]
    NoFile(PathBuf),
    /// The file has faults; the text shows each with its place.
    #[error("{0}")]
    Faults(String),
    /// The path by which generated code reaches genlock is not one.
    #[error("`{0}` is not a path such as `::genlock`")]
    CratePath(String),
    /// [`allow`](crate::Config::allow) names neither a code nor the number of a rule.
    #[error("{unknown}: {}", unknown.help())]
    UnknownFaultId {
        /// What it names.
        #[from]
        unknown: UnknownFaultId,
    },
    /// There is no folder to write to.
    #[error("the variable OUT_DIR is not set: this is not a build script, and no out_dir was given")]
    NoOutDir,
    /// The code cannot be written.
    #[error("cannot write `{}`: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The code does not parse, which is a fault of genlock.
    #[error("genlock generated code that does not parse ({0}); please report it with the connector file")]
    Unprintable(syn::Error),
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
