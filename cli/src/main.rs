//! The command `genlock`: checks, expands and explains DataMiner connector files without compiling Rust.
//!
//! Exit codes: 0 when there is no error, 1 when a file has errors, 2 when the command cannot run.

mod check;
mod expand;
mod explain;
mod file;
mod simulate;

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Checks, expands and explains DataMiner connector files.
#[derive(Parser)]
#[command(name = "genlock", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List what is wrong with connector files: whole ones, or parts of one below the root `Protocol`.
    Check {
        /// How faults are printed: for people, or as one JSON object a line.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// The largest file that is read, in bytes.
        #[arg(long, value_name = "BYTES", default_value_t = file::MAX_SIZE)]
        max_size: usize,
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print the Rust code that a connector file stands for.
    Expand {
        /// The file.
        file: PathBuf,
    },
    /// Run a connector in virtual time against a scripted peer, and print the trace as JSON lines.
    Simulate {
        /// The file.
        file: PathBuf,
        /// The script: one JSON object a line, as `genlock::sim::Script` documents it.
        #[arg(long, value_name = "SCRIPT")]
        script: PathBuf,
    },
    /// Explain a code such as GL0412.
    Explain {
        /// The code.
        code: String,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// How a verb ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    NoErrors,
    Errors,
    CannotRun,
}

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let outcome = match Arguments::parse().verb {
        Verb::Check { format, max_size, files } => check::check(&files, format, max_size, &mut out, &mut err),
        Verb::Expand { file } => expand::expand(&file, &mut out, &mut err),
        Verb::Simulate { file, script } => simulate::simulate_file(&file, &script, &mut out, &mut err),
        Verb::Explain { code } => explain::explain(&code, &mut out, &mut err),
    };
    let outcome = outcome.and_then(|outcome| out.flush().map(|()| outcome)).unwrap_or_else(|error| {
        // Whoever reads the output has seen enough: `genlock check … | head`.
        if error.kind() != ErrorKind::BrokenPipe {
            let _ = writeln!(err, "genlock: cannot write the output: {error}");
        }
        Outcome::CannotRun
    });
    ExitCode::from(outcome as u8)
}
