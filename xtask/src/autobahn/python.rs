//! The Python that the suite runs on, and the suite on it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::process;

/// How long an installation may take.
const LIMIT: Duration = Duration::from_secs(5 * 60);

/// How long a Python may take to say its version.
const ANSWER_LIMIT: Duration = Duration::from_secs(20);

/// A Python 2.7 with pip: on the PATH, or one that pyenv has beside the one it puts there.
pub(super) fn find() -> Option<PathBuf> {
    let on_path = ["python2.7", "python2", "python"].map(PathBuf::from);
    on_path.into_iter().chain(of_pyenv()).find(|program| is_python_2_7(program.as_os_str()))
}

fn is_python_2_7(program: &OsStr) -> bool {
    let mut version = Command::new(program);
    version.args(["-c", "import sys, pip; print('%d.%d' % sys.version_info[:2])"]);
    process::capture(&mut version, ANSWER_LIMIT).is_ok_and(|version| version.trim() == "2.7")
}

fn of_pyenv() -> Option<PathBuf> {
    let versions = process::capture(Command::new("pyenv").args(["versions", "--bare"]), ANSWER_LIMIT).ok()?;
    let version = versions.lines().map(str::trim).find(|version| version.starts_with("2.7."))?;
    let folder = process::capture(Command::new("pyenv").args(["prefix", version]), ANSWER_LIMIT).ok()?;
    Some(Path::new(folder.trim()).join("bin").join("python2.7"))
}

/// Puts the suite into a folder below `target`, unless it is there; the answer is the folder.
pub(super) fn install(python: &Path, target: &Path) -> Result<PathBuf> {
    let requirements = crate::root().join("xtask").join("autobahn").join("requirements.txt");
    let wanted = fs::read_to_string(&requirements)?;
    let packages = target.join("packages");
    // Written last, so that an installation that was cut off is not taken for a whole one.
    let installed = packages.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(packages);
    }
    let mut install = Command::new(python);
    install
        .args(["-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--upgrade", "--target"])
        .arg(&packages)
        .arg("--requirement")
        .arg(&requirements);
    process::capture(&mut install, LIMIT)
        .context("the Autobahn test suite cannot be installed, which needs the network")?;
    fs::write(installed, wanted)?;
    Ok(packages)
}
