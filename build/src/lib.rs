//! Compiles a DataMiner connector file from a build script, for [`genlock`](https://docs.rs/genlock).
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), genlock_build::Error> {
//!     genlock_build::compile("nmos.xml")
//! }
//! ```
//!
//! ```ignore
//! // src/main.rs
//! mod nmos {
//!     genlock::include_generated!("nmos");
//! }
//! ```
//!
//! The code is the same as that of `genlock::include_protocol!`; written to a file it can be read, and stepped
//! through in a debugger.
#![expect(clippy::print_stdout, reason = "a build script tells cargo things on its standard output")]

mod error;
mod report;
mod write;

use std::env;
use std::path::{Path, PathBuf};

use genlock_codegen::{FaultId, Options, SourceSet};
use proc_macro2::TokenStream;

pub use error::Error;

/// Compiles the connector file at `path`, relative to the folder of `Cargo.toml`, to `OUT_DIR/<name of the file>.rs`.
///
/// # Errors
/// See [`Config::compile`].
pub fn compile(path: impl AsRef<Path>) -> Result<(), Error> {
    Config::new().compile(path)
}

/// How to compile a connector file.
///
/// ```no_run
/// genlock_build::Config::new().crate_path("::driver::genlock").unhandled(true).allow(["GL0510"]).compile("nmos.xml")?;
/// # Ok::<(), genlock_build::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    crate_path: String,
    unhandled: bool,
    deny_warnings: bool,
    allow: Vec<String>,
    out_dir: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            crate_path: "::genlock".to_owned(),
            unhandled: false,
            deny_warnings: false,
            allow: Vec::new(),
            out_dir: None,
        }
    }
}

impl Config {
    /// The defaults: `genlock` is a dependency of that name, and every entry point is to be written.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the path by which generated code reaches `genlock`, for a crate that knows it by another name.
    pub fn crate_path(mut self, path: impl Into<String>) -> Self {
        self.crate_path = path.into();
        self
    }

    /// Gives every QAction a default body that logs once that it is not written yet.
    pub fn unhandled(mut self, unhandled: bool) -> Self {
        self.unhandled = unhandled;
        self
    }

    /// Makes the warnings about the file errors.
    pub fn deny_warnings(mut self, deny_warnings: bool) -> Self {
        self.deny_warnings = deny_warnings;
        self
    }

    /// Silences what the file may have: codes such as `GL0510`, or numbers of the platform's validator such as `9.4.3`.
    /// Errors of what runs cannot be silenced.
    pub fn allow(mut self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.allow.extend(ids.into_iter().map(Into::into));
        self
    }

    /// Sets the folder that the code is written to; `OUT_DIR` by default.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Compiles the connector file at `path`, relative to the folder of `Cargo.toml`, to a file of the same name that
    /// ends in `.rs`. It is written only when its content changes.
    ///
    /// # Errors
    /// When the file has faults (each is also printed for cargo as an error), cannot be read, or the code cannot be
    /// written; when [`crate_path`](Self::crate_path) is no path or [`allow`](Self::allow) names no code; outside a build script without
    /// [`out_dir`](Self::out_dir).
    pub fn compile(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        println!("cargo::rerun-if-changed={}", path.display());
        let crate_path: TokenStream = match syn::parse_str::<syn::Path>(&self.crate_path) {
            Ok(_) => self.crate_path.parse().map_err(|_| Error::CratePath(self.crate_path.clone()))?,
            Err(_) => return Err(Error::CratePath(self.crate_path.clone())),
        };
        let allow: Vec<FaultId> = self.allow.iter().map(|id| id.parse()).collect::<Result<_, _>>()?;
        let out_dir =
            self.out_dir.clone().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from)).ok_or(Error::NoOutDir)?;
        let name = path.file_stem().ok_or_else(|| Error::NoFile(path.to_owned()))?;

        let bytes = std::fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        let sources = SourceSet::from_bytes(shown(path), bytes);
        let options = Options::default().crate_path(crate_path).unhandled(self.unhandled).allow(allow);
        let output = genlock_codegen::compile(&sources, &options);
        report::report(&output, &sources, self.deny_warnings)?;
        let code = write::code(output.tokens, sources.file_name())?;
        let mut file_name = name.to_owned();
        file_name.push(".rs");
        let target = out_dir.join(file_name);
        write::if_changed(&target, &code).map_err(|source| Error::Write { path: target, source })
    }
}

/// The path as messages and generated documentation show it: the same on every platform.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
