//! `genlock run` on a terminal: what a user sees of the reference driver, and that the terminal is left as it was.
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZero;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use nmos::device::{Device, Options};
use nmos::log::Log;
use pty_process::Size;
use pty_process::blocking::{self, Pty};

type Failure = Box<dyn std::error::Error>;

const CONNECTOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/nmos/nmos.xml");
const ROWS: u16 = 30;
const COLUMNS: u16 = 110;
/// How long something may take to be seen on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// `genlock run` in a terminal of its own.
struct Session {
    pty: Arc<Pty>,
    child: Child,
    screen: Arc<Mutex<vt100::Parser>>,
}

impl Session {
    fn start(arguments: &[&str]) -> Result<Self, Failure> {
        let (pty, end) = blocking::open()?;
        pty.resize(Size::new(ROWS, COLUMNS))?;
        let command = blocking::Command::new(env!("CARGO_BIN_EXE_genlock")).arg("run").args(arguments);
        let child = command.env("TERM", "xterm-256color").spawn(end)?;
        let parser = vt100::Parser::new(cells(ROWS)?, cells(COLUMNS)?, 0);
        let (pty, screen) = (Arc::new(pty), Arc::new(Mutex::new(parser)));
        let (reader, seen) = (Arc::clone(&pty), Arc::clone(&screen));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // The other end is gone when the child is: then there is nothing left to see.
            while let Ok(count @ 1..) = (&*reader).read(&mut bytes) {
                if let (Ok(mut screen), Some(bytes)) = (seen.lock(), bytes.get(..count)) {
                    screen.process(bytes);
                }
            }
        });
        Ok(Self { pty, child, screen })
    }

    fn resize(&self, rows: u16, columns: u16) -> Result<(), Failure> {
        let mut screen = self.screen.lock().map_err(|_| "the reader panicked")?;
        screen.screen_mut().set_size(cells(rows)?, cells(columns)?);
        Ok(self.pty.resize(Size::new(rows, columns))?)
    }

    fn contents(&self) -> String {
        self.screen.lock().map(|screen| screen.screen().contents()).unwrap_or_default()
    }

    /// Waits until the screen shows all of this.
    fn sees(&self, wanted: &[&str]) -> Result<(), Failure> {
        let began = Instant::now();
        while !wanted.iter().all(|wanted| self.contents().contains(wanted)) {
            if began.elapsed() > PATIENCE {
                return Err(format!("{wanted:?} is not on the screen:\n{}", self.contents()).into());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn press(&self, keys: &str) -> Result<(), Failure> {
        Ok((&*self.pty).write_all(keys.as_bytes())?)
    }

    /// Waits for the end. The terminal must be as it was before.
    fn ends(mut self) -> Result<ExitStatus, Failure> {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            if began.elapsed() > PATIENCE {
                self.child.kill()?;
                return Err("it does not end".into());
            }
            thread::sleep(Duration::from_millis(20));
        };
        // What it wrote last may still have to be read.
        loop {
            let (is_view, is_hidden) = {
                let screen = self.screen.lock().map_err(|_| "the reader panicked")?;
                (screen.screen().alternate_screen(), screen.screen().hide_cursor())
            };
            if !is_view && !is_hidden {
                return Ok(status);
            }
            if began.elapsed() > PATIENCE {
                return Err(
                    format!("the terminal is not as it was before: view {is_view}, hidden cursor {is_hidden}").into()
                );
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn cells(count: u16) -> Result<NonZero<u16>, Failure> {
    NonZero::new(count).ok_or_else(|| "a terminal has rows and columns".into())
}

async fn device(port: u16) -> Result<Device, Failure> {
    Ok(Device::start(Options { port, ..Options::default() }, Log::to(std::io::sink())).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_view_follows_the_device_and_obeys_keys() -> Result<(), Failure> {
    let first = device(0).await?;
    let host = first.url().split("/x-nmos").next().unwrap_or_default().to_owned();
    let port: u16 = host.rsplit(':').next().unwrap_or_default().parse()?;
    let session = Session::start(&[CONNECTOR, "--host", &host, "--name", "camera 1"])?;
    session.sees(&["camera 1  NMOS IS-07 Events 1.0.0.1", "1 WebSocket Connection  open for", "Websocket Status"])?;
    session.sees(&["Open", "normal"])?;
    session.press("\t\t")?;
    session.sees(&["[Log]", "not run, for want of a script engine"])?;

    first.stop().await?;
    session.sees(&["closed, next attempt in", "critical", "cannot connect to"])?;
    let second = device(port).await?;
    session.press("r")?;
    session.sees(&["connection 1: reconnect asked for", "open for", "normal"])?;

    session.resize(10, 40)?;
    // A key in the same moment as a new size may stay unread until the next one: crossterm waits for edges.
    session.sees(&["NMOS IS-07 Eve active"])?;
    session.press("?")?;
    session.sees(&["Keys"])?;
    session.press("x")?;
    session.press("q")?;
    assert!(session.ends()?.success());
    second.stop().await?;
    Ok(())
}

#[test]
fn a_signal_and_the_end_of_the_time_restore_the_terminal() -> Result<(), Failure> {
    let session = Session::start(&[CONNECTOR, "--host", "ws://127.0.0.1:9"])?;
    session.sees(&["closed, next attempt in"])?;
    assert!(Command::new("kill").arg(session.child.id().to_string()).status()?.success());
    assert!(session.ends()?.success());

    let session = Session::start(&[CONNECTOR, "--host", "ws://127.0.0.1:9", "--seconds", "1"])?;
    assert!(session.ends()?.success());

    let session = Session::start(&[CONNECTOR, "--host", "ws://127.0.0.1:9"])?;
    session.sees(&["Connections"])?;
    session.press("\u{3}")?; // Ctrl-C
    assert!(session.ends()?.success());
    Ok(())
}
