//! What stands in for `tls` in a build without the feature `rustls`: there is no TLS to set up.

use std::io;

use super::Io;
use crate::engine::destination::Destination;
use crate::settings::Tls as Settings;

/// Why TLS could not be set up: it never is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {}

/// No TLS.
#[derive(Debug)]
pub(super) struct Tls;

impl Tls {
    /// Settings that nobody could follow are refused.
    pub(super) fn new(settings: &Settings, _: bool) -> Result<Self, String> {
        if *settings == Settings::default() {
            Ok(Self)
        } else {
            Err("there are settings for TLS, which this build of genlock leaves out: build it with the feature `rustls`"
                .to_owned())
        }
    }

    #[expect(clippy::unused_async, reason = "as with TLS")]
    pub(super) async fn connect(&self, io: Box<dyn Io>, _: &Destination) -> Result<Box<dyn Io>, TlsError> {
        Ok(io)
    }
}

/// No error is one of TLS.
pub(crate) fn explain(error: io::Error) -> Result<TlsError, io::Error> {
    Err(error)
}
