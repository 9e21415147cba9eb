//! The reference driver as a process.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use serde::Deserialize;

use crate::process;

/// How long one run lasts: the health command is sent every 5 s, and the device cuts the first connection after 1 s.
pub(crate) const SECONDS: u64 = 8;

/// What a run may take on top, on a busy machine.
const GRACE_SECONDS: u64 = 20;

/// A use case of a WebSocket connection.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) number: &'static str,
    pub(crate) name: &'static str,
    /// Whether its handshake offers permessage-deflate: only a handshake session can, by a header of its own (CONN-20, CONN-41).
    pub(crate) offers_deflate: bool,
}

/// The four use cases.
pub(crate) const CASES: [Case; 4] = [
    Case { number: "1", name: "normal", offers_deflate: false },
    Case { number: "2", name: "dynamic IP", offers_deflate: false },
    Case { number: "3", name: "custom handshake", offers_deflate: true },
    Case { number: "4", name: "handshake, dynamic IP", offers_deflate: true },
];

/// What the driver counted.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct DriverSummary {
    /// How often the connection opened.
    pub(crate) open: u32,
    pub(crate) reconnects: u32,
    pub(crate) health: u32,
    pub(crate) states: u32,
    /// Commands and messages that were lost.
    pub(crate) lost: u32,
}

/// Builds the driver; the answer is its program.
pub(crate) fn build() -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Message {
        executable: Option<PathBuf>,
    }
    let mut build = process::cargo();
    build.args(["build", "--quiet", "--locked", "--package", "nmos", "--message-format", "json"]);
    let messages = process::capture(&mut build, Duration::from_secs(20 * 60))?;
    let mut programs = messages.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok()?.executable);
    programs.next_back().ok_or_else(|| anyhow::anyhow!("cargo built no program for the package `nmos`"))
}

/// Runs the driver against the device at `port`.
pub(crate) fn run(program: &Path, case: &Case, port: u16) -> Result<DriverSummary> {
    let mut command = Command::new(program);
    command
        .arg("--url")
        .arg(format!("ws://127.0.0.1:{port}/x-nmos/events/ws"))
        .args(["--case", case.number, "--summary", "json", "--seconds"])
        .arg(SECONDS.to_string());
    let output = process::capture(&mut command, Duration::from_secs(SECONDS + GRACE_SECONDS))?;
    process::last_json_line(&output)
}
