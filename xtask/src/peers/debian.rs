//! Programs of Debian's that stand between driver and device. They are unpacked below `.peers`, not installed: no service
//! starts, and nothing of the machine changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::middle::Kind;
use crate::process;

const LIMIT: Duration = Duration::from_secs(5 * 60);

/// A program, unpacked.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) kind: Kind,
    /// Package and version.
    pub(crate) name: String,
    program: PathBuf,
    /// The libraries that were unpacked with it.
    libraries: Vec<PathBuf>,
}

impl Tool {
    /// The program, to be given its arguments.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        if let Ok(libraries) = std::env::join_paths(&self.libraries) {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        command
    }
}

/// The programs that can be had here; on a machine without Debian's packages there are none, which is said.
pub(crate) fn tools() -> Vec<Tool> {
    let folder = crate::root().join(".peers").join("debian");
    match unpack(&folder) {
        Ok(tools) => tools,
        Err(error) => {
            let names = Kind::ALL.map(Kind::package).join(", ");
            println!("left out, because Debian's packages cannot be had here: {names} ({error:#})");
            Vec::new()
        }
    }
}

fn unpack(folder: &Path) -> Result<Vec<Tool>> {
    let (archives, root) = (folder.join("archives"), folder.join("root"));
    if !Kind::ALL.iter().all(|kind| root.join(kind.program()).exists()) {
        // apt-get wants a folder for what is on its way.
        fs::create_dir_all(archives.join("partial"))?;
        download(&archives).or_else(|_| {
            // The machine's list of packages may be missing, or too old.
            process::capture(Command::new("apt-get").args(["update", "--quiet"]), LIMIT)?;
            download(&archives)
        })?;
        for archive in debs(&archives)? {
            process::capture(Command::new("dpkg-deb").arg("--extract").args([&archive, &root]), LIMIT)?;
        }
    }
    let archives = debs(&archives)?;
    let libraries = libraries(&root)?;
    Kind::ALL.into_iter().map(|kind| tool(kind, &archives, &root, &libraries)).collect()
}

/// Also of packages that the machine has: it may have them without their programs being on the PATH.
fn download(archives: &Path) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.args(["install", "--download-only", "--reinstall", "--no-install-recommends", "--yes", "--quiet"]);
    // Nothing is installed, so nobody needs to be kept out.
    command.args(["-o", "Debug::NoLocking=1", "-o"]).arg(format!("Dir::Cache::archives={}/", archives.display()));
    process::capture(command.args(Kind::ALL.map(Kind::package)), LIMIT).map(drop)
}

fn debs(archives: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(archives)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The folders `usr/lib/ARCHITECTURE`.
fn libraries(root: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(root.join("usr/lib"))?.collect::<Result<Vec<_>, _>>()?;
    Ok(entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_dir()).collect())
}

fn tool(kind: Kind, archives: &[PathBuf], root: &Path, libraries: &[PathBuf]) -> Result<Tool> {
    // An archive is called `package_version_architecture.deb`.
    let mut names = archives.iter().filter_map(|archive| archive.file_name()?.to_str());
    let version = names.find_map(|name| name.strip_prefix(kind.package())?.strip_prefix('_')?.split('_').next());
    let version = version.with_context(|| format!("no archive of {}", kind.package()))?;
    let upstream = version.split(['-', '+']).next().unwrap_or(version);
    let program = root.join(kind.program());
    if !program.exists() {
        bail!("the package {} has no program {}", kind.package(), kind.program());
    }
    Ok(Tool { kind, name: format!("{} {upstream}", kind.package()), program, libraries: libraries.to_vec() })
}
