//! What stands for permessage-deflate in a build without the feature `deflate`: codecs that never exist.
//!
//! `compression::negotiate` fails the connection when a server accepts the extension anyway (CONN-41).

use std::convert::Infallible;
use std::io;

use super::Limits;
use super::compression::Compression;
use super::lost::Violation;

/// Inflates what comes in: never made.
#[derive(Debug)]
pub(super) struct Inflater(Infallible);

/// Compresses what goes out: never made.
#[derive(Debug)]
pub(super) struct Deflater(Infallible);

/// No codecs: there is no compression to agree on.
pub(super) fn codecs(_: Option<Compression>, _: &Limits) -> (Option<Inflater>, Option<Deflater>) {
    (None, None)
}

impl Inflater {
    /// Cannot be called.
    pub(super) fn step(&mut self, _: &[u8], _: &mut [u8]) -> Result<super::wire::Step, Violation> {
        match self.0 {}
    }

    /// Cannot be called.
    pub(super) fn messages(&self) -> u64 {
        match self.0 {}
    }
}

impl Deflater {
    /// Cannot be called.
    pub(super) fn compress(&mut self, _: &[u8]) -> io::Result<Option<Vec<u8>>> {
        match self.0 {}
    }
}
