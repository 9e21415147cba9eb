//! What is to go wrong on one connection.

use std::time::Duration;

/// Which of the two streams of bytes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// From the element to its device.
    ToDevice,
    /// From the device to the element.
    ToElement,
}

/// How a connection ends that is spoilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineEnd {
    /// Both ends are closed in order, wherever the messages are.
    Cut,
    /// Both ends are reset (RST), so what is on its way is lost.
    Reset,
    /// Nothing is carried any more and neither end is told, as of a pulled cable: the connection is half open.
    Silence,
}

/// What is to go wrong on one connection. Bytes are counted from the first one of the opening handshake.
///
/// ```
/// use std::time::Duration;
/// use genlock::sim::{LineEnd, LinePlan, Way};
///
/// // The answer to the handshake comes byte by byte, and the cable is pulled after a minute.
/// let plan = LinePlan::default()
///     .trickle(Way::ToElement, 0, Duration::from_millis(100))
///     .end_after(Duration::from_secs(60), LineEnd::Silence);
/// assert_ne!(plan, LinePlan::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinePlan {
    pub(super) to_device: Vec<Spoilt>,
    pub(super) to_element: Vec<Spoilt>,
    pub(super) end: Option<(Duration, LineEnd)>,
}

/// Something that happens ahead of a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spoilt {
    pub(super) at: u64,
    pub(super) how: How,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum How {
    End(LineEnd),
    Stall(Duration),
    Trickle(Duration),
    Insert(Vec<u8>),
}

impl LinePlan {
    /// Ends the connection when it has existed that long.
    pub fn end_after(mut self, time: Duration, end: LineEnd) -> Self {
        self.end = Some((time, end));
        self
    }

    /// Ends the connection ahead of a byte: the bytes before it still arrive.
    pub fn end_at(self, way: Way, byte: u64, end: LineEnd) -> Self {
        self.spoil(way, byte, How::End(end))
    }

    /// Holds back one way for a while, once.
    pub fn stall(self, way: Way, byte: u64, time: Duration) -> Self {
        self.spoil(way, byte, How::Stall(time))
    }

    /// From that byte on, every byte takes this long (slow loris).
    pub fn trickle(self, way: Way, byte: u64, time: Duration) -> Self {
        self.spoil(way, byte, How::Trickle(time))
    }

    /// Puts bytes in that nobody sent.
    pub fn insert(self, way: Way, byte: u64, bytes: impl Into<Vec<u8>>) -> Self {
        self.spoil(way, byte, How::Insert(bytes.into()))
    }

    /// Whether bytes arrive that nobody sent.
    #[cfg(test)]
    pub(crate) fn inserts(&self) -> bool {
        self.to_device.iter().chain(&self.to_element).any(|spoilt| matches!(spoilt.how, How::Insert(_)))
    }

    fn spoil(mut self, way: Way, at: u64, how: How) -> Self {
        let list = match way {
            Way::ToDevice => &mut self.to_device,
            Way::ToElement => &mut self.to_element,
        };
        // What is said for the same byte happens in the order in which it was said.
        let position = list.partition_point(|other| other.at <= at);
        list.insert(position, Spoilt { at, how });
        self
    }
}
