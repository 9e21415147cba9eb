//! A mixer with two WebSockets, to run the driver against.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::{Error, Message};

/// The meters of a short piece: channel and peak in dBFS.
const PIECE: [(u32, f64); 5] = [(1, -18.0), (2, -1.5), (3, -9.0), (4, -3.0), (5, -0.1)];

/// A mixer that runs.
pub(crate) struct Mixer {
    control: SocketAddr,
    meters: SocketAddr,
    play: Arc<Notify>,
    ducked: Ducked,
}

/// The channels that were turned down.
type Ducked = Arc<Mutex<Vec<String>>>;

impl Mixer {
    pub(crate) async fn start() -> io::Result<Self> {
        let (control, meters) = (TcpListener::bind("127.0.0.1:0").await?, TcpListener::bind("127.0.0.1:0").await?);
        let mixer = Self {
            control: control.local_addr()?,
            meters: meters.local_addr()?,
            play: Arc::default(),
            ducked: Arc::default(),
        };
        let (ducked, play) = (Arc::clone(&mixer.ducked), Arc::clone(&mixer.play));
        tokio::spawn(async move {
            while let Ok((stream, _)) = control.accept().await {
                tokio::spawn(take_commands(stream, Arc::clone(&ducked)));
            }
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = meters.accept().await {
                tokio::spawn(send_meters(stream, Arc::clone(&play)));
            }
        });
        Ok(mixer)
    }

    pub(crate) fn control(&self) -> String {
        format!("ws://{}", self.control)
    }

    pub(crate) fn meters(&self) -> String {
        format!("ws://{}", self.meters)
    }

    /// The piece begins.
    pub(crate) fn play(&self) {
        self.play.notify_one();
    }

    #[cfg(test)]
    pub(crate) fn ducked(&self) -> Vec<String> {
        self.ducked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn take_commands(stream: TcpStream, ducked: Ducked) -> Result<(), Error> {
    let mut socket = tokio_tungstenite::accept_async(stream).await?;
    while let Some(message) = socket.next().await {
        if let Message::Text(command) = message?
            && let Some(channel) = command.strip_prefix("duck:")
        {
            ducked.lock().unwrap_or_else(PoisonError::into_inner).push(channel.to_owned());
            socket.send(Message::text(format!("ducked:{channel}"))).await?;
        }
    }
    Ok(())
}

async fn send_meters(stream: TcpStream, play: Arc<Notify>) -> Result<(), Error> {
    let mut socket = tokio_tungstenite::accept_async(stream).await?;
    play.notified().await;
    for (channel, peak) in PIECE {
        socket.send(Message::text(format!("peak:{channel}={peak}"))).await?;
    }
    while socket.next().await.is_some_and(|message| message.is_ok()) {} // until the driver closes
    Ok(())
}
