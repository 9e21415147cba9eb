//! The drivers that genlock makes of the connector files.

use anyhow::{Result, ensure};
use genlock::{ConnectionState, HookResult};
use tokio::sync::oneshot;

use super::Task;
use super::server::Form;
use super::tally::Tally;

/// The connector of the normal WebSocket connection.
mod normal {
    genlock::include_protocol!("../examples/nmos/normal.xml");
}

/// The one whose handshake offers permessage-deflate.
mod custom_handshake {
    genlock::include_protocol!("../examples/nmos/custom-handshake.xml");
}

/// The state of the element.
struct State {
    tally: Tally,
    finished: Option<oneshot::Sender<()>>,
}

impl State {
    fn receive(&mut self, text: &str) {
        if !self.tally.receive(text)
            && let Some(finished) = self.finished.take()
        {
            // The element may be gone.
            let _ = finished.send(());
        }
    }
}

/// The hook of a connector and how its element is run. The connectors have types of their own, and the same names.
macro_rules! driver {
    ($connector:ident, $run:ident) => {
        impl $connector::QActions for State {
            fn parse_response(cx: &mut $connector::Context<'_, Self>) -> HookResult {
                let Some(text) = cx.get($connector::params::GENERIC_RESPONSE) else { return Ok(()) };
                cx.state.receive(&text);
                cx.check_trigger($connector::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
            }
        }

        async fn $run(task: Task) -> Result<()> {
            let (finished, is_finished) = oneshot::channel();
            let state = State { tally: Tally::new(task.messages, task.done), finished: Some(finished) };
            let connection = $connector::connections::WEB_SOCKET_CONNECTION;
            let element = $connector::element("bench", state)
                .connection(connection, |settings| settings.host("ws://127.0.0.1").port(task.port))
                .start()
                .await?;
            element.watch(connection).wait_for(|link| link.state == ConnectionState::Open).await?;
            let _ = task.opened.send(());
            is_finished.await?;
            let counters = element.counters().await?;
            let compressed = if task.form == Form::Compressed { counters.messages_received } else { 0 };
            ensure!(counters.compressed_received == compressed, "not what was to be measured: {counters:?}");
            element.stop().await?;
            Ok(())
        }
    };
}

driver!(normal, run_normal);
driver!(custom_handshake, run_custom_handshake);

pub(crate) async fn run(task: Task) -> Result<()> {
    match task.form {
        Form::Plain => run_normal(task).await,
        Form::Compressed => run_custom_handshake(task).await,
    }
}
