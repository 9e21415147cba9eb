//! Values of parameters: what the engine stores, and the Rust types that the generated handles give them.

mod convert;
mod discreet;
mod number;
mod text;

pub use convert::{IntoValue, ParamType};
pub use discreet::{Discreet, RawValue};
pub(crate) use number::{format_number, parse_number};
pub use text::Text;

use std::ops::Range;

use bytes::Bytes;

/// A value of a parameter, as the engine stores it (PARAM-01).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A number (`Interprete/Type` `double`).
    Number(f64),
    /// A text (`string`).
    Text(Text),
    /// Bytes that are not valid UTF-8, kept as they came (PARAM-187).
    Bytes(Bytes),
}

impl Value {
    /// The value that `bytes` are: a text when they are valid UTF-8 (PARAM-184).
    pub fn from_bytes(bytes: Bytes) -> Self {
        Text::from_utf8(bytes).map_or_else(Self::Bytes, Self::Text)
    }

    /// The value that a part of a message is: a slice of it, not a copy.
    #[inline]
    pub(crate) fn part_of(message: &Bytes, range: Range<usize>) -> Self {
        // The check of UTF-8 consumes its bytes, so in the rare case that they are none, they are sliced again.
        match Text::of_valid(message.slice(range.clone())) {
            Some(text) => Self::Text(text),
            None => Self::Bytes(message.slice(range)),
        }
    }

    /// The value's bytes: a number as its shortest decimal text (PARAM-56).
    pub fn to_bytes(&self) -> Bytes {
        match self {
            Self::Number(number) => Bytes::from(format_number(*number)),
            Self::Text(text) => text.clone().into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }

    /// The value as text; bytes that are not valid UTF-8 become U+FFFD.
    pub fn to_text(&self) -> Text {
        match self {
            Self::Number(number) => Text::from(format_number(*number)),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => Text::from(String::from_utf8_lossy(bytes).into_owned()),
        }
    }

    /// The value as a number, when it is one or reads as one (PARAM-42).
    pub fn to_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => parse_number(text),
            Self::Bytes(_) => None,
        }
    }

    /// The same value in memory of its own: see [`detach`](Self::detach).
    pub(crate) fn detached(mut self) -> Self {
        self.detach();
        self
    }

    /// Gives the value memory of its own, of exactly its size: it no longer holds a receive buffer.
    pub(crate) fn detach(&mut self) {
        match self {
            Self::Number(_) => {}
            Self::Text(text) => *text = Text::from(&**text),
            Self::Bytes(bytes) => *bytes = Bytes::copy_from_slice(bytes),
        }
    }
}
