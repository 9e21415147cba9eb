//! [`Send`]: a command that is being filled in, and the futures that send it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use genlock_spec::{PairIndex, ParamIndex};

use super::Element;
use crate::answer::Answer;
use crate::engine::{Until, Values};
use crate::error::Error;
use crate::handle::Param;
use crate::shell::Request;
use crate::value::{IntoValue, Value};

/// A command that can be filled in and sent. Generated code implements it for each command's own type.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a command that genlock generated")]
pub trait Sendable: Sized {
    /// The command's protocol.
    type Protocol;
    /// What answers it.
    type Answer: Answer;

    #[doc(hidden)]
    fn from_send(send: Send<Self::Protocol, Self::Answer>) -> Self;
}

/// A pair's command with the values that were filled in so far. Generated command types wrap it.
#[must_use = "nothing is sent until it is awaited: add `.await?`, or `.answer().await?` for what answers it"]
pub struct Send<P, R> {
    element: Element<P>,
    pair: PairIndex,
    fill: Vec<(ParamIndex, Value)>,
    answer: std::marker::PhantomData<fn() -> R>,
}

impl<P: 'static, R> Send<P, R> {
    pub(crate) fn new(element: Element<P>, pair: PairIndex) -> Self {
        Self { element, pair, fill: Vec::new(), answer: std::marker::PhantomData }
    }

    /// Sets a parameter of the command.
    pub fn fill<T>(mut self, param: Param<P, T>, value: impl IntoValue<T>) -> Self {
        self.fill.push((param.index(), value.into_value()));
        self
    }

    async fn request(self, until: Until) -> Result<Values, Error> {
        let Self { element, pair, fill, .. } = self;
        element.request(|reply| Request::Execute { pair, fill, until, reply }).await?
    }
}

impl<P: 'static, R: Answer> Send<P, R> {
    /// Sends the command and waits until it was handed to the open socket.
    pub fn sending(self) -> Sending {
        Sending(Box::pin(async { self.request(Until::Sent).await.map(|_| ()) }))
    }

    /// Sends the command and waits for the answer.
    pub fn answer(self) -> Answering<R> {
        Answering(Box::pin(async {
            let (name, pair) = (self.element.any.shared_name(), self.pair);
            let values = self.request(Until::Answered).await?;
            R::read(&values).ok_or_else(|| Error::Settings {
                element: name.to_string(),
                reason: format!("pair {} was generated with other responses than its table has", pair.0),
            })
        }))
    }
}

impl<P, R> fmt::Debug for Send<P, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Send").field("element", &self.element).field("pair", &self.pair).finish_non_exhaustive()
    }
}

type Boxed<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + std::marker::Send>>;

/// Waits until a command was handed to the open socket. Dropping it does not take the command back.
#[must_use = "futures do nothing unless awaited"]
pub struct Sending(Boxed<()>);

/// Waits for the answer to a command. Dropping it does not take the command back.
#[must_use = "futures do nothing unless awaited"]
pub struct Answering<R>(Boxed<R>);

impl Future for Sending {
    type Output = Result<(), Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl<R> Future for Answering<R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl fmt::Debug for Sending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending")
    }
}

impl<R> fmt::Debug for Answering<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answering")
    }
}
