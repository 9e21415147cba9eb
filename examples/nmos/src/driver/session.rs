//! The IS-07 session of the small connector files, which have neither timers nor a subscription: the program sends the
//! commands through their one pair.

use std::time::Duration;

use genlock::{ConnectionState, ConnectionStatus, Error, Watch};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::is07::Command;

/// How often a `health` command is due (IS-07 "Transport - Websocket", section 4.1).
const HEALTH_PERIOD: Duration = Duration::from_secs(5);

/// The source that is subscribed to, the same as `nmos.xml` has by default.
const SOURCE: &str = "11111111-1111-4111-8111-111111111111";

/// Subscribes whenever the connection opens, and sends `health` while it is open; until the element stops.
pub(crate) async fn keep_session(
    mut connection: Watch<ConnectionStatus>,
    send: impl AsyncFn(String) -> Result<(), Error>,
) {
    // The only way out is the end of the element.
    while let Ok(status) = connection.wait_for(|status| status.state == ConnectionState::Open).await {
        // A command that fails has lost its connection; the next one is announced by the watch.
        let _ = converse(&mut connection, status.opened, &send).await;
    }
}

/// Speaks on one connection, the `opened`-th, until it is lost. The watch may join a loss and the opening after it.
async fn converse(
    connection: &mut Watch<ConnectionStatus>,
    opened: u32,
    send: &impl AsyncFn(String) -> Result<(), Error>,
) -> genlock::HookResult {
    let subscription = Command::Subscription { sources: vec![SOURCE.to_owned()] };
    send(subscription.to_json()?).await?;
    let mut beats = interval_at(Instant::now() + HEALTH_PERIOD, HEALTH_PERIOD);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beats.tick() => send(Command::health_now().to_json()?).await?,
            status = connection.changed() => {
                let status = status?;
                if status.state != ConnectionState::Open || status.opened != opened {
                    return Ok(());
                }
            }
        }
    }
}
