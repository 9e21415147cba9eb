//! Runs other programs: to the end, shown or captured, never longer than allowed.

use std::io::{ErrorKind, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

/// How many lines of a failed program's errors are worth showing.
const TAIL_LINES: usize = 30;

/// `cargo`, the one that runs this program, in the root of the workspace.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::root());
    command
}

/// Runs a program with its output shown.
pub(crate) fn show(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// Runs a program for at most `limit` and gives what it wrote to its standard output.
///
/// A failure carries the end of what it wrote to its standard error.
pub(crate) fn capture(command: &mut Command, limit: Duration) -> Result<String> {
    let (status, output, errors) = end(command, limit)?;
    if !status.success() {
        bail!("`{}` ended with {status}:\n{}", line(command), tail(&errors));
    }
    Ok(output)
}

/// The same for a program that may fail: whatever its end, its output counts.
pub(crate) fn capture_any(command: &mut Command, limit: Duration) -> Result<String> {
    end(command, limit).map(|(_, output, _)| output)
}

/// How it ended, its standard output and its standard error.
fn end(command: &mut Command, limit: Duration) -> Result<(ExitStatus, String, String)> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Running(command.spawn().map_err(|error| not_started(command, &error))?);
    let output = read_to_end(child.0.stdout.take());
    let errors = read_to_end(child.0.stderr.take());
    let Ok(output) = output.recv_timeout(limit) else {
        bail!("`{}` was still running after {} s", line(command), limit.as_secs());
    };
    let status = child.0.wait()?;
    Ok((status, output, errors.recv_timeout(limit).unwrap_or_default()))
}

/// A child that does not outlive its owner.
#[derive(Debug)]
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it has ended and been waited for already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads a pipe on a thread of its own, so that neither pipe can fill up while the other is read.
fn read_to_end(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // A pipe that breaks has been read as far as it goes.
            let _ = pipe.read_to_end(&mut bytes);
        }
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}

/// Why a program could not be started, in words that say what is missing.
pub(crate) fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        anyhow!("`{program}` is not installed (or not on the PATH)")
    } else {
        anyhow!("`{program}` cannot be started: {error}")
    }
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines.iter().skip(lines.len().saturating_sub(TAIL_LINES)).copied().collect::<Vec<_>>().join("\n")
}

/// The JSON value in the last line of a program's output.
pub(crate) fn last_json_line<T: serde::de::DeserializeOwned>(output: &str) -> Result<T> {
    let line = output.lines().last().context("no output, where a line of JSON was expected")?;
    serde_json::from_str(line).with_context(|| format!("not the JSON that was expected: {line}"))
}
