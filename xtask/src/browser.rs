//! `cargo xtask browser`: the page of the reference driver, operated in a real browser.
//!
//! The driver and its device are two processes, so that the device can go away while somebody looks at the page.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{self, Running};

const INSTALL: Duration = Duration::from_secs(5 * 60);

/// Runs it. Without a network it fails: a page that nobody opened is not a page that works.
pub(crate) fn run() -> Result<()> {
    let chromium = chromium()?;
    let script = playwright().context("playwright-core cannot be installed, which needs the network")?;
    let screenshots = crate::root().join("target").join("browser");
    fs::create_dir_all(&screenshots)?;
    process::show(process::cargo().args(["build", "--quiet", "--locked", "--package", "nmos", "--bins"]))?;

    let (device, device_url) = begin(&program("device"), &["--port", "0"], "ws://")?;
    let driver = ["--url", &device_url, "--seconds", "120", "--page", "127.0.0.1:0"];
    let (driver, page) = begin(&program("nmos"), &driver, "http://")?;

    let mut browser = Command::new("node");
    browser.arg(script).arg(&page).arg(&screenshots).env("CHROMIUM", chromium).stdout(Stdio::piped());
    let mut browser = Running(browser.spawn().map_err(|error| process::not_started(&Command::new("node"), &error))?);
    let lines = browser.0.stdout.take().context("the script has no output")?;
    let mut device = Some(device);
    for line in BufReader::new(lines).lines() {
        let line = line?;
        if line == "drop" {
            device = None; // ends it without a word
        } else {
            println!("{line}");
        }
    }
    let status = browser.0.wait()?;
    drop((driver, device));
    ensure!(status.success(), "the page is not as it should be; its screenshots are in {}", screenshots.display());
    Ok(())
}

/// Starts a program, and gives what it says first that begins with `prefix`.
fn begin(program: &Path, arguments: &[&str], prefix: &str) -> Result<(Running, String)> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut running = Running(command.spawn().map_err(|error| process::not_started(&command, &error))?);
    let mut lines = BufReader::new(running.0.stdout.take().context("no output")?).lines();
    let found = loop {
        let Some(line) = lines.next() else { bail!("`{}` ended before it was ready", program.display()) };
        let line = line?;
        if let Some(word) = line.split_whitespace().find(|word| word.starts_with(prefix)) {
            break word.to_owned();
        }
    };
    // What nobody reads would fill the pipe in the end.
    std::thread::spawn(move || lines.for_each(drop));
    Ok((running, found))
}

/// A program of the example.
fn program(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from);
    target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Chromium: the one that `CHROMIUM` names, or the machine's, or Debian's, which is installed then.
fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    let installed = PathBuf::from("/usr/bin/chromium");
    if !installed.exists() {
        let install = || {
            let mut install = Command::new("apt-get");
            install.args(["install", "--yes", "--quiet", "--no-install-recommends", "chromium", "fonts-dejavu-core"]);
            process::capture(install.env("DEBIAN_FRONTEND", "noninteractive"), INSTALL)
        };
        let installed = install().or_else(|_| {
            // The machine's list of packages may be missing, or too old.
            process::capture(Command::new("apt-get").args(["update", "--quiet"]), INSTALL)?;
            install()
        });
        installed.context("there is no Chromium here, and Debian's cannot be installed; name one by CHROMIUM")?;
    }
    Ok(installed)
}

/// The script, beside the pinned client that it uses.
fn playwright() -> Result<PathBuf> {
    let (sources, target) = (crate::root().join("xtask").join("browser"), crate::root().join(".peers").join("browser"));
    fs::create_dir_all(&target)?;
    for entry in fs::read_dir(sources)? {
        let entry = entry?;
        fs::copy(entry.path(), target.join(entry.file_name()))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut install = Command::new(npm);
    install.current_dir(&target).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::capture(&mut install, INSTALL)?;
    Ok(target.join("page.mjs"))
}
