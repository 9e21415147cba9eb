//! The drivers that genlock generates from the connector files beside `Cargo.toml`, and what their hooks do.
//!
//! [`reference`](self::reference) is the whole driver: `nmos.xml` holds the logic, the hooks only read and write messages. The
//! other four files hold the documented minimum of one use case each; [`keep_session`] drives them from outside.

mod custom_handshake;
mod custom_handshake_dynamic_ip;
mod dynamic_ip;
mod normal;
mod receiver;
mod reference;
mod session;

pub(crate) use self::receiver::{Figures, Received, Receiver};
pub(crate) use self::session::keep_session;

pub(crate) use self::custom_handshake::start as start_custom_handshake;
pub(crate) use self::custom_handshake_dynamic_ip::start as start_custom_handshake_dynamic_ip;
pub(crate) use self::dynamic_ip::start as start_dynamic_ip;
pub(crate) use self::normal::start as start_normal;
pub(crate) use self::reference::start as start_reference;
