//! The loop that one would write without genlock: connect, keep the last message as a parameter does, call the handler,
//! clear the parameter.

use anyhow::{Result, bail};
use futures_util::StreamExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::client_async_with_config;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use super::Task;
use super::tally::Tally;

/// The read buffer that the driver has, so that the comparison is not one of buffers.
const READ_BUFFER: usize = 16 << 10;

/// The parameter of the connector file.
#[derive(Default)]
struct Params {
    generic_response: Option<Utf8Bytes>,
}

pub(crate) async fn run(task: Task) -> Result<()> {
    let stream = TcpStream::connect(("127.0.0.1", task.port)).await?;
    stream.set_nodelay(true)?;
    let url = format!("ws://127.0.0.1:{}/", task.port);
    let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER);
    let (mut socket, _) = client_async_with_config(url, stream, Some(config)).await?;
    let mut tally = Tally::new(task.messages, task.done);
    let mut params = Params::default();
    let _ = task.opened.send(());
    while let Some(message) = socket.next().await {
        match message? {
            Message::Text(text) => {
                params.generic_response = Some(text);
                if !parse_response(&params, &mut tally) {
                    return Ok(());
                }
                params.generic_response = None;
            }
            Message::Close(_) => bail!("the server closed the connection"),
            _ => {}
        }
    }
    bail!("the connection ended")
}

/// What the QAction does.
fn parse_response(params: &Params, tally: &mut Tally) -> bool {
    params.generic_response.as_ref().is_none_or(|text| tally.receive(text))
}
