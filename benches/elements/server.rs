//! The server: this program again, as a process of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use flate2::{Compress, Compression, FlushCompress};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::broadcast;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;

use super::Form;
use super::state::MESSAGE;

/// A running server, as its clients see it.
pub(crate) struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    pub(crate) port: u16,
    /// Its certificate, as PEM.
    pub(crate) certificate: String,
}

impl Server {
    pub(crate) fn start(form: Form) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", form.name()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("the server has no output")?).lines();
        let port = lines.next().context("the server did not name its port")??.parse()?;
        let certificate = lines.map_while(Result::ok).take_while(|line| !line.is_empty());
        let certificate = certificate.collect::<Vec<_>>().join("\n");
        Ok(Self { stdin: child.stdin.take(), child, port, certificate })
    }

    /// Lets it send so many messages to each client.
    pub(crate) fn send(&mut self, messages: u32) -> Result<()> {
        let stdin = self.stdin.as_mut().context("the server was stopped already")?;
        writeln!(stdin, "{messages}")?;
        Ok(stdin.flush()?)
    }

    /// Waits until it is gone.
    pub(crate) fn stop(mut self) -> Result<()> {
        self.stdin = None;
        let status = self.child.wait()?;
        ensure!(status.success(), "the server failed: {status}");
        Ok(())
    }
}

/// Serves clients until nobody asks for messages any more.
pub(crate) fn serve(form: Form) -> Result<()> {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    println!("{}\n{}\n", listener.local_addr()?.port(), certified.cert.pem());
    let provider = Arc::new(ring::default_provider());
    let key = certified.signing_key.serialize_der().try_into().map_err(anyhow::Error::msg)?;
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let config = config.with_no_client_auth().with_single_cert(vec![certified.cert.der().clone()], key)?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (orders, _) = broadcast::channel(16);
    let takes_orders = orders.clone();
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, orders) = (acceptor.clone(), takes_orders.subscribe());
            tokio::spawn(async move {
                // A client that goes without a word is no concern of the others.
                let _ = match form {
                    Form::Plain | Form::Compressed => talk(form, stream, orders).await,
                    Form::Tls | Form::TlsOfTheWeb => match acceptor.accept(stream).await {
                        Ok(stream) => talk(form, stream, orders).await,
                        Err(error) => Err(error.into()),
                    },
                };
            });
        }
    });
    let (ended, end) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            // Clients that have gone do not listen.
            let _ = orders.send(line.parse::<u32>().unwrap_or_default());
        }
        let _ = ended.send(());
    });
    Ok(runtime.block_on(end)?)
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    form: Form,
    stream: S,
    mut orders: broadcast::Receiver<u32>,
) -> Result<()> {
    #[expect(clippy::result_large_err, reason = "the type is tungstenite's")]
    let answer = |_: &Request, mut response: Response| {
        if form == Form::Compressed {
            let accepted = HeaderValue::from_static("permessage-deflate");
            response.headers_mut().insert("Sec-WebSocket-Extensions", accepted);
        }
        Ok(response)
    };
    let mut stream = accept_hdr_async(stream, answer).await?.into_inner();
    let mut compress = Compress::new(Compression::default(), false);
    let mut nothing = [0; 64];
    loop {
        tokio::select! {
            order = orders.recv() => {
                for _ in 0..order? {
                    stream.write_all(&frame(form, &mut compress)?).await?;
                }
                stream.flush().await?;
            }
            // What a client says is of no interest, but that it has gone is.
            read = stream.read(&mut nothing) => {
                if read? == 0 {
                    bail!("the client is gone");
                }
            }
        }
    }
}

/// The message as a frame.
fn frame(form: Form, compress: &mut Compress) -> Result<Vec<u8>> {
    if form != Form::Compressed {
        let length = u16::try_from(MESSAGE.len())?.to_be_bytes();
        return Ok([&[0x81, 126], length.as_slice(), MESSAGE.as_bytes()].concat());
    }
    let mut payload = Vec::with_capacity(1024);
    compress.compress_vec(MESSAGE.as_bytes(), &mut payload, FlushCompress::Sync)?;
    payload.truncate(payload.len().saturating_sub(4)); // RFC 7692, section 7.2.1
    let mut frame = match u8::try_from(payload.len()) {
        Ok(length @ ..=125) => vec![0xc1, length],
        _ => [&[0xc1, 126], u16::try_from(payload.len())?.to_be_bytes().as_slice()].concat(),
    };
    frame.append(&mut payload);
    Ok(frame)
}
