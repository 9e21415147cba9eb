//! The server: this program again, as a process of its own.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use flate2::{Compress, Compression, FlushCompress};
use tokio_tungstenite::tungstenite::accept_hdr;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;

use super::state::MESSAGE;

/// What ends a message's deflate data, and is left out on the wire (RFC 7692, section 7.2.1).
pub(crate) const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

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

/// How the messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    /// Each for itself, so that all are the same bytes: `server_no_context_takeover`.
    Compressed,
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "plain",
            Self::Compressed => "compressed",
        })
    }
}

impl FromStr for Form {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "plain" => Ok(Self::Plain),
            "compressed" => Ok(Self::Compressed),
            _ => bail!("no form `{text}`"),
        }
    }
}

/// A running server, as its client sees it.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
}

impl Server {
    pub(crate) fn start(pace: Pace, form: Form, messages: u64) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["serve", &pace.to_string(), &form.to_string(), &messages.to_string()])
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
pub(crate) fn serve(pace: Pace, form: Form, messages: u64) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    let (stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    #[expect(clippy::result_large_err, reason = "the type is tungstenite's")]
    let answer = |_: &Request, mut response: Response| {
        if form == Form::Compressed {
            let accepted = HeaderValue::from_static("permessage-deflate; server_no_context_takeover");
            response.headers_mut().insert("Sec-WebSocket-Extensions", accepted);
        }
        Ok(response)
    };
    let socket = accept_hdr(stream, answer).map_err(|error| anyhow::anyhow!("the handshake failed: {error}"))?;
    let mut stream = socket.get_ref().try_clone()?;
    let mut go = String::new();
    std::io::stdin().read_line(&mut go)?;
    send(&mut stream, pace, &frame(form)?, messages)?;
    // The client ends the connection; what it says about that is of no interest.
    let _ = stream.read_to_end(&mut Vec::new());
    Ok(())
}

fn send(stream: &mut TcpStream, pace: Pace, frame: &[u8], mut messages: u64) -> Result<()> {
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
                stream.write_all(frame)?;
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

/// The message as a frame; the length takes two bytes (RFC 6455, section 5.2), and RSV1 says that it is compressed (RFC
/// 7692, section 6).
fn frame(form: Form) -> Result<Vec<u8>> {
    let (first, payload) = match form {
        Form::Plain => (0x81, MESSAGE.as_bytes().to_vec()),
        Form::Compressed => (0xc1, compressed()?),
    };
    let mut frame = vec![first, 126];
    frame.extend_from_slice(&u16::try_from(payload.len())?.to_be_bytes());
    frame.extend_from_slice(&payload);
    Ok(frame)
}

fn compressed() -> Result<Vec<u8>> {
    let mut compressed = Vec::with_capacity(1024);
    let status = Compress::new(Compression::default(), false).compress_vec(
        MESSAGE.as_bytes(),
        &mut compressed,
        FlushCompress::Sync,
    )?;
    ensure!(compressed.ends_with(&TAIL), "the message is not whole: {status:?}");
    compressed.truncate(compressed.len() - TAIL.len());
    ensure!(compressed.len() > 125, "the message is too short for a length of two bytes");
    Ok(compressed)
}
