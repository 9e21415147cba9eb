//! The reference driver as a process.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use serde::Deserialize;

use crate::process;

/// How long one run lasts: the device cuts the first connection after 1 s, the driver comes back within another, and
/// 5 s after that the first health command is due. The end is far from any multiple of 5 s, so that none is on its way.
pub(crate) const SECONDS: u64 = 9;

/// How long a driver tries that must not get through TLS.
const UNTRUSTING_SECONDS: u64 = 3;

/// What a run may take on top, on a busy machine.
const GRACE_SECONDS: u64 = 20;

/// A connector file of the reference driver.
#[derive(Debug)]
pub(crate) struct Case {
    /// The value of `--case`: a use case of a WebSocket connection. `None`: the reference file, which is use case 4 with
    /// the session's logic in the XML.
    number: Option<&'static str>,
    pub(crate) name: &'static str,
    /// Whether its handshake offers permessage-deflate: only a handshake session can, by a header of its own (CONN-20, CONN-41).
    pub(crate) offers_deflate: bool,
}

impl Case {
    /// Whether it is the minimal file of a use case.
    pub(crate) fn is_minimal(&self) -> bool {
        self.number.is_some()
    }
}

/// The four use cases, and the reference file.
pub(crate) const CASES: [Case; 5] = [
    Case { number: Some("1"), name: "1 normal", offers_deflate: false },
    Case { number: Some("2"), name: "2 dynamic IP", offers_deflate: false },
    Case { number: Some("3"), name: "3 custom handshake", offers_deflate: true },
    Case { number: Some("4"), name: "4 handshake, dynamic IP", offers_deflate: true },
    Case { number: None, name: "4 nmos.xml", offers_deflate: true },
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
    pub(crate) compressed_received: u32,
    pub(crate) compressed_sent: u32,
}

/// Builds the driver; the answer is its program.
pub(crate) fn build() -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Message {
        executable: Option<PathBuf>,
    }
    let mut build = process::cargo();
    build.args(["build", "--quiet", "--locked", "--package", "nmos", "--bin", "nmos", "--message-format", "json"]);
    let messages = process::capture(&mut build, Duration::from_secs(20 * 60))?;
    let mut programs = messages.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok()?.executable);
    programs.next_back().ok_or_else(|| anyhow::anyhow!("cargo built no program for the package `nmos`"))
}

/// Runs the driver against the device; `way` is its URL, and what else it takes to get there.
pub(crate) fn run(program: &Path, case: &Case, way: &[OsString]) -> Result<DriverSummary> {
    let output = process::capture(&mut command(program, case, way, SECONDS), limit(SECONDS))?;
    process::last_json_line(&output)
}

/// Runs a driver that must not get through TLS, because it does not know the authority; what it does wrong.
pub(crate) fn run_untrusting(program: &Path, case: &Case, url: OsString) -> Result<Option<String>> {
    let seconds = UNTRUSTING_SECONDS;
    let output = process::capture_any(&mut command(program, case, &[url], seconds), limit(seconds))?;
    let summary: DriverSummary = process::last_json_line(&output)?;
    let refuses = summary.open == 0 && output.contains("the server's certificate is refused");
    Ok((!refuses)
        .then(|| format!("a driver that does not know the authority did not refuse the certificate:\n{output}")))
}

fn command(program: &Path, case: &Case, way: &[OsString], seconds: u64) -> Command {
    let mut command = Command::new(program);
    command.arg("--url").args(way).args(["--summary", "json", "--seconds"]).arg(seconds.to_string());
    if let Some(number) = case.number {
        command.args(["--case", number]);
    }
    command
}

fn limit(seconds: u64) -> Duration {
    Duration::from_secs(seconds + GRACE_SECONDS)
}
