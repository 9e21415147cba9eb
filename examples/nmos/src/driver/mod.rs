//! The drivers that genlock generates from the connector files beside `Cargo.toml`, and what their hooks do.
//!
//! [`reference`](self::reference) is the whole driver: `nmos.xml` holds the logic, the hooks only read and write messages. The
//! other four files hold the documented minimum of one use case each; [`keep_session`] drives them from outside.

pub(crate) mod custom_handshake;
pub(crate) mod custom_handshake_dynamic_ip;
pub(crate) mod dynamic_ip;
pub(crate) mod normal;
mod receiver;
pub(crate) mod reference;
mod session;

use genlock::{Element, Error, Events};

pub(crate) use self::receiver::{Figures, Received, Receiver};
pub(crate) use self::session::keep_session;

/// A running element, with its events from the first one on.
pub(crate) type Started<P> = Result<(Element<P>, Events), Error>;
