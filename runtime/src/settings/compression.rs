//! [`Compression`]: whether messages may be compressed.

/// Whether a connection offers compressed messages (permessage-deflate, RFC 7692). The server decides whether it accepts.
///
/// Compressed or not, messages are the same for the connector. Compression spares the network, and costs the processor
/// time and each connection memory for its windows.
///
/// ```
/// use genlock::{Compression, ConnectionSettings};
///
/// /// What `.connection(connections::LINK, over_a_thin_line)` sets.
/// fn over_a_thin_line(link: ConnectionSettings) -> ConnectionSettings {
///     link.host("ws://device").compression(Compression::Offered)
/// }
/// # let _ = over_a_thin_line(ConnectionSettings::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compression {
    /// As the connector file says, by a header `Sec-WebSocket-Extensions` of the handshake's session (CONN-41). The
    /// default.
    #[default]
    Declared,
    /// Offered, also where the connector file offers nothing. A header of the handshake's session counts as it is.
    Offered,
    /// Not offered, whatever the connector file says: the header is left out.
    Off,
}
