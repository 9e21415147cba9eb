//! Dense indices, lists and texts: how rows refer to each other.

use core::fmt;
use core::marker::PhantomData;

/// A dense index of one table.
pub trait Index: Copy {
    /// The index of the row at `position`.
    fn new(position: u32) -> Self;
    /// The row's position in its table.
    fn position(self) -> usize;
}

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl Index for $name {
            fn new(position: u32) -> Self {
                Self(position)
            }

            fn position(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

indices! {
    /// A row of [`Spec::params`](crate::Spec::params).
    ParamIndex
    /// A row of [`Spec::commands`](crate::Spec::commands).
    CommandIndex
    /// A row of [`Spec::responses`](crate::Spec::responses).
    ResponseIndex
    /// A row of [`Spec::pairs`](crate::Spec::pairs).
    PairIndex
    /// A pair's place in the Content of a group, from 0.
    PairPosition
    /// A parameter's place in the Content of a command or a response, from 0.
    ContentPosition
    /// A row of [`Spec::checksums`](crate::Spec::checksums).
    ChecksumIndex
    /// A row of [`Spec::groups`](crate::Spec::groups).
    GroupIndex
    /// A row of [`Spec::timers`](crate::Spec::timers).
    TimerIndex
    /// A row of [`Spec::triggers`](crate::Spec::triggers).
    TriggerIndex
    /// A row of [`Spec::actions`](crate::Spec::actions).
    ActionIndex
    /// A row of [`Spec::qactions`](crate::Spec::qactions).
    QActionIndex
    /// A row of [`Spec::hooks`](crate::Spec::hooks).
    HookIndex
    /// A row of [`Spec::connections`](crate::Spec::connections).
    ConnectionIndex
    /// A row of [`Spec::arrays`](crate::Spec::arrays).
    ArrayIndex
    /// A row of [`Spec::formats`](crate::Spec::formats).
    FormatIndex
    /// A row of [`Spec::monitorings`](crate::Spec::monitorings).
    MonitoringIndex
    /// A row of [`Spec::requests`](crate::Spec::requests).
    RequestIndex
    /// A row of [`Spec::sessions`](crate::Spec::sessions).
    SessionIndex
    /// A row of [`Spec::session_items`](crate::Spec::session_items).
    SessionItemIndex
}

/// A list of indices: `len` entries of [`Spec::indices`](crate::Spec::indices) from `start` on.
pub struct List<I> {
    /// The first entry's position in the pool.
    pub start: u32,
    /// The number of entries.
    pub len: u32,
    kind: PhantomData<I>,
}

impl<I> List<I> {
    /// The list of `len` entries from `start` on.
    pub const fn new(start: u32, len: u32) -> Self {
        Self { start, len, kind: PhantomData }
    }

    /// Whether the list has no entry.
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
}

impl<I> Clone for List<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I> Copy for List<I> {}

impl<I> fmt::Debug for List<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "List({}, {})", self.start, self.len)
    }
}

impl<I> PartialEq for List<I> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.len) == (other.start, other.len)
    }
}

impl<I> Eq for List<I> {}

/// A text: `len` bytes of [`Spec::strings`](crate::Spec::strings) from `start` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The first byte's position in the pool.
    pub start: u32,
    /// The number of bytes.
    pub len: u32,
}

impl Text {
    /// The text of `len` bytes from `start` on.
    pub const fn new(start: u32, len: u32) -> Self {
        Self { start, len }
    }

    /// Whether the text has no byte.
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
}
