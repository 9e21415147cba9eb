//! Runs the driver that genlock generates from `nmos.xml` against an IS-07 device, and says what happens.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use nmos::device::{DEFAULT_PORT, Options};
use nmos::log::{Actor, Log};
use nmos::plan::{Connector, Plan};
use nmos::run::run;
use nmos::target::Target;

/// Runs the NMOS IS-07 driver for a while, by default against a device in this process that breaks the connection off
/// once.
#[derive(Debug, Parser)]
struct Arguments {
    /// A real device, by the URL of its WebSocket, instead of the one in this process.
    #[arg(long)]
    url: Option<Target>,
    /// Trust the certificate authorities of this PEM file, too, for a wss:// URL.
    #[arg(long, value_name = "FILE", requires = "url")]
    ca_file: Option<PathBuf>,
    /// Go through this proxy: http://host:port or socks5h://host:port, with `user:password@` before the host if it asks.
    #[arg(long, value_name = "ADDRESS", requires = "url")]
    proxy: Option<String>,
    /// Run the minimal connector file of one of the four WebSocket use cases instead of nmos.xml.
    #[arg(long, value_name = "1..4", value_parser = use_case)]
    case: Option<Connector>,
    /// How long to run.
    #[arg(long, default_value_t = 21)]
    seconds: u32,
    /// When the device in this process breaks the connection off, in seconds; 0: never.
    #[arg(long, default_value_t = 8, value_name = "SECONDS")]
    drop_after: u32,
    /// The port of the device in this process; a free one when it is taken.
    #[arg(long, default_value_t = DEFAULT_PORT)]
    port: u16,
    /// Serve the page of the element at this address, for example 127.0.0.1:8080.
    #[arg(long, value_name = "ADDRESS")]
    page: Option<SocketAddr>,
    /// What the last line is.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    summary: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The summary for people only.
    Text,
    /// One line of JSON after it.
    Json,
}

fn use_case(number: &str) -> Result<Connector, &'static str> {
    number.parse().ok().and_then(Connector::of_use_case).ok_or("the use cases are 1, 2, 3 and 4")
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let log = Log::stdout();
    let drop_after = Duration::from_secs(arguments.drop_after.into());
    let plan = Plan {
        connector: arguments.case.unwrap_or_default(),
        target: arguments.url.map(|target| target.trusting(arguments.ca_file).through(arguments.proxy)),
        duration: Duration::from_secs(arguments.seconds.into()),
        page: arguments.page,
        device: Options {
            port: arguments.port,
            drop_after: Some(drop_after).filter(|after| !after.is_zero()),
            ..Options::default()
        },
    };
    let summary = match run(plan, &log, tokio::signal::ctrl_c()).await {
        Ok(summary) => summary,
        Err(error) => {
            log.line(Actor::Driver, "failed", error);
            return ExitCode::FAILURE;
        }
    };

    let faults = summary.faults();
    log.text("");
    log.text(&summary);
    for fault in &faults {
        log.text(format_args!("FAILED         {fault}"));
    }
    if arguments.summary == Format::Json {
        match summary.to_json() {
            Ok(line) => log.text(line),
            Err(error) => log.text(format_args!("FAILED         no JSON: {error}")),
        }
    }
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
