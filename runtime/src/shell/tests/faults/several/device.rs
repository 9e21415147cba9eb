//! The device behind the WebSockets: it accepts, answers commands and sends messages unasked. It does nothing wrong; the
//! network does.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};

use fastrand::Rng;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::DuplexStream;
use tokio::time::sleep;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, accept_async};

use super::super::ledger::Attempt;
use super::super::moment;
use super::super::ticks::Tick;

/// The longest time between two messages that nobody asked for, in ms.
const QUIET: u64 = 3000;

/// Numbers the messages of all connections, to see how they overtake each other.
static OVERALL: AtomicU64 = AtomicU64::new(0);

/// Serves one connection until it is at its end, however that comes.
pub(super) fn serve(pipe: DuplexStream, attempt: Attempt, random: Rng) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let how = run(pipe, &attempt, random).await;
        // Whatever happens on other connections, this one is none of their business.
        if attempt.is_well() && attempt.is_wanted() {
            attempt.line.violation(format!("connection {} ends, and nothing is wrong with it: {how}", attempt.number));
        }
    })
}

/// Answers with how the connection ended.
async fn run(pipe: DuplexStream, attempt: &Attempt, mut random: Rng) -> Error {
    let mut socket = match accept_async(pipe).await {
        Ok(socket) => socket,
        Err(error) => return error,
    };
    attempt.accepted();
    attempt.line.tell(|| format!("device: connection {}", attempt.number));
    loop {
        let sent = tokio::select! {
            received = socket.next() => match received {
                Some(Ok(Message::Text(text))) => answer(&mut socket, attempt, &text).await,
                Some(Ok(_)) => Ok(()),
                Some(Err(error)) => return error,
                None => return Error::ConnectionClosed,
            },
            () = sleep(moment(&mut random, QUIET)) => tick(&mut socket, attempt, random.u8(1..4)).await,
        };
        if let Err(error) = sent {
            return error;
        }
    }
}

async fn answer(socket: &mut WebSocketStream<DuplexStream>, attempt: &Attempt, command: &str) -> Result<(), Error> {
    if let Some(level) = command.strip_prefix("level:") {
        attempt.line.entries().said.push(level.to_owned());
        return socket.send(Message::text(command)).await;
    }
    match command.strip_prefix("watch:") {
        Some(number) => socket.send(Message::text(format!("watched:{number}"))).await,
        None => Ok(()),
    }
}

async fn tick(socket: &mut WebSocketStream<DuplexStream>, attempt: &Attempt, count: u8) -> Result<(), Error> {
    for _ in 0..count {
        let number = {
            let mut entries = attempt.line.entries();
            if entries.accepted.number != attempt.number {
                return Ok(()); // half open: the element has another connection by now
            }
            entries.accepted.ticks += 1;
            entries.accepted.ticks - 1
        };
        let overall = OVERALL.fetch_add(1, Ordering::Relaxed);
        let tick = Tick { connection: attempt.number, number, overall, sent: attempt.line.ledger.elapsed() };
        socket.send(Message::text(format!("tick:{tick}"))).await?;
    }
    Ok(())
}
