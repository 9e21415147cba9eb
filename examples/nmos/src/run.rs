//! One run: a device if none is given, a driver, a while, a clean stop, the figures.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use genlock::Protocol;
use genlock::inspector::{self, InspectorError};
use tokio::time::{Instant, sleep, sleep_until};

use crate::device::{Device, Ledger};
use crate::driver::{self, Figures, Receiver, Started};
use crate::is07::Timestamp;
use crate::log::{Actor, Log};
use crate::plan::{Connector, Plan};
use crate::report::Report;
use crate::summary::{Messages, Summary};

/// How long the last states may take from the device to the driver.
const ON_THE_WAY: Duration = Duration::from_secs(1);

/// Why there was no run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// No device could be started.
    #[error("the device did not start: {0}")]
    Device(#[from] io::Error),
    /// The driver could not be started, or failed.
    #[error("the driver failed: {0}")]
    Driver(#[from] genlock::Error),
    /// The element's page could not be served.
    #[error(transparent)]
    Page(#[from] InspectorError),
    /// The device in this process has an address that is no URL.
    #[error(transparent)]
    Target(#[from] crate::target::InvalidTarget),
}

/// Runs `plan`, or the part of it that fits in before `interrupted` is done.
pub async fn run(plan: Plan, log: &Log, interrupted: impl Future) -> Result<Summary, RunError> {
    let Plan { connector, target, duration, page, device } = plan;
    let drop_planned = target.is_none() && device.drop_after.is_some_and(|after| after < duration);
    let (target, embedded) = if let Some(target) = target {
        (target, None)
    } else {
        let device = Device::start(device, log.clone()).await?;
        (device.url().parse()?, Some(device))
    };
    let ledger = embedded.as_ref().map(|device| device.ledger().clone());
    let receiver = Receiver::new(ledger.clone());
    let watch = Watch { figures: receiver.figures(), ledger, log: log.clone(), until: Instant::now() + duration, page };

    log.line(Actor::Driver, "starting", format_args!("{}, {}", connector.file(), connector.use_case()));
    let summary = match connector {
        Connector::Reference => watch.over(driver::reference::start(&target, receiver).await, interrupted).await,
        Connector::Normal => watch.over(driver::normal::start(&target, receiver).await, interrupted).await,
        Connector::DynamicIp => watch.over(driver::dynamic_ip::start(&target, receiver).await, interrupted).await,
        Connector::CustomHandshake => {
            watch.over(driver::custom_handshake::start(&target, receiver).await, interrupted).await
        }
        Connector::CustomHandshakeDynamicIp => {
            watch.over(driver::custom_handshake_dynamic_ip::start(&target, receiver).await, interrupted).await
        }
    };
    if let Some(device) = embedded {
        device.stop().await?;
    }
    let device = target.url().to_owned();
    Ok(Summary {
        connector: connector.file().to_owned(),
        use_case: connector.use_case(),
        device,
        drop_planned,
        ..summary?
    })
}

/// What watches over a running element.
struct Watch {
    figures: Arc<Figures>,
    ledger: Option<Ledger>,
    log: Log,
    until: Instant,
    page: Option<SocketAddr>,
}

impl Watch {
    /// Lets the element run, stops it and gathers the figures.
    async fn over<P: Protocol>(self, started: Started<P>, interrupted: impl Future) -> Result<Summary, RunError> {
        let (element, events) = started?;
        let page = match self.page {
            Some(address) => Some(inspector::serve(address, [&element]).await?),
            None => None,
        };
        if let Some(page) = &page {
            self.log.line(Actor::Driver, "page", page.url());
        }
        let report = tokio::spawn(Report::default().follow(events, self.log.clone()));
        tokio::select! {
            () = sleep_until(self.until) => self.log.line(Actor::Driver, "stopping", "the time is over"),
            _ = interrupted => self.log.line(Actor::Driver, "stopping", "interrupted"),
        }
        let states_lost = self.states_lost().await;
        let counters = element.counters().await?;
        if let Some(page) = page {
            page.stop().await;
        }
        element.stop().await?;
        let report = report.await.map_err(io::Error::from)?;

        let count = |figure: &AtomicU64| figure.load(Ordering::Relaxed);
        Ok(Summary {
            open: counters.opened,
            reconnects: counters.reconnects,
            down: report.down,
            subscriptions: report.subscriptions,
            health_sent: report.health_sent,
            health: count(&self.figures.health),
            slowest_health: Duration::from_micros(count(&self.figures.slowest_health_us)),
            states: self.figures.states(),
            states_on: count(&self.figures.states_on),
            states_off: count(&self.figures.states_off),
            received: Messages { all: counters.messages_received, compressed: counters.compressed_received },
            sent: Messages { all: counters.messages_sent, compressed: counters.compressed_sent },
            lost: states_lost + counters.lost,
            unreadable: count(&self.figures.unreadable),
            ..Summary::default()
        })
    }

    /// How many of the states that the device has sent until now never arrive.
    async fn states_lost(&self) -> u64 {
        let Some(ledger) = &self.ledger else { return 0 };
        let (until, deadline) = (Timestamp::now(), Instant::now() + ON_THE_WAY);
        while ledger.outstanding(until) > 0 && Instant::now() < deadline {
            sleep(Duration::from_millis(10)).await;
        }
        ledger.outstanding(until)
    }
}
