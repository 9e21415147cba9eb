//! The loops that one would write without genlock: connect, keep the last message as a parameter does, call the handler,
//! clear the parameter.

use anyhow::{Context as _, Result, bail};
use bytes::{Buf as _, BytesMut};
use flate2::{Decompress, FlushDecompress};
use futures_util::StreamExt as _;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::Task;
use super::server::{Form, TAIL};
use super::tally::Tally;

/// The parameter of the connector file.
#[derive(Default)]
struct Params<T> {
    generic_response: Option<T>,
}

/// One read takes `read_buffer` bytes.
pub(crate) async fn run(task: Task, read_buffer: usize) -> Result<()> {
    match task.form {
        Form::Plain => plain(task, read_buffer).await,
        Form::Compressed => compressed(task, read_buffer).await,
    }
}

async fn connect(task: &Task, read_buffer: usize) -> Result<WebSocketStream<TcpStream>> {
    let stream = TcpStream::connect(("127.0.0.1", task.port)).await?;
    stream.set_nodelay(true)?;
    let mut request = format!("ws://127.0.0.1:{}/", task.port).into_client_request()?;
    if task.form == Form::Compressed {
        let offer = HeaderValue::from_static("permessage-deflate");
        request.headers_mut().insert("Sec-WebSocket-Extensions", offer);
    }
    let config = WebSocketConfig::default().read_buffer_size(read_buffer);
    Ok(client_async_with_config(request, stream, Some(config)).await?.0)
}

/// A loop over tokio-tungstenite.
async fn plain(task: Task, read_buffer: usize) -> Result<()> {
    let mut socket = connect(&task, read_buffer).await?;
    let mut tally = Tally::new(task.messages, task.done);
    let mut params = Params::<Utf8Bytes>::default();
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

/// tokio-tungstenite has no permessage-deflate, so this is a loop over the bytes that knows nothing but what this server
/// sends: no pings, no fragments, no close. It is less than a driver could do with.
async fn compressed(task: Task, read_buffer: usize) -> Result<()> {
    let mut stream = connect(&task, read_buffer).await?.into_inner(); // nothing was sent behind the 101
    let mut tally = Tally::new(task.messages, task.done);
    let mut params = Params::<String>::default();
    let mut received = BytesMut::with_capacity(read_buffer);
    let mut inflate = Decompress::new(false);
    let mut memory = Vec::with_capacity(read_buffer);
    let _ = task.opened.send(());
    loop {
        while let Some(payload) = next_payload(&mut received)? {
            inflate.reset(false); // server_no_context_takeover
            inflate.decompress_vec(&payload, &mut memory, FlushDecompress::Sync)?;
            inflate.decompress_vec(&TAIL, &mut memory, FlushDecompress::Sync)?;
            params.generic_response = Some(String::from_utf8(memory)?);
            if !parse_response(&params, &mut tally) {
                return Ok(());
            }
            memory = params.generic_response.take().unwrap_or_default().into_bytes();
            memory.clear();
        }
        received.reserve(read_buffer);
        if stream.read_buf(&mut received).await? == 0 {
            bail!("the connection ended");
        }
    }
}

/// Takes the payload of a whole compressed text message.
fn next_payload(received: &mut BytesMut) -> Result<Option<BytesMut>> {
    let mut head = std::io::Cursor::new(&**received);
    let Some((header, length)) = FrameHeader::parse(&mut head)? else { return Ok(None) };
    let (head, length) = (usize::try_from(head.position())?, usize::try_from(length)?);
    if received.len() < head + length {
        return Ok(None);
    }
    let is_known = header.is_final && header.rsv1 && header.opcode == OpCode::Data(Data::Text);
    is_known.then_some(()).context("a frame that is no compressed text")?;
    received.advance(head);
    Ok(Some(received.split_to(length)))
}

/// What the QAction does.
fn parse_response<T: AsRef<str>>(params: &Params<T>, tally: &mut Tally) -> bool {
    params.generic_response.as_ref().is_none_or(|text| tally.receive(text.as_ref()))
}
