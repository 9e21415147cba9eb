//! An IS-07 device to run the driver against: two tally sources behind one WebSocket.

mod client;
mod ledger;
mod reception;
mod session;
mod tally;
mod websocket;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use self::ledger::Ledger;
use self::reception::Reception;
use self::tally::{keep_switching, sources};
use crate::log::{Actor, Log};

/// The path of the device's WebSocket.
pub const PATH: &str = "/x-nmos/events/ws";

/// The port of the reference case.
pub const DEFAULT_PORT: u16 = 8050;

/// How a device behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port to listen on; when it is taken, a free one.
    pub port: u16,
    /// Whether an offer of permessage-deflate is accepted.
    pub deflate: bool,
    /// Time between two switches of the program tally.
    pub beat: Duration,
    /// How long the first client is served before its connection is broken off, without a close frame.
    pub drop_after: Option<Duration>,
    /// When, counted from the start, the device says `reboot` and closes all connections. New ones are taken at once.
    pub reboot_after: Option<Duration>,
}

impl Default for Options {
    fn default() -> Self {
        let beat = Duration::from_millis(400);
        Self { port: DEFAULT_PORT, deflate: true, beat, drop_after: None, reboot_after: None }
    }
}

/// Why the device goes away on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    Reboot,
    Shutdown,
}

impl Leave {
    fn reason(self) -> &'static str {
        match self {
            Self::Reboot => "the device reboots",
            Self::Shutdown => "the device shuts down",
        }
    }
}

/// A running device. Dropping it leaves it running; see [`stop`](Self::stop).
#[derive(Debug)]
pub struct Device {
    address: SocketAddr,
    ledger: Ledger,
    leave: watch::Sender<Option<Leave>>,
    reception: JoinHandle<()>,
}

impl Device {
    /// Starts a device on loopback.
    pub async fn start(options: Options, log: Log) -> io::Result<Self> {
        let listener = listen(options.port, &log).await?;
        let address = listener.local_addr()?;
        let ledger = Ledger::default();
        let leave = watch::Sender::new(None);
        let (switches, tallies) = watch::channel(sources());
        tokio::spawn(keep_switching(switches, options.beat));

        log.line(
            Actor::Device,
            "listening",
            format_args!(
                "{}  {}",
                url(address),
                if options.deflate { "permessage-deflate on offer" } else { "no permessage-deflate" }
            ),
        );
        let reception = Reception { listener, options, tallies, leave: leave.clone(), ledger: ledger.clone(), log };
        Ok(Self { address, ledger, leave, reception: tokio::spawn(reception.receive()) })
    }

    /// The address of the device's WebSocket.
    pub fn url(&self) -> String {
        url(self.address)
    }

    /// The book of the states under way.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Says `shutdown` to every subscribed client, closes all connections and ends.
    pub async fn stop(self) -> io::Result<()> {
        self.leave.send_replace(Some(Leave::Shutdown));
        self.reception.await.map_err(io::Error::from)
    }
}

fn url(address: SocketAddr) -> String {
    format!("ws://{address}{PATH}")
}

async fn listen(port: u16, log: &Log) -> io::Result<TcpListener> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            log.line(Actor::Device, "port taken", format_args!("{port} is in use; taking a free one"));
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await
        }
        bound => bound,
    }
}

#[cfg(test)]
mod tests;
