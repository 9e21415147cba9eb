//! The server: this program again, as a process of its own.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio_tungstenite::tungstenite::accept;

/// The message: a state event of NMOS IS-07.
pub(crate) const MESSAGE: &str = "{\"identity\":{\"source_id\":\"7c3a4c4e-6ac7-4f7c-8f0a-3ed2f9a1b2c3\",\
    \"flow_id\":\"b1c6d0de-2a0b-4a54-9e0b-5d7f1a2b3c4d\"},\"event_type\":\"boolean\",\"timing\":{\"creation_timestamp\":\
    \"1700000000:123456789\"},\"payload\":{\"value\":true},\"message_type\":\"state\"}";

/// How long the server gives the client for each message of [`Pace::OnePerRead`]: many times what it takes.
const GAP: Duration = Duration::from_micros(60);

/// How many messages are written at once in a flood.
const BATCH: usize = 256;

/// How the messages are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    Flood,
    OnePerRead,
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flood => "flood",
            Self::OnePerRead => "one-per-read",
        })
    }
}

impl FromStr for Pace {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "flood" => Ok(Self::Flood),
            "one-per-read" => Ok(Self::OnePerRead),
            _ => bail!("no pace `{text}`"),
        }
    }
}

/// A running server, as its client sees it.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
}

impl Server {
    pub(crate) fn start(pace: Pace, messages: u64) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["serve", &pace.to_string(), &messages.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("the server has no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let port = line.trim().parse().context("the server did not name its port")?;
        Ok(Self { child, port })
    }

    /// Lets it send.
    pub(crate) fn go(&mut self) -> Result<()> {
        self.child.stdin.take().context("the server was started already")?.write_all(b"go\n")?;
        Ok(())
    }

    /// Waits until it is gone. The client's connection must have ended.
    pub(crate) fn stop(mut self) -> Result<()> {
        let status = self.child.wait()?;
        if !status.success() {
            bail!("the server failed: {status}");
        }
        Ok(())
    }
}

/// Serves one client and ends.
pub(crate) fn serve(pace: Pace, messages: u64) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    let (stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    let socket = accept(stream).map_err(|error| anyhow::anyhow!("the handshake failed: {error}"))?;
    let mut stream = socket.get_ref().try_clone()?;
    let mut go = String::new();
    std::io::stdin().read_line(&mut go)?;
    send(&mut stream, pace, messages)?;
    // The client ends the connection; what it says about that is of no interest.
    let _ = stream.read_to_end(&mut Vec::new());
    Ok(())
}

fn send(stream: &mut TcpStream, pace: Pace, mut messages: u64) -> Result<()> {
    let frame = frame()?;
    match pace {
        Pace::Flood => {
            let batch = frame.repeat(BATCH);
            while messages > 0 {
                let count = usize::try_from(messages).map_or(BATCH, |messages| messages.min(BATCH));
                stream.write_all(batch.get(..count * frame.len()).unwrap_or_default())?;
                messages -= count as u64;
            }
        }
        Pace::OnePerRead => {
            for _ in 0..messages {
                stream.write_all(&frame)?;
                let sent = Instant::now();
                // Sleeping would be too coarse.
                while sent.elapsed() < GAP {
                    std::hint::spin_loop();
                }
            }
        }
    }
    Ok(())
}

/// The message as a frame; the length takes two bytes (RFC 6455, section 5.2).
fn frame() -> Result<Vec<u8>> {
    let len = u16::try_from(MESSAGE.len())?;
    let mut frame = vec![0x81, 126];
    frame.extend_from_slice(&len.to_be_bytes());
    frame.extend_from_slice(MESSAGE.as_bytes());
    Ok(frame)
}
