//! What stands between driver and device: a server that ends TLS, or a proxy.

mod certificate;
mod config;

use std::ffi::OsString;
use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use self::certificate::Certificates;
use super::debian::Tool;
use super::device::PATH;
use crate::process::{self, Running};

/// How long a program may take to listen.
const START_LIMIT: Duration = Duration::from_secs(10);

/// Who may use a proxy.
const USER: &str = "driver";
const PASSWORD: &str = "secret";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Ends TLS and hands on.
    Nginx,
    /// Ends TLS and hands on.
    Haproxy,
    /// An HTTP proxy: `CONNECT`.
    Tinyproxy,
    /// A SOCKS5 proxy.
    Microsocks,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Nginx, Self::Haproxy, Self::Tinyproxy, Self::Microsocks];

    /// Its package in Debian.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Haproxy => "haproxy",
            // The package `tinyproxy` is the service.
            Self::Tinyproxy => "tinyproxy-bin",
            Self::Microsocks => "microsocks",
        }
    }

    /// The program in that package.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::Nginx => "usr/sbin/nginx",
            Self::Haproxy => "usr/sbin/haproxy",
            Self::Tinyproxy => "usr/bin/tinyproxy",
            Self::Microsocks => "usr/bin/microsocks",
        }
    }

    /// What a proxy writes when it connects to `port` for the driver. None where the driver knows no other way.
    fn note(self, port: u16) -> Option<String> {
        match self {
            Self::Nginx | Self::Haproxy => None,
            Self::Tinyproxy => Some(format!("CONNECT 127.0.0.1:{port} ")),
            Self::Microsocks => Some(format!("connected to 127.0.0.1:{port}")),
        }
    }
}

/// A program that listens in front of a device.
#[derive(Debug)]
pub(crate) struct Middle {
    process: Running,
    kind: Kind,
    device: u16,
    /// The port on 127.0.0.1.
    port: u16,
    folder: PathBuf,
}

impl Middle {
    /// Starts the program in front of the device at this port.
    pub(crate) fn start(tool: &Tool, device: u16) -> Result<Self> {
        // The port may be taken by another before the program listens; the run fails then, and says so.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = crate::root().join(".peers").join("middle").join(format!("{}-{port}", tool.kind.package()));
        fs::create_dir_all(&folder)?;
        let certificates = Certificates::write(&folder)?;
        let mut command = tool.command();
        config::write(tool.kind, &mut command, &folder, &certificates, [port, device])?;
        let log = File::create(folder.join("log"))?;
        command.current_dir(&folder).stdout(log.try_clone()?).stderr(log);
        let process = Running(command.spawn().map_err(|error| process::not_started(&command, &error))?);
        let middle = Self { process, kind: tool.kind, device, port, folder };
        middle.wait()?;
        Ok(middle)
    }

    /// Waits until it listens.
    fn wait(&self) -> Result<()> {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if start.elapsed() > START_LIMIT {
                bail!("{} does not listen:\n{}", self.kind.package(), self.log()?);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn log(&self) -> Result<String> {
        fs::read_to_string(self.folder.join("log")).context("the log cannot be read")
    }

    /// What the driver must be told to come this way.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let Self { kind, device, port, folder, .. } = self;
        let proxy = |scheme: &str| {
            [
                format!("ws://127.0.0.1:{device}{PATH}"),
                "--proxy".to_owned(),
                format!("{scheme}://{USER}:{PASSWORD}@127.0.0.1:{port}"),
            ]
        };
        match kind {
            Kind::Nginx | Kind::Haproxy => {
                vec![secure_url(*port), "--ca-file".into(), Certificates::authority(folder).into()]
            }
            Kind::Tinyproxy => proxy("http").map(OsString::from).into(),
            Kind::Microsocks => proxy("socks5h").map(OsString::from).into(),
        }
    }

    /// The way of a driver that does not know the authority, where there is one.
    pub(crate) fn untrusted(&self) -> Option<OsString> {
        matches!(self.kind, Kind::Nginx | Kind::Haproxy).then(|| secure_url(self.port))
    }

    /// Ends the program, and gives what it should have done and did not.
    pub(crate) fn finish(mut self, connections: u32) -> Result<Vec<String>> {
        // It has ended by itself only when something is wrong, which the driver has told by then.
        let _ = self.process.0.kill();
        self.process.0.wait()?;
        let mut faults = Vec::new();
        if let Some(note) = self.kind.note(self.device) {
            let log = self.log()?;
            let noted = log.lines().filter(|line| line.contains(&note)).count();
            if noted != connections as usize {
                faults.push(format!("{noted} of {connections} connections went through the proxy:\n{log}"));
            }
        }
        fs::remove_dir_all(&self.folder)?;
        Ok(faults)
    }
}

fn secure_url(port: u16) -> OsString {
    format!("wss://localhost:{port}{PATH}").into()
}
