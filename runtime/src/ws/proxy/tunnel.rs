//! The tunnel through an HTTP proxy: `CONNECT` (RFC 9110, section 9.3.6).

use data_encoding::BASE64;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::ProxyError;
use super::server::{Credentials, ProxyServer};
use crate::ws::handshake::{AnswerHead, AnswerReader};

/// The largest head of an answer, in bytes.
const HEAD_BYTES: usize = 16 << 10;

/// How many bytes one read takes at most.
const READ: usize = 1024;

/// Asks the proxy for a tunnel to the device.
pub(super) async fn open(
    mut stream: TcpStream,
    proxy: &ProxyServer,
    host: &str,
    port: u16,
) -> Result<TcpStream, ProxyError> {
    let target = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    let broke = |error| ProxyError::Io { proxy: proxy.to_string(), error };
    let wrong = |error| ProxyError::Answer { proxy: proxy.to_string(), error };
    stream.write_all(request(&target, proxy.credentials.as_ref()).as_bytes()).await.map_err(broke)?;

    let mut answer = AnswerReader::new(HEAD_BYTES);
    let mut chunk = [0; READ];
    let head = loop {
        let len = stream.read(&mut chunk).await.map_err(broke)?;
        if let Some(head) = answer.receive(chunk.get(..len).unwrap_or_default()).map_err(wrong)? {
            break head;
        }
    };
    if !(200..300).contains(&head.status) {
        return Err(refusal(&head, proxy, target));
    }
    // The device speaks only after us, so these bytes are the proxy's own; a browser fails such a tunnel, too.
    if !answer.into_rest().is_empty() {
        return Err(ProxyError::Data { proxy: proxy.to_string() });
    }
    Ok(stream)
}

/// The engine made the host, and checked it: it breaks no line.
fn request(target: &str, credentials: Option<&Credentials>) -> String {
    let authorization = credentials.map(|Credentials { user, password }| {
        format!("Proxy-Authorization: Basic {}\r\n", BASE64.encode(format!("{user}:{password}").as_bytes()))
    });
    format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{}\r\n", authorization.unwrap_or_default())
}

fn refusal(head: &AnswerHead, proxy: &ProxyServer, target: String) -> ProxyError {
    let proxy_name = proxy.to_string();
    if head.status != 407 {
        return ProxyError::Refused { proxy: proxy_name, target, why: head.status_line().escape_debug().to_string() };
    }
    let schemes: Vec<&str> =
        head.values("Proxy-Authenticate").filter_map(|value| value.split_whitespace().next()).collect();
    if !schemes.is_empty() && !schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case("Basic")) {
        let schemes = schemes.join(", ").escape_debug().to_string();
        return ProxyError::SchemeNotSupported { proxy: proxy_name, schemes };
    }
    if proxy.credentials.is_some() {
        ProxyError::CredentialsRefused { proxy: proxy_name }
    } else {
        ProxyError::CredentialsWanted { proxy: proxy_name }
    }
}
