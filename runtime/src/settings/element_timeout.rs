//! What a connection has to do with the element's timeout state, beyond the time that counts for all.

use std::time::Duration;

use super::ConnectionSettings;

impl ConnectionSettings {
    /// How long this connection may be down before the element is in timeout, whatever the first connection says
    /// (BEY-15). Default: the first connection's [`element_timeout`](Self::element_timeout), as in the original.
    ///
    /// ```
    /// use std::time::Duration;
    /// use genlock::ConnectionSettings;
    ///
    /// /// A link that is down for a minute now and then.
    /// fn backup(link: ConnectionSettings) -> ConnectionSettings {
    ///     link.host("ws://10.0.0.7").own_element_timeout(Duration::from_secs(120))
    /// }
    /// # let _ = backup(ConnectionSettings::default());
    /// ```
    pub fn own_element_timeout(mut self, timeout: Duration) -> Self {
        self.own_element_timeout = Some(timeout);
        self
    }

    /// Whether the element is in timeout when this connection is (LIFE-53). Default: it is.
    ///
    /// ```
    /// use genlock::ConnectionSettings;
    ///
    /// /// Nobody needs to know that it is down.
    /// fn statistics(link: ConnectionSettings) -> ConnectionSettings {
    ///     link.host("ws://10.0.0.8").include_timeout(false)
    /// }
    /// # let _ = statistics(ConnectionSettings::default());
    /// ```
    pub fn include_timeout(mut self, include: bool) -> Self {
        self.include_timeout = Some(include);
        self
    }
}
