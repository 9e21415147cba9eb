//! The network interface that a connection leaves by (CONN-07).

use std::io;
use std::net::{IpAddr, SocketAddr, SocketAddrV6};

use super::OpenError;

/// An interface, by its name or by one of its addresses.
#[derive(Clone, Debug)]
pub(super) struct Interface(Box<str>);

/// The addresses that our end of a connection can have.
#[derive(Debug)]
pub(super) struct Local {
    interface: Interface,
    addresses: Vec<SocketAddr>,
}

impl Interface {
    pub(super) fn new(name: &str) -> Result<Self, String> {
        match name.trim() {
            "" => Err("the interface has no name; leave it out, or name it by its name or its address".to_owned()),
            name => Ok(Self(name.into())),
        }
    }

    /// Its addresses at this moment.
    pub(super) async fn local(&self) -> Result<Local, OpenError> {
        if let Ok(address) = self.0.parse::<IpAddr>() {
            return Ok(Local { interface: self.clone(), addresses: vec![(address, 0).into()] });
        }
        let all = tokio::task::spawn_blocking(if_addrs::get_if_addrs).await.map_err(io::Error::from)??;
        let mine = all.iter().filter(|interface| *interface.name == *self.0);
        let addresses: Vec<SocketAddr> = mine.map(|interface| bindable(interface.ip(), interface.index)).collect();
        if addresses.is_empty() {
            let mut known: Vec<String> = all.into_iter().map(|interface| format!("`{}`", interface.name)).collect();
            known.sort_unstable();
            known.dedup();
            return Err(OpenError::Interface { name: self.0.clone(), known: known.join(", ") });
        }
        Ok(Local { interface: self.clone(), addresses })
    }
}

/// An address to bind to. One that holds on a single link must say on which (RFC 4007, section 6).
fn bindable(address: IpAddr, index: Option<u32>) -> SocketAddr {
    match address {
        IpAddr::V6(address) if address.is_unicast_link_local() => {
            SocketAddrV6::new(address, 0, 0, index.unwrap_or_default()).into()
        }
        address => (address, 0).into(),
    }
}

impl Local {
    /// The address to reach `peer` from: of the same family, and of one link where the peer's is.
    pub(super) fn towards(&self, peer: &SocketAddr) -> io::Result<SocketAddr> {
        let fits = |local: &&SocketAddr| {
            local.is_ipv4() == peer.is_ipv4() && is_of_one_link(local.ip()) == is_of_one_link(peer.ip())
        };
        self.addresses.iter().find(fits).copied().ok_or_else(|| {
            let family = if peer.is_ipv4() { "IPv4" } else { "IPv6" };
            let why = format!("the interface `{}` has no {family} address that reaches it", self.interface.0);
            io::Error::new(io::ErrorKind::AddrNotAvailable, why)
        })
    }
}

fn is_of_one_link(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.is_unicast_link_local())
}
