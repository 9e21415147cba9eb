//! The suite as a process: a server that plays one case in each connection.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::python;
use super::report::{self, Reports};
use crate::process::{self, Running};

/// How long the server may take to listen.
const START_LIMIT: Duration = Duration::from_secs(60);

/// The server, listening.
#[derive(Debug)]
pub(super) struct Suite {
    process: Running,
    /// Its port on 127.0.0.1.
    pub(super) port: u16,
}

/// Where everything of the suite is.
fn folder() -> PathBuf {
    crate::root().join("target").join("autobahn")
}

/// Where the server writes a page for each case.
pub(super) fn reports_folder() -> PathBuf {
    folder().join("reports")
}

/// Installs the suite and starts it with the cases that the patterns name.
pub(super) fn start(python: &Path, cases: &[&str]) -> Result<Suite> {
    let (folder, reports) = (folder(), reports_folder());
    if reports.exists() {
        fs::remove_dir_all(&reports)?;
    }
    fs::create_dir_all(&folder)?;
    let packages = python::install(python, &folder)?;
    let port = free_port()?;
    let spec = folder.join("spec.json");
    let url = format!("ws://127.0.0.1:{port}");
    fs::write(&spec, json!({ "url": url, "outdir": reports, "cases": cases }).to_string())?;
    let log = fs::File::create(folder.join("server.log"))?;
    let mut server = Command::new(python);
    server.arg(crate::root().join("xtask").join("autobahn").join("serve.py")).args([packages, spec]);
    server.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let process = Running(server.spawn().map_err(|error| process::not_started(&server, &error))?);
    let mut suite = Suite { process, port };
    suite.wait_until_it_listens()?;
    Ok(suite)
}

/// The suite does not say which port it got, so it is given one.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

impl Suite {
    fn wait_until_it_listens(&mut self) -> Result<()> {
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            let log = folder().join("server.log");
            if let Some(status) = self.process.0.try_wait()? {
                let log = fs::read_to_string(log).unwrap_or_default();
                bail!("the Autobahn test suite ended with {status}:\n{log}");
            }
            if start.elapsed() > START_LIMIT {
                bail!("the Autobahn test suite does not listen; see {}", log.display());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Ends the server, and gives what it has written about each case.
    pub(super) fn finish(self) -> Result<Reports> {
        drop(self.process);
        let index = reports_folder().join("index.json");
        let index = fs::read_to_string(&index).with_context(|| {
            format!("the suite has written no {}: the client did not come to its end", index.display())
        })?;
        report::read(&index)
    }
}
