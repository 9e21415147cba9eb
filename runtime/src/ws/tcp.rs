//! The TCP connection below a WebSocket.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::OpenError;

/// How long an address is tried alone before the next one is tried beside it (RFC 8305, section 5).
const NEXT_ADDRESS: Duration = Duration::from_millis(250);

/// The silence after which a dead peer is probed for, and the time between probes (CONN-96).
const KEEPALIVE: TcpKeepalive =
    TcpKeepalive::new().with_time(Duration::from_secs(10)).with_interval(Duration::from_secs(1));

/// Connects to `host`. It has no deadline of its own (CONN-100).
///
/// The name is resolved on every call (CONN-97), and all of its addresses are tried.
#[expect(clippy::disallowed_methods, reason = "the engine knows one attempt, however many addresses it has")]
pub(super) async fn connect(host: &str, port: u16) -> Result<TcpStream, OpenError> {
    let addresses =
        lookup_host((host, port)).await.map_err(|source| OpenError::Resolve { host: host.into(), source })?;
    let mut waiting: VecDeque<SocketAddr> = addresses.collect();
    let mut running = JoinSet::new();
    let mut attempts = Vec::new();
    loop {
        if let Some(address) = waiting.pop_front() {
            running.spawn(async move { (address, connect_to(address).await) });
        }
        let outcome = if waiting.is_empty() {
            running.join_next().await
        } else {
            let Ok(outcome) = timeout(NEXT_ADDRESS, running.join_next()).await else { continue };
            outcome
        };
        match outcome {
            // The other attempts are given up when `running` is dropped.
            Some(Ok((_, Ok(stream)))) => return Ok(stream),
            Some(Ok((address, Err(error)))) => attempts.push((address, error)),
            // A task ends this way when the runtime shuts down.
            Some(Err(error)) => return Err(OpenError::Io(error.into())),
            None => return Err(OpenError::Connect { host: host.into(), port, attempts }),
        }
    }
}

async fn connect_to(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    // Messages are small and answered one by one: waiting to fill segments would only delay them.
    stream.set_nodelay(true)?;
    SockRef::from(&stream).set_tcp_keepalive(&KEEPALIVE)?;
    Ok(stream)
}
