//! An IS-07 device on loopback, for any client.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use nmos::device::{DEFAULT_PORT, Device, Options};
use nmos::log::{Actor, Log};

/// An IS-07 device with two tally sources, on loopback.
#[derive(Debug, Parser)]
struct Arguments {
    /// The port to listen on; a free one when it is taken.
    #[arg(long, default_value_t = DEFAULT_PORT)]
    port: u16,
    /// Do not accept permessage-deflate.
    #[arg(long)]
    no_deflate: bool,
    /// Break the first connection off after this time, without a close frame.
    #[arg(long, value_name = "SECONDS")]
    drop_after: Option<u32>,
    /// Announce a reboot after this time and close all connections.
    #[arg(long, value_name = "SECONDS")]
    reboot_after: Option<u32>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let seconds = |seconds: u32| Duration::from_secs(seconds.into());
    let options = Options {
        port: arguments.port,
        deflate: !arguments.no_deflate,
        drop_after: arguments.drop_after.map(seconds),
        reboot_after: arguments.reboot_after.map(seconds),
        ..Options::default()
    };
    let log = Log::stdout();
    match run(options, &log).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log.line(Actor::Device, "failed", error);
            ExitCode::FAILURE
        }
    }
}

/// Runs the device until Ctrl-C.
async fn run(options: Options, log: &Log) -> std::io::Result<()> {
    let device = Device::start(options, log.clone()).await?;
    tokio::signal::ctrl_c().await?;
    device.stop().await
}
