//! What is to be run.

use std::net::SocketAddr;
use std::time::Duration;

use crate::device::{DEFAULT_PORT, Options};
use crate::target::Target;

/// A connector file beside `Cargo.toml`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connector {
    /// `nmos.xml`, the reference driver; use case 4.
    #[default]
    Reference,
    /// `normal.xml`, use case 1.
    Normal,
    /// `dynamic-ip.xml`, use case 2.
    DynamicIp,
    /// `custom-handshake.xml`, use case 3.
    CustomHandshake,
    /// `custom-handshake-dynamic-ip.xml`, use case 4.
    CustomHandshakeDynamicIp,
}

impl Connector {
    /// The minimal file of a use case, 1 to 4.
    pub fn of_use_case(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Normal,
            2 => Self::DynamicIp,
            3 => Self::CustomHandshake,
            4 => Self::CustomHandshakeDynamicIp,
            _ => return None,
        })
    }

    /// The name of the file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Reference => "nmos.xml",
            Self::Normal => "normal.xml",
            Self::DynamicIp => "dynamic-ip.xml",
            Self::CustomHandshake => "custom-handshake.xml",
            Self::CustomHandshakeDynamicIp => "custom-handshake-dynamic-ip.xml",
        }
    }

    /// The use case that it is made for.
    pub fn use_case(self) -> &'static str {
        match self {
            Self::Normal => "use case 1: plain WebSocket",
            Self::DynamicIp => "use case 2: dynamic IP",
            Self::CustomHandshake => "use case 3: custom handshake",
            Self::Reference | Self::CustomHandshakeDynamicIp => "use case 4: custom handshake and dynamic IP",
        }
    }
}

/// What to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The connector file.
    pub connector: Connector,
    /// The device; without one, a device is started in this process.
    pub target: Option<Target>,
    /// How long.
    pub duration: Duration,
    /// Where the element's page is served, if anywhere.
    pub page: Option<SocketAddr>,
    /// The behaviour of the device in this process.
    pub device: Options,
}

impl Default for Plan {
    /// 21 s: the forced drop after 8 s, and four `health` commands.
    fn default() -> Self {
        Self {
            connector: Connector::default(),
            target: None,
            duration: Duration::from_secs(21),
            page: None,
            device: Options { port: DEFAULT_PORT, drop_after: Some(Duration::from_secs(8)), ..Options::default() },
        }
    }
}
