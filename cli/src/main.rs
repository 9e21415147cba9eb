//! The command `genlock`: what can be done with a DataMiner connector file without compiling Rust.
//!
//! Exit codes: 0 when there is no error, 1 when a file has errors, 2 when the command cannot run.

mod check;
mod console;
mod expand;
mod explain;
mod file;
mod graph;
mod new;
mod run;
mod scaffold;
mod simulate;

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::{Color, Console};

/// Checks, explains, draws, runs and ports DataMiner connector files.
#[derive(Parser)]
#[command(name = "genlock", version, arg_required_else_help = true)]
struct Arguments {
    /// Whether output is coloured; `auto`: on terminals, unless `NO_COLOR` is set.
    #[arg(long, value_enum, global = true, default_value_t = Color::Auto)]
    color: Color,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List what is wrong with connector files: whole ones, or parts of one below the root `Protocol`.
    Check(check::Check),
    /// Print the Rust code that a connector file stands for.
    Expand {
        /// The file; `-` is the standard input.
        file: PathBuf,
    },
    /// Run a connector in virtual time, against a scripted peer or as a live run went, and print the trace as JSON lines.
    Simulate(simulate::Simulate),
    Run(Box<run::Run>),
    /// Explain a kind of fault: what it is, why it matters, what to do, and the rules that belong to it.
    Explain {
        /// A code such as GL0412, a kind of fault such as dangling-reference, or the number of a rule of the platform's
        /// validator such as 5.1.6; without any, all codes are listed.
        name: Option<String>,
    },
    /// Draw what calls what in a connector file, as a flowchart of Mermaid; the file may have faults.
    Graph {
        /// The file; `-` is the standard input.
        file: PathBuf,
    },
    /// Write a crate around a connector file: it compiles as it is, and has a stub for each QAction to port.
    New(new::New),
}

/// How a verb ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    NoErrors,
    Errors,
    CannotRun,
}

fn main() -> ExitCode {
    let Arguments { color, verb } = Arguments::parse();
    let mut console = Console::new(color);
    let outcome = run(verb, &mut console).and_then(|outcome| console.out.flush().map(|()| outcome));
    let outcome = outcome.unwrap_or_else(|error| {
        // Whoever reads the output has seen enough: `genlock check … | head`.
        if error.kind() != ErrorKind::BrokenPipe {
            let _ = writeln!(console.err, "genlock: cannot write the output: {error}");
        }
        Outcome::CannotRun
    });
    ExitCode::from(outcome as u8)
}

fn run(verb: Verb, console: &mut Console) -> io::Result<Outcome> {
    match verb {
        Verb::Check(check) => check.run(console),
        Verb::Expand { file } => expand::expand(&file, console),
        Verb::Simulate(simulate) => simulate.run(console),
        Verb::Run(run) => run.run(console),
        Verb::Explain { name } => explain::explain(name.as_deref(), console),
        Verb::Graph { file } => graph::graph(&file, console),
        Verb::New(new) => new.run(console),
    }
}
