//! A router with 16 inputs and 16 outputs, to run the driver against.

use std::io;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::{Error, Message};

const SIZE: usize = 16;

/// Starts the router on a free port; gives its address.
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

async fn serve(stream: TcpStream) -> Result<(), Error> {
    let mut socket = tokio_tungstenite::accept_async(stream).await?;
    let mut inputs = [1; SIZE]; // of each output; at first all show input 1
    while let Some(message) = socket.next().await {
        if let Message::Text(command) = message? {
            socket.send(Message::text(answer(&command, &mut inputs))).await?;
        }
    }
    Ok(())
}

/// `ask:OUTPUT` and `take:INPUT>OUTPUT` are answered with `output:OUTPUT=INPUT`.
fn answer(command: &str, inputs: &mut [usize; SIZE]) -> String {
    let taken = command.strip_prefix("take:").and_then(|taken| taken.split_once('>'));
    let (input, output) = match (command.strip_prefix("ask:"), taken) {
        (Some(output), _) => (None, output),
        (None, Some((input, output))) => (Some(input), output),
        (None, None) => return "no:this is no command".to_owned(),
    };
    let position = output.parse::<usize>().unwrap_or_default().wrapping_sub(1);
    let Some(shown) = inputs.get_mut(position) else { return format!("no:there is no output {output}") };
    if let Some(input) = input {
        match input.parse() {
            Ok(number @ 1..=SIZE) => *shown = number,
            _ => return format!("no:there is no input {input}"),
        }
    }
    format!("output:{output}={shown}")
}
