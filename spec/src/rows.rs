//! Rows of a table that stand side by side.

use core::fmt;
use core::marker::PhantomData;

/// A run of neighbouring rows of a table that has no index type of its own.
pub struct Rows<R> {
    /// The first row.
    pub start: u32,
    /// The number of rows.
    pub len: u32,
    kind: PhantomData<R>,
}

impl<R> Rows<R> {
    /// The `len` rows from `start` on.
    pub const fn new(start: u32, len: u32) -> Self {
        Self { start, len, kind: PhantomData }
    }
}

impl<R> Clone for Rows<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Rows<R> {}

impl<R> fmt::Debug for Rows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rows({}, {})", self.start, self.len)
    }
}

impl<R> PartialEq for Rows<R> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.len) == (other.start, other.len)
    }
}

impl<R> Eq for Rows<R> {}
