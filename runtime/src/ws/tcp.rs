//! The TCP connection below a WebSocket.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::OpenError;
use super::interface::Interface;

/// How long an address is tried alone before the next one is tried beside it (RFC 8305, section 5).
const NEXT_ADDRESS: Duration = Duration::from_millis(250);

/// The silence after which a dead peer is probed for, and the time between probes (CONN-96).
const KEEPALIVE: TcpKeepalive =
    TcpKeepalive::new().with_time(Duration::from_secs(10)).with_interval(Duration::from_secs(1));

/// Connects to `host`. It has no deadline of its own (CONN-100).
///
/// The name is resolved on every call (CONN-97), and all of its addresses are tried, from the interface if there is one.
#[expect(clippy::disallowed_methods, reason = "the engine knows one attempt, however many addresses it has")]
pub(super) async fn connect(host: &str, port: u16, interface: Option<&Interface>) -> Result<TcpStream, OpenError> {
    let local = match interface {
        Some(interface) => Some(interface.local().await?),
        None => None,
    };
    let mut waiting: VecDeque<SocketAddr> = resolve(host, port).await?.collect();
    let mut running = JoinSet::new();
    let mut attempts = Vec::new();
    loop {
        if let Some(address) = waiting.pop_front() {
            let local = local.as_ref().map(|local| local.towards(&address)).transpose();
            running.spawn(async move { (address, connect_to(address, local).await) });
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

/// The addresses that the name has now.
pub(super) async fn resolve(host: &str, port: u16) -> Result<impl Iterator<Item = SocketAddr>, OpenError> {
    lookup_host((host, port)).await.map_err(|source| OpenError::Resolve { host: host.into(), source })
}

async fn connect_to(address: SocketAddr, local: io::Result<Option<SocketAddr>>) -> io::Result<TcpStream> {
    let stream = match local? {
        None => TcpStream::connect(address).await?,
        Some(local) => {
            let socket = if local.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
            socket.bind(local)?;
            socket.connect(address).await?
        }
    };
    // Messages are small and answered one by one: waiting to fill segments would only delay them.
    stream.set_nodelay(true)?;
    SockRef::from(&stream).set_tcp_keepalive(&KEEPALIVE)?;
    Ok(stream)
}
