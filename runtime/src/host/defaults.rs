//! [`Defaults`]: what all elements of a host have in common.

use std::fmt;
use std::time::Duration;

use crate::settings::{ConnectionSettings, Reconnect};
use crate::store::Store;

/// Connections are closed within a second (BEY-14); the rest is for hooks and stores.
const STOP_TIME: Duration = Duration::from_secs(5);

type MakeStore = dyn Fn(&str) -> Box<dyn Store> + Send + Sync;

/// The settings that elements of a [`Host`](super::Host) have where their own say nothing.
///
/// ```
/// use std::time::Duration;
/// use genlock::host::Defaults;
/// use genlock::{Backoff, MemoryStore, Proxy, Reconnect};
///
/// let defaults = Defaults::default()
///     .connections(|link| link.timeout(Duration::from_secs(2)).proxy(Proxy::none()))
///     .reconnect(Reconnect::Automatic(Backoff::default().cap(Duration::from_secs(20))))
///     .stores(|_name| MemoryStore::default());
/// # let _ = genlock::Host::new(defaults);
/// ```
#[must_use]
pub struct Defaults {
    pub(crate) connection: ConnectionSettings,
    pub(crate) reconnect: Option<Reconnect>,
    store: Option<Box<MakeStore>>,
    pub(super) stop_time: Duration,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { connection: ConnectionSettings::default(), reconnect: None, store: None, stop_time: STOP_TIME }
    }
}

impl Defaults {
    /// Sets what each connection has where the element's settings of it say nothing. A second call goes on from the
    /// first.
    pub fn connections(mut self, set: impl FnOnce(ConnectionSettings) -> ConnectionSettings) -> Self {
        self.connection = set(self.connection);
        self
    }

    /// Sets how lost connections come back.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        self.reconnect = Some(reconnect);
        self
    }

    /// Sets where saved parameters are kept (SAVE-02): the store of an element of this name.
    pub fn stores<S: Store>(mut self, store: impl Fn(&str) -> S + Send + Sync + 'static) -> Self {
        self.store = Some(Box::new(move |name| Box::new(store(name))));
        self
    }

    /// Sets how long the host waits for an element to stop. Default: 5 s. Its connections are closed within a second
    /// (BEY-14); only hooks that do not return take longer.
    pub fn stop_time(mut self, time: Duration) -> Self {
        self.stop_time = time;
        self
    }

    pub(crate) fn store_of(&self, name: &str) -> Option<Box<dyn Store>> {
        self.store.as_ref().map(|store| store(name))
    }
}

impl fmt::Debug for Defaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { connection, reconnect, store, stop_time } = self;
        f.debug_struct("Defaults")
            .field("connection", connection)
            .field("reconnect", reconnect)
            .field("store", &store.is_some())
            .field("stop_time", stop_time)
            .finish()
    }
}
