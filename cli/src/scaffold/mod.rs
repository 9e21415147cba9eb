//! A crate around a connector: its files, as text.

mod comment;
mod main_file;
mod manifest;
mod qactions;

use std::path::{Path, PathBuf};

use genlock_codegen::{Outline, Output};

/// What a crate is written from.
pub(crate) struct Scaffold<'s> {
    /// The connector's file in the crate.
    pub(crate) file: &'s str,
    /// What the connector needs.
    pub(crate) outline: &'s Outline,
    /// What it compiles to.
    pub(crate) output: &'s Output,
    /// The name of the crate's folder.
    pub(crate) folder: &'s str,
    /// The folder of genlock, if it is not to come from the registry.
    pub(crate) genlock: Option<&'s Path>,
    /// Whether the folder lies in a workspace of cargo.
    pub(crate) is_in_a_workspace: bool,
}

/// A file: where it is in the crate, and its text.
pub(crate) type File = (PathBuf, String);

impl Scaffold<'_> {
    /// The files of the crate but that of the connector.
    pub(crate) fn files(&self) -> Vec<File> {
        let package = manifest::package_name(self.folder);
        let manifest = manifest::text(&package, self.genlock, self.is_in_a_workspace);
        let mut files = vec![
            (PathBuf::from("Cargo.toml"), manifest),
            (PathBuf::from("src/main.rs"), main_file::text(self, &package)),
        ];
        if !self.outline.qactions.is_empty() {
            files.push((PathBuf::from("src/qactions/mod.rs"), qactions::list(self.outline)));
        }
        let stubs = self.outline.qactions.iter();
        files.extend(stubs.map(|qaction| {
            let path = format!("src/qactions/{}.rs", qactions::module(qaction));
            (PathBuf::from(path), qactions::stub(qaction, self.file))
        }));
        files
    }

    /// The codes of the warnings that the compiler would show, each once.
    pub(crate) fn warnings(&self) -> Vec<&'static str> {
        let mut codes: Vec<&str> = self.output.warnings().map(|fault| fault.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}
