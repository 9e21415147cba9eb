//! `genlock new`.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{self, Path, PathBuf};

use clap::Args;
use genlock_codegen::{Options, SourceSet, outline};

use crate::console::Console;
use crate::scaffold::Scaffold;
use crate::{Outcome, file};

/// What is written where.
#[derive(Args)]
pub(crate) struct New {
    /// Take genlock from this folder (`runtime` in its repository) instead of the registry.
    #[arg(long, value_name = "FOLDER")]
    path: Option<PathBuf>,
    /// The connector file; `-` is the standard input.
    file: PathBuf,
    /// The folder of the crate, which must be empty or not there.
    folder: PathBuf,
}

impl New {
    /// Writes a crate around the connector: everything that compiles, and a stub for each QAction.
    pub(crate) fn run(&self, console: &mut Console) -> io::Result<Outcome> {
        let Some(sources) = file::read_or_say(&self.file, console)? else { return Ok(Outcome::CannotRun) };
        let output = file::compile_and_say(&sources, console)?;
        let Some(outline) = outline(&sources, &Options::default()).filter(|_| output.spec.is_some()) else {
            writeln!(console.err, "genlock: no crate is written around a connector with errors")?;
            return Ok(Outcome::Errors);
        };
        let absolute = path::absolute(&self.folder)?;
        let genlock = self.path.as_ref().map(path::absolute).transpose()?;
        let scaffold = Scaffold {
            file: file_name(&self.file),
            outline: &outline,
            output: &output,
            folder: &absolute.file_name().unwrap_or_default().to_string_lossy(),
            genlock: genlock.as_deref(),
            is_in_a_workspace: is_in_a_workspace(&absolute),
        };
        if let Err(error) = write(&absolute, &scaffold, &sources) {
            writeln!(console.err, "genlock: cannot write to `{}`: {error}", self.folder.display())?;
            return Ok(Outcome::CannotRun);
        }
        self.report(&scaffold, console)?;
        Ok(Outcome::NoErrors)
    }

    /// Says what was written and what is to be done.
    fn report(&self, scaffold: &Scaffold<'_>, console: &mut Console) -> io::Result<()> {
        let folder = self.folder.display();
        let stubs = scaffold.outline.qactions.iter().map(|qaction| qaction.functions.len()).sum::<usize>();
        let plural = if stubs == 1 { "" } else { "s" };
        writeln!(console.err, "genlock: wrote a crate to `{folder}`; `cargo run` in it starts the element")?;
        if stubs > 0 {
            writeln!(
                console.err,
                "genlock: {stubs} function{plural} to write, in `src/qactions/`; until then each says so in the log"
            )?;
        }
        let warnings = scaffold.warnings();
        if !warnings.is_empty() {
            let codes = warnings.join(", ");
            writeln!(console.err, "genlock: `src/main.rs` allows {codes}; `genlock check` shows where they are")?;
        }
        Ok(())
    }
}

/// What the connector's file is called in the crate: the same, if that is a name for it on every platform.
fn file_name(file: &Path) -> &str {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_' | ' '));
    if is_plain && name.to_lowercase().ends_with(".xml") { name } else { "protocol.xml" }
}

/// Writes the files of the crate to `folder`, which must be empty or not there.
fn write(folder: &Path, scaffold: &Scaffold<'_>, sources: &SourceSet) -> io::Result<()> {
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(io::Error::new(ErrorKind::AlreadyExists, "it is not empty"));
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    for (path, text) in scaffold.files() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    fs::write(folder.join(scaffold.file), sources.text())
}

/// Whether a `Cargo.toml` above `folder` declares a workspace, of which cargo would take a crate in it for a member.
fn is_in_a_workspace(folder: &Path) -> bool {
    let manifests = folder.ancestors().skip(1).map(|above| above.join("Cargo.toml"));
    let mut texts = manifests.filter_map(|manifest| fs::read_to_string(manifest).ok());
    texts.any(|text| text.lines().any(|line| line.trim_start().starts_with("[workspace")))
}
