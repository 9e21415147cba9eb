//! An HTTP proxy on loopback that knows `CONNECT` only, and writes down what it was asked.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a proxy does with a request.
#[derive(Clone, Copy)]
pub(crate) enum Does {
    /// Connects to the device.
    Connect,
    /// The same when this line is in the request; else it answers 407.
    ConnectFor(&'static str),
    /// Answers with these bytes.
    Answer(&'static str),
}

pub(crate) struct HttpProxy {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

const DENIED: &str = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";

impl HttpProxy {
    /// Starts a proxy that serves until the test ends.
    pub(crate) async fn start(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&requests);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, does, Arc::clone(&log)));
            }
        });
        Self { port, requests }
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, does: Does, log: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { return };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    log.lock().unwrap().push(head.clone());
    let answer = match does {
        Does::Answer(answer) => answer,
        Does::ConnectFor(line) if !head.contains(line) => DENIED,
        Does::Connect | Does::ConnectFor(_) => {
            let target = head.strip_prefix("CONNECT ").unwrap().split(' ').next().unwrap();
            let Ok(mut device) = TcpStream::connect(target).await else { return };
            stream.write_all(b"HTTP/1.0 200 Connection established\r\n\r\n").await.unwrap();
            // Either end may break off.
            let _ = tokio::io::copy_bidirectional(&mut stream, &mut device).await;
            return;
        }
    };
    // A client that has seen enough may be gone.
    let _ = stream.write_all(answer.as_bytes()).await;
}
