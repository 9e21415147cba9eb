//! A hall of sensors behind one address, to run elements against: the path says which sensor it is.

use std::io;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::server::{Callback, ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::{Error, Message};

/// The rack that is too hot.
const HOT_RACK: &str = "/13";

/// Starts the hall on a free port; gives its address.
pub(crate) async fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("ws://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    Ok(url)
}

/// Notes the path that was asked for.
struct Path<'p>(&'p mut String);

impl Callback for Path<'_> {
    fn on_request(self, request: &Request, response: Response) -> Result<Response, ErrorResponse> {
        request.uri().path().clone_into(self.0);
        Ok(response)
    }
}

async fn serve(stream: TcpStream) -> Result<(), Error> {
    let mut path = String::new();
    let mut socket = tokio_tungstenite::accept_hdr_async(stream, Path(&mut path)).await?;
    let temperature = if path == HOT_RACK { 63.5 } else { 24.5 };
    while let Some(message) = socket.next().await {
        if message? == Message::text("subscribe temperature") {
            socket.send(Message::text(format!("temperature {temperature}"))).await?;
        }
    }
    Ok(())
}
