//! Many elements in one process: a hall of sensors, with their states and their metrics.
//!
//! ```text
//! cargo run -p host
//! ```
//!
//! The driver is the crate `tested`: drivers are libraries, and programs like this one run them. One of the sensors is not
//! there, which the others do not feel.
#![expect(clippy::print_stdout, reason = "printing states and metrics is what this program is for")]

mod device;

use std::time::Duration;

use genlock::host::{Defaults, Hosted, HostedState};
use genlock::metrics::Prometheus;
use genlock::{AlarmLevel, Backoff, ConnectionState, Host, Reconnect};

/// How many sensors the hall has.
const SENSORS: u32 = 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let metrics = Prometheus::install()?; // before the first element, which asks for its counters at its start
    let host = start().await?;
    while !is_settled(&host) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for hosted in host.list() {
        println!("{}", line(&hosted));
    }
    let page = metrics.render();
    for alarm in page.lines().filter(|line| line.contains(r#"level="critical""#) && line.ends_with(" 1")) {
        println!("{alarm}");
    }
    println!("{} lines of metrics", page.lines().count());
    Ok(host.stop_all().await?)
}

/// Starts an element for each sensor of the hall, within a second, and one for a sensor that is not there.
async fn start() -> Result<Host, Box<dyn std::error::Error>> {
    let hall = device::start().await?;
    // What all of them have in common, unless one says otherwise.
    let defaults = Defaults::default()
        .connections(|link| link.timeout(Duration::from_secs(2)))
        .reconnect(Reconnect::Automatic(Backoff::default().cap(Duration::from_secs(20))));
    let host = Host::new(defaults);

    let sensors = (1..=SENSORS).map(|rack| tested::driver(&format!("rack {rack:02}"), &format!("{hall}/{rack}")));
    let missing = tested::driver("rack 99", "ws://127.0.0.1:1");
    for error in host.start_all(Duration::from_secs(1), sensors.chain([missing])).await {
        println!("{error}"); // this one did not start; the others run
    }
    Ok(host)
}

/// Whether every sensor that is there has told its temperature.
fn is_settled(host: &Host) -> bool {
    let told = |hosted: &Hosted| match &hosted.state {
        HostedState::Started(status) => {
            let is_missing =
                status.connections.iter().any(|link| matches!(link.state, ConnectionState::Backoff { .. }));
            // The link and the temperature are monitored.
            is_missing || status.alarms.iter().map(|(_, count)| count).sum::<u32>() == 2
        }
        _ => false,
    };
    host.list().iter().all(told)
}

/// A line of the list: the element, its connection, its worst alarm.
fn line(hosted: &Hosted) -> String {
    let HostedState::Started(status) = &hosted.state else { return format!("{}: {:?}", hosted.name, hosted.state) };
    let links: Vec<String> = status.connections.iter().map(|link| link.state.to_string()).collect();
    let alarm = match status.alarms.worst() {
        AlarmLevel::Undefined | AlarmLevel::Normal => String::new(),
        level => format!(", {level:?}"),
    };
    format!("{}: {}{alarm}", hosted.name, links.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_hall_is_seen_whole() {
        let host = start().await.unwrap();
        while !is_settled(&host) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let lines: Vec<String> = host.list().iter().map(line).collect();
        assert_eq!(lines.len(), 21);
        assert_eq!(lines[0], "rack 01: open");
        assert_eq!(lines[12], "rack 13: open, Critical");
        assert!(lines[20].starts_with("rack 99: closed, next attempt in "), "{}", lines[20]);
        host.stop_all().await.unwrap();
    }
}
