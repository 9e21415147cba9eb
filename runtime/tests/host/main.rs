//! Elements of a host over real sockets on loopback: what happens to one is not felt by another.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test; clippy knows only `#[test]` functions as such"
)]
#![expect(clippy::disallowed_methods, reason = "the bound on a test is not the engine's")]

mod apart;
mod listed;
mod server;
mod spread;
mod thousand;

use std::future::Future;
use std::time::Duration;

/// The reference driver, as a user's crate has it.
mod nmos {
    genlock::include_protocol!("../examples/nmos/nmos.xml");
}

/// Another connector, of a request and its answer.
mod lamp {
    genlock::include_protocol!("docs/lamp.xml");
}

/// One bound for all tests, which none of them comes near.
async fn bounded<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(120), test).await.expect("nothing hangs")
}

/// Waits until `held` is true.
async fn until(mut held: impl FnMut() -> bool) {
    bounded(async {
        while !held() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await;
}
