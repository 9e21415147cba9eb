//! The example that the README tells people to run first.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde::Deserialize;

use crate::process;

#[derive(Debug, Deserialize)]
struct Summary {
    open: u32,
    reconnects: u32,
    health: u32,
    states: u32,
    lost: u32,
}

/// Runs the reference driver as the README does and looks at what it counted.
pub(super) fn run() -> Result<()> {
    let mut example = process::cargo();
    example.args(["run", "--quiet", "--locked", "--package", "nmos", "--", "--summary", "json"]);
    let summary: Summary = process::last_json_line(&process::capture(&mut example, Duration::from_secs(10 * 60))?)?;
    println!("{summary:?}");
    ensure!(summary.open > 0, "the connection never opened");
    ensure!(summary.reconnects > 0, "the device broke the connection off, and the driver did not come back");
    ensure!(summary.states > 0, "no states arrived");
    ensure!(summary.health > 0, "no health command was answered");
    ensure!(summary.lost == 0, "something was lost");
    Ok(())
}
