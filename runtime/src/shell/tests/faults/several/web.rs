//! The HTTP server of the device: it answers in every way that an answer can go wrong, until all is well.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use fastrand::Rng;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::time::sleep;

use super::super::ledger::Attempt;

/// The body of an answer, ahead of the number that was asked for.
pub(super) const DETAILS: &str = "details ";

/// Serves one connection until it is at its end.
pub(super) fn serve(pipe: DuplexStream, attempt: Attempt, random: Rng) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        // A connection that breaks is the end of it.
        let _ = run(pipe, &attempt, random).await;
    })
}

async fn run(mut pipe: DuplexStream, attempt: &Attempt, mut random: Rng) -> std::io::Result<()> {
    let mut head = Vec::new();
    loop {
        head.clear();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(pipe.read_u8().await?);
        }
        let text = String::from_utf8_lossy(&head);
        let Some(path) = text.split(' ').nth(1) else { return Ok(()) };
        let number = path.rsplit('/').next().unwrap_or_default().trim_end_matches("?again");
        let body = format!("{DETAILS}{number}");
        let whole = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        let way = if attempt.line.entries().is_healed { 0 } else { random.u8(0..16) };
        attempt.line.tell(|| format!("server: {path}, answer of kind {way}"));
        let answer = match way {
            0..5 => whole,
            5 => format!(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
                &body[..4],
                body.len() - 4,
                &body[4..]
            ),
            6 | 7 => "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy".to_owned(),
            8 => "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n".to_owned(),
            9 => format!("HTTP/1.1 302 Found\r\nLocation: {path}?again\r\nContent-Length: 0\r\n\r\n"),
            10 => {
                // Half an answer, and nothing more or the end.
                pipe.write_all(&whole.as_bytes()[..random.usize(1..whole.len())]).await?;
                return if random.bool() { gone(pipe).await } else { Ok(()) };
            }
            11 => return Ok(()),
            12 => return gone(pipe).await,
            13 => "this is no HTTP\r\n\r\n".to_owned(),
            14 => format!("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{body}"),
            _ => {
                // Slow loris: longer than anybody waits.
                for byte in whole.as_bytes() {
                    pipe.write_all(&[*byte]).await?;
                    sleep(Duration::from_millis(random.u64(10..200))).await;
                }
                String::new()
            }
        };
        pipe.write_all(answer.as_bytes()).await?;
    }
}

/// Says nothing more until the other end has gone.
async fn gone(mut pipe: DuplexStream) -> std::io::Result<()> {
    while pipe.read(&mut [0; 64]).await? > 0 {}
    Ok(())
}
