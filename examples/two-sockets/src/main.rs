//! A driver with two WebSockets: an audio mixer that takes commands on one and sends its meters on the other.
//!
//! ```text
//! cargo run -p two-sockets
//! ```
//!
//! In `mixer.xml` the option `Connection:N` says of each response which socket it comes on, and of the pair which one it
//! goes to. Each connection has its settings, its status and its reconnect: one that is down does not stop the other.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

mod device;

use genlock::{ConnectionState, Error, HookResult};

/// Everything in `mixer.xml`, checked and typed at compile time.
mod mixer {
    genlock::include_protocol!("mixer.xml");
}

use mixer::{connections, params, triggers};

/// Above this peak a channel is turned down.
const TOO_LOUD: f64 = -3.0;

/// The state of one mixer: nothing beyond its parameters.
struct Watchdog;

impl mixer::QActions for Watchdog {
    /// `<QAction id="21" name="Watch Peaks" triggers="21">`: what comes on one socket causes a command on the other.
    fn watch_peaks(cx: &mut mixer::Context<'_, Self>) -> HookResult {
        let (Some(channel), Some(peak)) = (cx.get(params::METERED_CHANNEL), cx.get(params::PEAK)) else {
            return Ok(());
        };
        if peak <= TOO_LOUD {
            return Ok(());
        }
        println!("channel {channel} peaks at {peak} dBFS");
        cx.set(params::CHANNEL, channel)?;
        cx.check_trigger(triggers::DUCK_A_CHANNEL)
    }

    /// `<QAction id="11" name="Count Ducks" triggers="11">`: the mixer has done it.
    fn count_ducks(cx: &mut mixer::Context<'_, Self>) -> HookResult {
        let Some(channel) = cx.get(params::DUCKED_CHANNEL) else { return Ok(()) };
        println!("channel {channel} is turned down");
        let count = cx.get(params::DUCK_COUNT).unwrap_or_default() + 1.0;
        cx.set(params::DUCK_COUNT, count)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let device = device::Mixer::start().await?;
    Ok(watch(&device).await?)
}

/// Lets the driver run until it has turned down two channels.
async fn watch(device: &device::Mixer) -> Result<(), Error> {
    let mixer = mixer::element("mixer 1", Watchdog)
        .connection(connections::CONTROL, |control| control.host(device.control()))
        .connection(connections::METERS, |meters| meters.host(device.meters()))
        .start()
        .await?;
    for connection in [connections::CONTROL, connections::METERS] {
        mixer.watch(connection).wait_for(|link| link.state == ConnectionState::Open).await?;
        println!("{} is open", connection.name());
    }
    device.play();
    mixer.watch(params::DUCK_COUNT).wait_for(|count| *count >= 2.0).await?;
    mixer.stop().await
}

#[cfg(test)]
mod tests {
    use super::device::Mixer;

    #[tokio::test]
    async fn what_is_too_loud_is_turned_down() {
        let device = Mixer::start().await.unwrap();
        super::watch(&device).await.unwrap();
        assert_eq!(device.ducked(), ["2", "5"], "and no other channel");
    }
}
