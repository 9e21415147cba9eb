//! A WebSocket server for any number of elements: it sends each one what it is told, and reads on.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_tungstenite::tungstenite::Message;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    say: broadcast::Sender<String>,
    open: Arc<AtomicUsize>,
}

impl Server {
    /// A server on a thread of its own, so that what is measured of the elements has none of it.
    pub(crate) fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (say, open) = (broadcast::Sender::new(16), Arc::new(AtomicUsize::new(0)));
        let (heard, counted) = (say.clone(), Arc::clone(&open));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                while let Ok((stream, _)) = listener.accept().await {
                    let (mut heard, counted) = (heard.subscribe(), Arc::clone(&counted));
                    tokio::spawn(async move {
                        let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
                        counted.fetch_add(1, Ordering::SeqCst);
                        loop {
                            tokio::select! {
                                said = heard.recv() => match said {
                                    Ok(text) => drop(socket.send(Message::text(text)).await),
                                    Err(_) => break,
                                },
                                message = socket.next() => if !matches!(message, Some(Ok(_))) { break },
                            }
                        }
                        counted.fetch_sub(1, Ordering::SeqCst);
                    });
                }
            });
        });
        Self { address, say, open }
    }

    pub(crate) fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// How many connections are open now.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// Sends a text on every connection.
    pub(crate) fn say(&self, text: &str) {
        self.say.send(text.to_owned()).unwrap();
    }
}
