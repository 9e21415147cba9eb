//! Carries the bytes of one connection between its two ends, and spoils them on the way.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select, try_join};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, split};
use tokio::sync::watch;
use tokio::time::sleep;

use super::plan::{How, LineEnd, LinePlan, Spoilt};
use crate::ws::Io;

/// How many bytes are carried at a time.
const CHUNK: usize = 4096;

/// What holds for all connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Orders {
    /// Each goes by its plan.
    Planned,
    /// Plans are forgotten: everything is carried at once. What is half open stays so.
    Healthy,
    /// Those that are there end in this way; those to come go by their plans.
    End(LineEnd),
}

/// Carries bytes both ways until the connection is at its end. Both ends are still open then, for the caller to close
/// them as the answer says.
pub(crate) async fn carry(
    element: &mut impl Io,
    device: &mut impl Io,
    plan: LinePlan,
    orders: watch::Receiver<Orders>,
) -> LineEnd {
    let end = {
        let (from_element, to_element) = split(&mut *element);
        let (from_device, to_device) = split(device);
        let up = Stream { from: from_element, to: to_device, orders: orders.clone() };
        let down = Stream { from: from_device, to: to_element, orders: orders.clone() };
        let both = async {
            let ended = try_join(up.run(plan.to_device), down.run(plan.to_element)).await;
            ended.err().unwrap_or(LineEnd::Cut)
        };
        first(both, first(end_of_time(plan.end, orders.clone()), end_by_order(orders))).await
    };
    if end == LineEnd::Silence {
        // The device is left alone with its end until the element has let go of its own.
        let mut nowhere = [0; CHUNK];
        while element.read(&mut nowhere).await.is_ok_and(|len| len > 0) {}
    }
    end
}

/// What the one or the other answers, whichever does first.
async fn first<T>(one: impl Future<Output = T>, other: impl Future<Output = T>) -> T {
    match select(pin!(one), pin!(other)).await {
        Either::Left((answer, _)) | Either::Right((answer, _)) => answer,
    }
}

/// The planned end by time.
async fn end_of_time(end: Option<(Duration, LineEnd)>, mut orders: watch::Receiver<Orders>) -> LineEnd {
    if let Some((time, end)) = end
        && !wait(time, &mut orders).await
    {
        return end;
    }
    std::future::pending().await
}

/// The end that is ordered for all connections.
async fn end_by_order(mut orders: watch::Receiver<Orders>) -> LineEnd {
    // An order from before this connection is none for it.
    orders.mark_unchanged();
    while orders.changed().await.is_ok() {
        if let Orders::End(end) = *orders.borrow_and_update() {
            return end;
        }
    }
    std::future::pending().await
}

/// Waits, but no longer than until plans are forgotten. Answers whether they are.
async fn wait(time: Duration, orders: &mut watch::Receiver<Orders>) -> bool {
    let healthy = async {
        if orders.wait_for(|orders| *orders == Orders::Healthy).await.is_err() {
            // Nobody gives orders any more.
            std::future::pending::<()>().await;
        }
        true
    };
    let over = async {
        sleep(time).await;
        false
    };
    first(healthy, over).await
}

/// One of the two streams of bytes.
struct Stream<R, W> {
    from: R,
    to: W,
    orders: watch::Receiver<Orders>,
}

impl<R: AsyncRead + Unpin, W: AsyncWrite + Unpin> Stream<R, W> {
    /// Carries on until the sender has ended its side; an error is the end of the whole connection.
    async fn run(mut self, plan: Vec<Spoilt>) -> Result<(), LineEnd> {
        let mut plan = plan.into_iter().peekable();
        let mut carried = 0;
        let mut pause = None;
        let mut chunk = vec![0; CHUNK];
        loop {
            let healthy = *self.orders.borrow() == Orders::Healthy;
            while let Some(Spoilt { how, .. }) = plan.next_if(|spoilt| spoilt.at <= carried) {
                match how {
                    _ if healthy => {}
                    How::End(end) => return Err(end),
                    How::Stall(time) => {
                        wait(time, &mut self.orders).await;
                    }
                    How::Trickle(time) => pause = Some(time),
                    How::Insert(bytes) => self.write(&bytes).await?,
                }
            }
            let room = match (plan.peek(), pause) {
                (_, Some(_)) if !healthy => 1,
                (Some(next), _) => usize::try_from(next.at - carried).unwrap_or(CHUNK),
                (None, _) => CHUNK,
            };
            let room = chunk.get_mut(..room.min(CHUNK)).unwrap_or_default();
            let len = self.from.read(room).await.map_err(|_| LineEnd::Reset)?;
            if len == 0 {
                // The other way may go on; that its reader has gone already is no fault.
                let _ = self.to.shutdown().await;
                return Ok(());
            }
            if let Some(time) = pause {
                wait(time, &mut self.orders).await;
            }
            self.write(chunk.get(..len).unwrap_or_default()).await?;
            carried += len as u64;
        }
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), LineEnd> {
        self.to.write_all(bytes).await.map_err(|_| LineEnd::Cut)?;
        self.to.flush().await.map_err(|_| LineEnd::Cut)
    }
}
