//! The driver that genlock makes of the connector file.

use anyhow::Result;
use genlock::{ConnectionState, HookResult};
use tokio::sync::oneshot;

use super::Task;
use super::tally::Tally;

/// The connector of the normal WebSocket connection.
mod normal {
    genlock::include_protocol!("../examples/nmos/normal.xml");
}

/// The state of the element.
struct State {
    tally: Tally,
    finished: Option<oneshot::Sender<()>>,
}

impl normal::QActions for State {
    fn parse_response(cx: &mut normal::Context<'_, Self>) -> HookResult {
        let Some(text) = cx.get(normal::params::GENERIC_RESPONSE) else { return Ok(()) };
        if !cx.state.tally.receive(&text)
            && let Some(finished) = cx.state.finished.take()
        {
            // The element may be gone.
            let _ = finished.send(());
        }
        cx.check_trigger(normal::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }
}

pub(crate) async fn run(task: Task) -> Result<()> {
    let (finished, is_finished) = oneshot::channel();
    let state = State { tally: Tally::new(task.messages, task.done), finished: Some(finished) };
    let element = normal::element("bench", state)
        .connection(normal::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://127.0.0.1").port(task.port))
        .start()
        .await?;
    let mut link = element.watch(normal::connections::WEB_SOCKET_CONNECTION);
    link.wait_for(|link| link.state == ConnectionState::Open).await?;
    let _ = task.opened.send(());
    is_finished.await?;
    element.stop().await?;
    Ok(())
}
