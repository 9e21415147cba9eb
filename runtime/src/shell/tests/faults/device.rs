//! The device: it accepts, answers commands and sends states. It does nothing wrong; the network does.

use std::future::Future;
use std::pin::Pin;

use fastrand::Rng;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::DuplexStream;
use tokio::time::sleep;
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;

use super::ledger::{Attempt, Line};
use super::moment;

pub(super) const STATE: &str = r#"{"message_type":"state","payload":{"value":true}}"#;
pub(super) const HEALTH: &str = r#"{"message_type":"health"}"#;

/// The longest time between two states, in ms.
const QUIET: u64 = 60_000;

/// Serves one connection until it is at its end, however that comes.
pub(super) fn serve(pipe: DuplexStream, attempt: Attempt, random: Rng) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(run(pipe, attempt, random))
}

async fn run(pipe: DuplexStream, attempt: Attempt, mut random: Rng) {
    let Ok(mut socket) = accept_async(pipe).await else { return };
    attempt.accepted();
    let (line, session) = (&attempt.line, attempt.number);
    line.tell(|| format!("device: session {session}"));
    loop {
        let answer = tokio::select! {
            received = socket.next() => match received {
                Some(Ok(Message::Text(text))) => answer(&text, line),
                Some(Ok(_)) => None,
                Some(Err(_)) | None => break,
            },
            () = sleep(moment(&mut random, QUIET)) => Some(STATE),
        };
        if let Some(answer) = answer
            && socket.send(Message::text(answer)).await.is_err()
        {
            break;
        }
    }
    line.tell(|| format!("device: session {session} has ended"));
}

fn answer(command: &str, line: &Line) -> Option<&'static str> {
    if command.contains("health") {
        return Some(HEALTH);
    }
    let sources = command.strip_prefix(r#"{"command":"subscription","sources":[""#)?.strip_suffix(r#""]}"#)?;
    line.entries().said.push(sources.to_owned());
    Some(STATE)
}
