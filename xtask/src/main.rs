//! Development verbs of genlock: `cargo xtask <verb>`.
#![expect(clippy::print_stdout, reason = "what a verb found is its output")]

mod autobahn;
mod bless;
mod browser;
mod ci;
mod faults;
mod instructions;
mod model;
mod peers;
mod process;
mod rules;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <verb>

  ci       everything that a change must pass, as .ci/run runs it
  browser  the page of the reference driver, operated in Chromium; screenshots go to target/browser
  peers    the reference driver against npm ws and PyPI websockets, nginx, HAProxy and proxies
  autobahn the client cases of the Autobahn test suite, where Python 2.7 is; `autobahn smoke`, `autobahn bless`
  rules    how many rules of the reference have a case, or a line in later.tsv, by chapter; `rules missing` lists the others
  model    the engine against a model of the rules, on random connectors: `model --steps 1000000 --seed 1`
  faults   the reference driver over a network that fails at random: `faults --schedules 10000`, `faults --seed 1`
  instructions   how many instructions the engine takes, against benches/instructions.tsv; `instructions bless` writes it
  bless    write the expectations of the tests anew; look at the diff before you commit it";

fn main() -> ExitCode {
    let verb: Vec<String> = std::env::args().skip(1).collect();
    let verb: Vec<&str> = verb.iter().map(String::as_str).collect();
    let result = match verb.as_slice() {
        ["ci"] => ci::run(),
        ["browser"] => browser::run(),
        ["peers"] => peers::run(),
        ["autobahn"] => autobahn::run(autobahn::Mode::Whole),
        ["autobahn", "smoke"] => autobahn::run(autobahn::Mode::Smoke),
        ["autobahn", "bless"] => autobahn::run(autobahn::Mode::Bless),
        ["rules"] => rules::run(false),
        ["rules", "missing"] => rules::run(true),
        ["model", arguments @ ..] => model::run(arguments),
        ["faults", arguments @ ..] => faults::run(arguments),
        ["instructions"] => instructions::run(false),
        ["instructions", "bless"] => instructions::run(true),
        ["bless"] => bless::run(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        [] => Err(anyhow::anyhow!("no verb given\n\n{USAGE}")),
        other => Err(anyhow::anyhow!("no verb `{}`\n\n{USAGE}", other.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the workspace.
fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}
