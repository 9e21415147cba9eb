//! A lamp on `localhost` whose driver does nothing, for tests of what lies between the two.

use std::time::Duration;

use genlock::{Backoff, ConnectionSettings, ConnectionState, ElementBuilder, Reconnect};

pub(crate) mod lamp {
    genlock::include_protocol!("docs/lamp.xml");
}

pub(crate) const LINK: genlock::Connection<lamp::Protocol> = lamp::connections::LINK;

/// A driver that does nothing.
pub(crate) struct Driver;

impl lamp::QActions for Driver {
    fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }
}

/// One bound for all tests, which none of them comes near.
pub(crate) async fn bounded<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(120), test).await.expect("nothing hangs")
}

/// An element that tries again at once.
pub(crate) fn quiet(
    set: impl FnOnce(ConnectionSettings) -> ConnectionSettings,
) -> ElementBuilder<lamp::Protocol, Driver> {
    lamp::element("lamp", Driver)
        .connection(LINK, |link| set(link.timeout(Duration::from_secs(60))))
        .reconnect(Reconnect::Automatic(Backoff::default().first(Duration::from_millis(10))))
}

pub(crate) async fn is_open(element: &lamp::Element) {
    element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
}
