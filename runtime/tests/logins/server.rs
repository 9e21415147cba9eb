//! A device that wants to know who asks, on every connection and for every request: HTTP by hand, and its own reading of
//! RFC 7616, so that both ends can't have the same fault.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use data_encoding::{BASE64, HEXLOWER};
use futures_util::StreamExt as _;
use md5::Md5;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

pub(crate) const USER: &str = "operator";
pub(crate) const PASSWORD: &str = "se:cret \u{fc}";

/// What the device asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wants {
    Basic,
    /// Digest with this algorithm; each nonce is good for so many requests.
    Digest(&'static str, u32),
}

/// A request, and what became of it: its first line, its `Authorization` up to the first space, the status.
pub(crate) type Served = (String, String, u16);

pub(crate) struct Device {
    pub(crate) address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    wants: Wants,
    /// The nonces, and how often each was used.
    nonces: HashMap<String, u32>,
    served: Vec<Served>,
    /// What cuts the open WebSockets.
    cut: Arc<tokio::sync::Notify>,
}

impl Device {
    /// Starts a device that serves until the test ends.
    pub(crate) async fn start(wants: Wants) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (nonces, served, cut) = (HashMap::new(), Vec::new(), Arc::default());
        let state = Arc::new(Mutex::new(State { wants, nonces, served, cut }));
        let own = Arc::clone(&state);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&own)));
            }
        });
        Self { address, state }
    }

    /// What was served since the last look.
    pub(crate) fn served(&self) -> Vec<Served> {
        std::mem::take(&mut self.state.lock().unwrap().served)
    }

    /// Ends all WebSockets without a word.
    pub(crate) fn cut(&self) {
        self.state.lock().unwrap().cut.notify_waiters();
    }

    /// Forgets all nonces, as a device does that starts anew.
    pub(crate) fn restart(&self) {
        self.state.lock().unwrap().nonces.clear();
    }
}

/// Requests one after the other, until the client is gone.
async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let Ok(byte) = stream.read_u8().await else { return };
            head.push(byte);
        }
        let head = String::from_utf8(head).unwrap();
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
        };
        let line = head.lines().next().unwrap().to_owned();
        let authorization = header("Authorization").unwrap_or_default();
        let asks = state.lock().unwrap().judge(&line, &authorization);
        let key = header("Sec-WebSocket-Key");
        let (status, answer) = match (asks, key.as_deref()) {
            (Some(challenge), _) => (401, refusal(&challenge)),
            (None, Some(key)) => (101, upgrade(key)),
            (None, None) => (200, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine".to_owned()),
        };
        let scheme = authorization.split(' ').next().unwrap_or_default().to_owned();
        let cut = {
            let mut state = state.lock().unwrap();
            state.served.push((line, scheme, status));
            Arc::clone(&state.cut)
        };
        let cut = cut.notified();
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        if status == 101 {
            let mut socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
            let reading = async { while socket.next().await.is_some_and(|message| message.is_ok()) {} };
            tokio::select! { () = cut => {}, () = reading => {} }
            return;
        }
        if key.is_some() {
            return; // who is refused an upgrade dials again
        }
    }
}

fn upgrade(key: &str) -> String {
    let accept = derive_accept_key(key.as_bytes());
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
    )
}

fn refusal(challenge: &str) -> String {
    format!("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: {challenge}\r\nContent-Length: 12\r\n\r\nwho are you?")
}

impl State {
    /// What a request must answer first; none when it may pass.
    fn judge(&mut self, line: &str, authorization: &str) -> Option<String> {
        let Wants::Digest(algorithm, uses) = self.wants else {
            let passes = BASE64.encode(format!("{USER}:{PASSWORD}").as_bytes());
            return (authorization != format!("Basic {passes}")).then(|| "Basic realm=\"device\"".to_owned());
        };
        let mut stale = "";
        if let Some(proof) = authorization.strip_prefix("Digest ") {
            let proof = parameters(proof);
            let of = |name: &str| proof.get(name).map(String::as_str).unwrap_or_default();
            let [verb, target, _] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("no request: {line}") };
            assert_eq!((of("uri"), of("realm"), of("qop")), (target, "a \"device\"", "auth"), "{authorization}");
            assert_eq!((of("opaque"), of("algorithm")), ("o=1, p", algorithm), "{authorization}");
            let is_right = of("username") == USER && of("response") == response(algorithm, verb, &of);
            let count = u32::from_str_radix(of("nc"), 16).unwrap();
            match self.nonces.get_mut(of("nonce")) {
                Some(last) if is_right && count == *last + 1 && count <= uses => {
                    *last = count;
                    return None;
                }
                // RFC 7616, section 3.3: right but for the nonce.
                _ if is_right => stale = ", stale=true",
                _ => {}
            }
        }
        let nonce = format!("nonce-{}-{}", std::process::id(), self.served.len() + 1000 * self.nonces.len());
        let challenge = format!(
            "Digest realm=\"a \\\"device\\\"\", qop=\"auth,auth-int\", algorithm={algorithm}, nonce=\"{nonce}\", \
             opaque=\"o=1, p\"{stale}"
        );
        self.nonces.insert(nonce, 0);
        Some(challenge)
    }
}

/// RFC 7616, section 3.4.1, word for word.
fn response<'a>(algorithm: &str, verb: &str, of: &impl Fn(&str) -> &'a str) -> String {
    let h = |data: String| {
        let is_md5 = algorithm.starts_with("MD5");
        if is_md5 { HEXLOWER.encode(&Md5::digest(data)) } else { HEXLOWER.encode(&Sha256::digest(data)) }
    };
    let mut a1 = format!("{USER}:{}:{PASSWORD}", of("realm"));
    if algorithm.ends_with("-sess") {
        a1 = format!("{}:{}:{}", h(a1), of("nonce"), of("cnonce"));
    }
    let a2 = format!("{verb}:{}", of("uri"));
    let kd = |secret: String, data: String| h(format!("{secret}:{data}"));
    kd(h(a1), format!("{}:{}:{}:{}:{}", of("nonce"), of("nc"), of("cnonce"), of("qop"), h(a2)))
}

/// Names and values, of which the quoted ones are unquoted.
fn parameters(text: &str) -> HashMap<String, String> {
    let (mut found, mut rest) = (HashMap::new(), text);
    while let Some((name, value)) = rest.split_once('=') {
        let mut text = String::new();
        let mut chars = value.char_indices();
        let mut quoted = false;
        let mut end = value.len();
        while let Some((at, char)) = chars.next() {
            match char {
                '"' => quoted = !quoted,
                '\\' if quoted => text.extend(chars.next().map(|(_, char)| char)),
                ',' if !quoted => {
                    end = at + 1;
                    break;
                }
                char => text.push(char),
            }
        }
        let earlier = found.insert(name.trim().to_owned(), text.trim().to_owned());
        assert_eq!(earlier, None, "{name} stands there twice");
        rest = value.get(end..).unwrap_or_default();
    }
    found
}
