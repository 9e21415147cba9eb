//! The task that serves one client.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::ledger::Ledger;
use super::session::{HEALTH_LIMIT, Reaction, Session};
use super::tally::Tally;
use super::websocket::{Fault, FrameCounts, Incoming, Opened, Socket, Terms, open};
use super::{Leave, PATH};
use crate::is07::{Message, Timestamp, Timing};
use crate::log::{Actor, Log};

/// What a client's task works with.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) number: u64,
    pub(crate) deflate: bool,
    pub(crate) tallies: watch::Receiver<Vec<Tally>>,
    /// Turns to `Some` when the device goes away on purpose.
    pub(crate) leave: watch::Receiver<Option<Leave>>,
    /// When to break the connection off.
    pub(crate) drop_at: Option<Instant>,
    /// How long no state must have been sent before that, so that none is on the wire when it breaks.
    pub(crate) quiet: Duration,
    pub(crate) ledger: Ledger,
    pub(crate) log: Log,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By a close frame, in either direction.
    Closed,
    /// To be broken off without one.
    BreakOff,
}

/// Serves one client until the end of its connection, and hands the stream back with what has to happen to it.
pub(crate) async fn serve<Io: AsyncRead + AsyncWrite + Unpin>(
    io: Io,
    mut service: Service,
) -> Result<(Io, Ending), Fault> {
    let Opened { mut socket, extension } = open(io, Terms { path: PATH, deflate: service.deflate }).await?;
    service.say("accepted", extension.unwrap_or_else(|| "without extension".to_owned()));

    let ending = service.converse(&mut socket).await;
    if let Err(Fault::Violation(violation)) = &ending {
        // The close frame says why; whether the client still reads it is its own affair.
        let _ = socket.close(violation.code, violation.reason).await;
    }
    let FrameCounts { compressed_received, plain_received, compressed_sent, plain_sent } = socket.frames();
    service.say(
        "ended",
        format_args!(
            "received {} ({compressed_received} compressed), sent {} ({compressed_sent} compressed)",
            compressed_received + plain_received,
            compressed_sent + plain_sent
        ),
    );
    Ok((socket.into_io(), ending?))
}

impl Service {
    async fn converse<Io: AsyncRead + AsyncWrite + Unpin>(&mut self, socket: &mut Socket<Io>) -> Result<Ending, Fault> {
        let mut session = Session::new(Instant::now());
        let mut break_off = self.drop_at;
        loop {
            tokio::select! {
                incoming = socket.receive() => match incoming? {
                    Incoming::Text(text) => self.answer(socket, &mut session, &text).await?,
                    Incoming::Ping(payload) => socket.pong(&payload).await?,
                    Incoming::Pong => {}
                    Incoming::Close(code) => {
                        socket.answer_close(code).await?;
                        self.say("closed", format_args!("by the client, {}", CloseCode(code)));
                        return Ok(Ending::Closed);
                    }
                },
                Ok(()) = self.tallies.changed() => {}
                () = sleep_until(session.deadline()) => {
                    let reason = format!("no health command for {} s", HEALTH_LIMIT.as_secs());
                    self.say("closing", &reason);
                    socket.close(1008, &reason).await?;
                    return Ok(Ending::Closed);
                }
                Ok(()) = self.leave.changed() => {
                    let leave = *self.leave.borrow_and_update();
                    if let Some(leave) = leave {
                        self.take_leave(socket, &session, leave).await?;
                        return Ok(Ending::Closed);
                    }
                }
                () = sleep_until(break_off.unwrap_or_else(Instant::now)), if break_off.is_some() => {
                    self.say("dropping", "the connection, without a close frame");
                    return Ok(Ending::BreakOff);
                }
            }
            if self.send_due(socket, &mut session).await?
                && let Some(at) = &mut break_off
            {
                *at = (*at).max(Instant::now() + self.quiet);
            }
        }
    }

    async fn answer<Io: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        socket: &mut Socket<Io>,
        session: &mut Session,
        text: &str,
    ) -> Result<(), Fault> {
        let reaction = session.command(text, &self.tallies.borrow(), Instant::now());
        match reaction {
            Reaction::Subscribed { sources, known } => {
                self.say("subscribed", format_args!("{sources} source(s), {known} of them known"));
            }
            Reaction::Healthy(message) => {
                self.say("health", "answered");
                send(socket, &message).await?;
            }
            Reaction::NotACommand(reason) => self.say("ignored", reason),
        }
        Ok(())
    }

    /// Sends the states that the client waits for; says whether there were any.
    async fn send_due<Io: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        socket: &mut Socket<Io>,
        session: &mut Session,
    ) -> Result<bool, Fault> {
        let due = session.due(&self.tallies.borrow_and_update());
        for (index, tally) in due.iter().enumerate() {
            self.ledger.sent(tally.since);
            if let Err(fault) = send(socket, &tally.message()).await {
                self.ledger.not_sent(tally.since);
                self.say("unsent", format_args!("{} state(s)", due.len() - index));
                return Err(fault);
            }
        }
        Ok(!due.is_empty())
    }

    /// Tells the client that its sources go away, then closes.
    async fn take_leave<Io: AsyncRead + AsyncWrite + Unpin>(
        &mut self,
        socket: &mut Socket<Io>,
        session: &Session,
        leave: Leave,
    ) -> Result<(), Fault> {
        let tallies = self.tallies.borrow().clone();
        for tally in tallies.iter().filter(|tally| session.follows(tally)) {
            let timing = Timing { origin_timestamp: None, creation_timestamp: Timestamp::now() };
            let message = match leave {
                Leave::Reboot => Message::Reboot { identity: tally.identity(), timing },
                Leave::Shutdown => Message::Shutdown { identity: tally.identity(), timing },
            };
            send(socket, &message).await?;
        }
        self.say("closing", leave.reason());
        socket.close(1001, leave.reason()).await
    }

    pub(crate) fn say(&self, what: &str, rest: impl std::fmt::Display) {
        self.log.line(Actor::Device, what, format_args!("client {}: {rest}", self.number));
    }
}

async fn send<Io: AsyncRead + AsyncWrite + Unpin>(socket: &mut Socket<Io>, message: &Message) -> Result<(), Fault> {
    let text = serde_json::to_string(message).map_err(std::io::Error::from)?;
    socket.send(&text).await
}

struct CloseCode(Option<u16>);

impl std::fmt::Display for CloseCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(code) => write!(formatter, "code {code}"),
            None => formatter.write_str("without a code"),
        }
    }
}
