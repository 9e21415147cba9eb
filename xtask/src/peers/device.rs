//! One server process: an IS-07 device that is not ours.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process::{self, Running};

/// The path of the WebSocket.
pub(crate) const PATH: &str = "/x-nmos/events/ws";

/// How long a device may take to say something.
const ANSWER_LIMIT: Duration = Duration::from_secs(20);

/// A kind of server, installed.
#[derive(Debug)]
pub(crate) struct Server {
    /// Package and version, as installed.
    pub(crate) name: String,
    pub(crate) program: &'static str,
    pub(crate) script: PathBuf,
    pub(crate) environment: Vec<(&'static str, OsString)>,
}

/// What a device saw and sent, over all its connections; it counts data messages by the RSV1 bit of their frames.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct DeviceSummary {
    pub(crate) connections: u32,
    /// Handshakes that offered permessage-deflate.
    pub(crate) offered: u32,
    /// Handshakes in which it was agreed on.
    pub(crate) accepted: u32,
    pub(crate) subscriptions: u32,
    pub(crate) health: u32,
    pub(crate) states: u32,
    pub(crate) compressed_in: u32,
    pub(crate) plain_in: u32,
    pub(crate) compressed_out: u32,
    pub(crate) plain_out: u32,
    /// What the driver did wrong.
    pub(crate) faults: Vec<String>,
}

/// A server that listens.
#[derive(Debug)]
pub(crate) struct Device {
    process: Running,
    lines: Receiver<String>,
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
}

#[derive(Deserialize)]
struct Listening {
    port: u16,
}

impl Device {
    /// Starts a server on a port that is free, which it picks and prints.
    pub(crate) fn start(server: &Server, deflate: bool) -> Result<Self> {
        let mut command = Command::new(server.program);
        command.arg(&server.script).arg(if deflate { "deflate" } else { "plain" });
        command.envs(server.environment.iter().cloned());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Running(command.spawn().map_err(|error| process::not_started(&command, &error))?);
        let output = process.0.stdout.take().context("the server has no output")?;
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let line = lines.recv_timeout(ANSWER_LIMIT).context("the server did not say where it listens")?;
        let Listening { port } = process::last_json_line(&line)?;
        Ok(Self { process, lines, port })
    }

    /// The URL of its WebSocket.
    pub(crate) fn url(&self) -> String {
        format!("ws://127.0.0.1:{}{PATH}", self.port)
    }

    /// Ends the server by closing its input, and gives its summary.
    pub(crate) fn finish(mut self) -> Result<DeviceSummary> {
        drop(self.process.0.stdin.take());
        let line = self.lines.recv_timeout(ANSWER_LIMIT).context("the server gave no summary")?;
        process::last_json_line(&line)
    }
}
