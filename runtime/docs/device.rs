// The lamp that the guide's examples talk to: a WebSocket server at a free port of this machine. It answers each message
// that is `level` by 75 and each other one by the message itself, for as long as the test runs.

async fn device() -> u16 {
    use futures_util::{SinkExt, StreamExt};

    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let Ok(mut peer) = tokio_tungstenite::accept_async(socket).await else { return };
                while let Some(Ok(message)) = peer.next().await {
                    let answer = match message.to_text() {
                        Ok("level") => "75".into(),
                        _ if message.is_text() || message.is_binary() => message,
                        _ => continue,
                    };
                    if peer.send(answer).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    port
}
