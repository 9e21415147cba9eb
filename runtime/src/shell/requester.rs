//! The HTTP requests of one connection: at most one is on its way.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::Dial;
use super::link::opening_reason;
use crate::engine::{HttpAnswer, HttpRequest, Input, RequestFailure};
use crate::http::{Lane, exchange};

type Exchange = Pin<Box<dyn Future<Output = (Option<Lane>, Result<HttpAnswer, RequestFailure>)> + Send>>;

/// One connection that carries requests, as the shell sees it.
pub(crate) struct Requester {
    dial: Dial,
    /// The largest body of an answer, in bytes.
    body_limit: usize,
    /// What the next request may go over.
    lane: Option<Lane>,
    under_way: Option<(u64, Exchange)>,
}

impl Requester {
    #[expect(clippy::unnecessary_wraps, reason = "in a build without requests there is none")]
    pub(crate) fn new(dial: Dial, body_limit: usize) -> Result<Self, String> {
        Ok(Self { dial, body_limit, lane: None, under_way: None })
    }

    pub(super) fn send(&mut self, number: u64, request: HttpRequest) {
        let (lane, limit, dial) = (self.lane.take(), self.body_limit, self.dial.clone());
        let exchange = async move {
            let dial = |to| async move { dial(to).await.map_err(|error| opening_reason(&error)) };
            exchange(lane, &request, limit, dial).await
        };
        self.under_way = Some((number, Box::pin(exchange)));
    }

    /// Gives up the request that is on its way: its connection is of no use any more.
    pub(super) fn abandon(&mut self) {
        self.under_way = None;
    }

    /// HTTP-02: closes what is open.
    pub(super) fn end(&mut self) {
        self.lane = None;
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Input> {
        let Some((number, exchange)) = &mut self.under_way else { return Poll::Pending };
        let (lane, result) = ready!(exchange.as_mut().poll(cx));
        let number = *number;
        (self.lane, self.under_way) = (lane, None);
        Poll::Ready(match result {
            Ok(answer) => Input::Answered { number, answer },
            Err(failure) => Input::RequestFailed { number, failure },
        })
    }
}

impl fmt::Debug for Requester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requester").field("is_open", &self.lane.is_some()).finish_non_exhaustive()
    }
}
