//! A message that is matched.

use std::ops::Range;

use bytes::Bytes;

use crate::value::{Text, Value};

/// The bytes of a message, and the text that they are, where somebody has checked that already.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message<'m> {
    data: &'m Bytes,
    text: Option<&'m Text>,
}

impl<'m> Message<'m> {
    /// Its bytes.
    pub(crate) fn data(self) -> &'m Bytes {
        self.data
    }

    /// The value that a part of it is: a slice, not a copy.
    pub(super) fn value(self, range: Range<usize>) -> Value {
        match self.text {
            Some(text) if range == (0..self.data.len()) => Value::Text(text.clone()),
            _ => Value::part_of(self.data, range),
        }
    }
}

impl<'m> From<&'m Bytes> for Message<'m> {
    fn from(data: &'m Bytes) -> Self {
        Self { data, text: None }
    }
}

#[cfg(feature = "tokio")]
impl<'m> From<&'m Text> for Message<'m> {
    fn from(text: &'m Text) -> Self {
        Self { data: text.as_shared(), text: Some(text) }
    }
}
