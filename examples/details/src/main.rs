//! Prints the details of whatever changes until Ctrl-C.
//!
//! ```text
//! cargo run -p details -- 127.0.0.1 8050
//! ```
#![expect(clippy::print_stdout, reason = "printing details is what this program is for")]

use details::Driver;
use details::protocol::{self, connections};

#[tokio::main]
async fn main() -> Result<(), genlock::Error> {
    let mut arguments = std::env::args().skip(1);
    let host = arguments.next().unwrap_or_else(|| "127.0.0.1".to_owned());
    let port = arguments.next().and_then(|port| port.parse().ok()).unwrap_or(8050);

    let driver = Driver(|status: &str, details: &str| println!("{status}: {details}"));
    let element = protocol::element("device", driver)
        .connection(connections::CHANGES, |changes| changes.host(format!("ws://{host}/changes")).port(port))
        .connection(connections::DETAILS, |details| details.host(format!("http://{host}")).port(port))
        .start()
        .await?;
    // Where signals cannot be had, the program ends at once.
    let _ = tokio::signal::ctrl_c().await;
    element.stop().await
}
