//! Whether a connection follows the parameters of its handshake.

use super::ConnectionSettings;

impl ConnectionSettings {
    /// Whether the connection is closed and opened again when a parameter changes that its opening request is made of:
    /// the path, a header, who logs in, the proxy (BEY-11). One that was closed by an action stays closed, and what the
    /// handshake itself writes is no reason. Default: a change counts from the next attempt on (CONN-38);
    /// [`Element::reconnect`](crate::Element::reconnect) makes one.
    ///
    /// ```
    /// use genlock::ConnectionSettings;
    ///
    /// /// A new path is a new subscription.
    /// fn follows_its_path(link: ConnectionSettings) -> ConnectionSettings {
    ///     link.host("ws://127.0.0.1").port(8050).reconnect_on_change(true)
    /// }
    /// # let _ = follows_its_path(ConnectionSettings::default());
    /// ```
    pub fn reconnect_on_change(mut self, reconnect: bool) -> Self {
        self.reconnect_on_change = Some(reconnect);
        self
    }
}
