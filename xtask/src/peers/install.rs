//! Puts the pinned servers into `.peers`, by the clients of their own registries.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::device::Server;
use crate::process;

const LIMIT: Duration = Duration::from_secs(5 * 60);

/// Installs both servers. Without a network this fails, and says so: a peer that was not tried is not a peer that works.
pub(crate) fn servers() -> Result<Vec<Server>> {
    let sources = crate::root().join("xtask").join("peers");
    let folder = crate::root().join(".peers");
    let ws =
        ws(&sources.join("ws"), &folder.join("ws")).context("npm `ws` cannot be installed, which needs the network")?;
    let websockets = websockets(&sources.join("websockets"), &folder.join("websockets"))
        .context("PyPI `websockets` cannot be installed, which needs the network")?;
    Ok(vec![ws, websockets])
}

/// npm installs beside the lock file, so the server is copied to where it is installed.
fn ws(sources: &Path, target: &Path) -> Result<Server> {
    fs::create_dir_all(target)?;
    for entry in fs::read_dir(sources)? {
        let entry = entry?;
        fs::copy(entry.path(), target.join(entry.file_name()))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut install = Command::new(npm);
    install.current_dir(target).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::capture(&mut install, LIMIT)?;

    let mut version = Command::new("node");
    version.current_dir(target).args(["--print", "require('ws/package.json').version"]);
    let version = process::capture(&mut version, LIMIT)?;
    Ok(Server {
        name: format!("ws {}", version.trim()),
        program: "node",
        script: target.join("server.mjs"),
        environment: Vec::new(),
    })
}

/// pip installs into a folder of ours, which needs no virtual environment.
fn websockets(sources: &Path, target: &Path) -> Result<Server> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    let mut install = Command::new(python);
    install
        .args(["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--upgrade", "--target"])
        .arg(target)
        .arg("--requirement")
        .arg(sources.join("requirements.txt"));
    process::capture(&mut install, LIMIT)?;

    let mut version = Command::new(python);
    version.env("PYTHONPATH", target).args(["-c", "import websockets; print(websockets.__version__)"]);
    let version = process::capture(&mut version, LIMIT)?;
    Ok(Server {
        name: format!("websockets {}", version.trim()),
        program: python,
        script: sources.join("server.py"),
        environment: vec![("PYTHONPATH", target.into()), ("PYTHONDONTWRITEBYTECODE", "1".into())],
    })
}
