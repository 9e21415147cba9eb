//! Many elements in one process, with their page and their metrics: a hall of sensors.
//!
//! ```text
//! cargo run -p host                   # then open http://127.0.0.1:8080
//! cargo run -p host -- 127.0.0.1:0    # at a free port
//! ```
//!
//! The driver is the crate `tested`: drivers are libraries, and programs like this one run them. One of the sensors is not
//! there, which the others do not feel. The page is at `/`, a Prometheus server reads `/metrics`.
#![expect(clippy::print_stdout, reason = "this program says what it does")]

mod device;

use std::time::Duration;

use genlock::host::{Defaults, HostedState};
use genlock::inspector::{Inspector, Settings};
use genlock::metrics::Prometheus;
use genlock::{Backoff, Host, Reconnect};

/// How many sensors the hall has.
const SENSORS: u32 = 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let metrics = Prometheus::install()?; // before the first element, which asks for its counters at its start
    let host = Host::new(defaults());
    let page = serve(&address, &host, metrics).await?;
    println!("{} shows the elements, /metrics their metrics; Ctrl-C ends", page.url());

    start(&host, &device::start().await?).await;
    for hosted in host.list() {
        println!("{}: {}", hosted.name, told(&hosted.state));
    }
    // Where signals cannot be had, the program ends at once.
    let _ = tokio::signal::ctrl_c().await;
    page.stop().await;
    Ok(host.stop_all().await?)
}

/// What all elements have in common, unless one says otherwise.
fn defaults() -> Defaults {
    Defaults::default()
        .connections(|link| link.timeout(Duration::from_secs(2)))
        .reconnect(Reconnect::Automatic(Backoff::default().cap(Duration::from_secs(20))))
}

/// The page of the host's elements, whichever they are: those that start later come, those that stop go.
async fn serve(
    address: &str,
    host: &Host,
    metrics: Prometheus,
) -> Result<Inspector, genlock::inspector::InspectorError> {
    Settings::default().text("/metrics", move || metrics.render()).serve(address, host).await
}

/// Starts an element for each sensor of the hall, within a second, and one for a sensor that is not there.
async fn start(host: &Host, hall: &str) {
    let sensors = (1..=SENSORS).map(|rack| tested::driver(&format!("rack {rack:02}"), &format!("{hall}/{rack}")));
    let missing = tested::driver("rack 99", "ws://127.0.0.1:1");
    for error in host.start_all(Duration::from_secs(1), sensors.chain([missing])).await {
        println!("{error}"); // this one did not start; the others run
    }
}

/// Where an element is, in a few words.
fn told(state: &HostedState) -> String {
    let HostedState::Started(status) = state else { return format!("{state:?}") };
    let links = status.connections.iter().map(|link| link.state.to_string());
    format!("{:?}, its connection {}", status.state, links.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use genlock::{AlarmLevel, ConnectionState};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    /// What the page answers to a request for `path`.
    async fn get(page: &Inspector, path: &str) -> String {
        let mut stream = tokio::net::TcpStream::connect(page.address()).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", page.address());
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn the_hall_is_seen_whole() {
        let metrics = Prometheus::install().unwrap();
        let host = Host::new(defaults());
        let page = serve("127.0.0.1:0", &host, metrics).await.unwrap();
        start(&host, &device::start().await.unwrap()).await;

        let [heated, missing] = ["rack 13", "rack 99"].map(|name| host.element(name).unwrap());
        while heated.status().alarms.worst() != AlarmLevel::Critical {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(heated.status().connections[0].state, ConnectionState::Open);
        assert_ne!(missing.status().connections[0].state, ConnectionState::Open);

        assert!(get(&page, "/").await.starts_with("HTTP/1.1 200 OK"));
        let metrics = get(&page, "/metrics").await;
        for line in [
            r#"genlock_connection_up{element="rack 13",connection="Link"} 1"#,
            r#"genlock_connection_up{element="rack 99",connection="Link"} 0"#,
            r#"genlock_alarms{element="rack 13",level="critical"} 1"#,
        ] {
            assert!(metrics.contains(line), "{line} is not in\n{metrics}");
        }
        page.stop().await;
        host.stop_all().await.unwrap();
    }
}
