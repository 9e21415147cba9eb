//! What stands in for `requester` in a build without the feature `http`: no element that sends requests starts.

use std::convert::Infallible;
use std::task::{Context, Poll};

use super::Dial;
use crate::engine::{HttpRequest, Input};

/// No requests.
#[derive(Debug)]
pub(crate) struct Requester(Infallible);

impl Requester {
    pub(crate) fn new(_: Dial, _: usize) -> Result<Self, String> {
        Err("it carries HTTP requests, which this build of genlock leaves out: build it with the feature `http`"
            .to_owned())
    }

    pub(super) fn send(&mut self, _: u64, _: HttpRequest) {
        match self.0 {}
    }

    pub(super) fn abandon(&mut self) {
        match self.0 {}
    }

    pub(super) fn end(&mut self) {
        match self.0 {}
    }

    pub(super) fn poll(&mut self, _: &mut Context<'_>) -> Poll<Input> {
        match self.0 {}
    }
}
