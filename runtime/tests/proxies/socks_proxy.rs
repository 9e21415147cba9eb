//! A SOCKS5 proxy on loopback (RFC 1928, RFC 1929) that writes down where it was asked to connect to.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a proxy asks and answers.
#[derive(Clone, Copy)]
pub(crate) struct Does {
    /// Who may use it; nobody is asked without.
    pub(crate) credentials: Option<(&'static str, &'static str)>,
    /// The reply (RFC 1928, section 6): 0 connects.
    pub(crate) reply: u8,
}

pub(crate) struct SocksProxy {
    pub(crate) port: u16,
    targets: Arc<Mutex<Vec<String>>>,
}

impl SocksProxy {
    /// Starts a proxy that serves until the test ends.
    pub(crate) async fn start(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let targets = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&targets);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, does, Arc::clone(&log)));
            }
        });
        Self { port, targets }
    }

    /// Where it was asked to connect to so far.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.targets.lock().unwrap().clone()
    }
}

async fn bytes(stream: &mut TcpStream, len: u8) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; len.into()];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn text(stream: &mut TcpStream) -> io::Result<String> {
    let len = stream.read_u8().await?;
    Ok(String::from_utf8(bytes(stream, len).await?).unwrap())
}

async fn serve(mut stream: TcpStream, does: Does, log: Arc<Mutex<Vec<String>>>) -> io::Result<()> {
    assert_eq!(stream.read_u8().await?, 5);
    let count = stream.read_u8().await?;
    let methods = bytes(&mut stream, count).await?;
    let method = if does.credentials.is_some() { 2 } else { 0 };
    if !methods.contains(&method) {
        return stream.write_all(&[5, 0xff]).await;
    }
    stream.write_all(&[5, method]).await?;
    if let Some((user, password)) = does.credentials {
        assert_eq!(stream.read_u8().await?, 1);
        let known = text(&mut stream).await? == user && text(&mut stream).await? == password;
        stream.write_all(&[1, u8::from(!known)]).await?;
        if !known {
            return Ok(());
        }
    }
    let mut request = [0; 4];
    stream.read_exact(&mut request).await?;
    let host = match request {
        [5, 1, 0, 1] => Ipv4Addr::from(stream.read_u32().await?).to_string(),
        [5, 1, 0, 3] => text(&mut stream).await?,
        [5, 1, 0, 4] => format!("[{}]", Ipv6Addr::from(stream.read_u128().await?)),
        other => panic!("{other:?}"),
    };
    let target = format!("{host}:{}", stream.read_u16().await?);
    log.lock().unwrap().push(target.clone());
    let device = if does.reply == 0 { TcpStream::connect(target).await.map_err(|_| 5) } else { Err(does.reply) };
    let reply = device.as_ref().err().copied().unwrap_or_default();
    stream.write_all(&[5, reply, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    if let Ok(mut device) = device {
        tokio::io::copy_bidirectional(&mut stream, &mut device).await?;
    }
    Ok(())
}
