//! Throw-away crates outside the workspace, built by cargo.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fmt, fs, io};

use serde_json::Value;

/// The folder of this repository.
const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A crate in a folder of its own, which is written anew for each test.
#[derive(Debug)]
pub struct Fixture {
    folder: PathBuf,
    target: PathBuf,
}

/// Why a step failed. `Debug` is the text as it is, because that is what a test prints.
pub struct Failure(String);

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// What cargo made of a fixture.
#[derive(Debug)]
pub struct Built {
    /// The binary.
    pub binary: PathBuf,
    /// Whether cargo compiled nothing of the fixture because nothing had changed.
    pub fresh: bool,
}

impl Fixture {
    /// An empty crate called `name` below `folder`. All fixtures there share what is built of their dependencies, in
    /// the versions of this repository's `Cargo.lock`: nothing is downloaded.
    pub fn new(folder: &str, name: &str) -> Result<Self, Failure> {
        let fixture = Self { folder: Path::new(folder).join(name), target: Path::new(folder).join("target") };
        if fixture.folder.exists() {
            fs::remove_dir_all(&fixture.folder)?;
        }
        fs::create_dir_all(fixture.folder.join("src"))?;
        fs::copy(repository("Cargo.lock"), fixture.folder.join("Cargo.lock"))?;
        Ok(fixture)
    }

    /// The path of a file of the crate.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Writes a file of the crate.
    pub fn write(&self, file: &str, text: &str) -> Result<(), Failure> {
        Ok(fs::write(self.path(file), text)?)
    }

    /// Builds the crate; on failure the error is what the compiler said.
    pub fn build(&self) -> Result<Built, Failure> {
        let mut cargo = cargo(&self.folder);
        cargo
            .args(["build", "--offline", "--message-format=json-render-diagnostics", "--target-dir"])
            .arg(&self.target);
        let output = succeeded(cargo.output()?)?;
        let messages = output.stdout.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
        let built = |message: Value| {
            let binary = PathBuf::from(message.get("executable")?.as_str()?);
            Some(Built { binary, fresh: message.get("fresh")?.as_bool()? })
        };
        messages.into_iter().find_map(built).ok_or_else(|| Failure("cargo built no binary".to_owned()))
    }

    /// Builds and runs the crate; answers what it printed.
    pub fn run(&self) -> Result<String, Failure> {
        let output = succeeded(Command::new(self.build()?.binary).output()?)?;
        Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
    }
}

/// A path in this repository, with `/` on every platform so that it can stand in a `Cargo.toml`.
pub fn repository(path: &str) -> String {
    format!("{REPOSITORY}/{path}").replace('\\', "/")
}

/// The cargo that runs this test, in `folder`.
pub fn cargo(folder: impl AsRef<Path>) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(folder);
    cargo
}

/// The output of a command that succeeded; else the error is what it wrote to its standard error.
pub fn succeeded(output: Output) -> Result<Output, Failure> {
    if output.status.success() {
        Ok(output)
    } else {
        Err(Failure(String::from_utf8_lossy(&output.stderr).into_owned()))
    }
}
