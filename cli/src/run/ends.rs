//! What ends a run.

use std::io;
use std::time::Duration;

/// Waits for Ctrl-C, for a request to terminate, or until the time is over.
pub(super) async fn ends(after: Option<Duration>) -> io::Result<()> {
    tokio::select! {
        () = over(after) => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
        terminated = terminated() => terminated,
    }
}

async fn over(after: Option<Duration>) {
    match after {
        Some(after) => tokio::time::sleep(after).await,
        None => std::future::pending().await,
    }
}

/// What a service manager or a closed terminal sends.
#[cfg(unix)]
async fn terminated() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut terminate, mut hang_up) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}

/// A closed console window, and the end of the session.
#[cfg(windows)]
async fn terminated() -> io::Result<()> {
    use tokio::signal::windows::{ctrl_close, ctrl_shutdown};

    let (mut close, mut shutdown) = (ctrl_close()?, ctrl_shutdown()?);
    tokio::select! {
        _ = close.recv() => {}
        _ = shutdown.recv() => {}
    }
    Ok(())
}

#[cfg(not(any(unix, windows)))]
async fn terminated() -> io::Result<()> {
    std::future::pending().await
}
