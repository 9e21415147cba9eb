//! [`Text`]: the text of a parameter.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
/// Checked bytes. With the shell it is the type of what tungstenite has checked: no safe way leads from there to another
/// one but a second check of each message.
#[cfg(not(feature = "tokio"))]
use bytestring::ByteString as Checked;
#[cfg(feature = "tokio")]
use tokio_tungstenite::tungstenite::Utf8Bytes as Checked;

/// The text of a parameter: owned, cheap to clone (no copy), and a `str` wherever one is wanted.
///
/// Inside a hook it is a slice of the received message, not a copy of it.
///
/// ```
/// let text = genlock::Text::from("tally on");
/// assert!(text.contains("on"));
/// assert_eq!(text, "tally on");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Checked);

impl Text {
    /// A text of static lifetime; nothing is copied.
    pub const fn from_static(text: &'static str) -> Self {
        Self(Checked::from_static(text))
    }

    /// The text as `str`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text of `bytes`, without copying them; gives them back when they are not valid UTF-8.
    pub fn from_utf8(bytes: Bytes) -> Result<Self, Bytes> {
        Checked::try_from(bytes.clone()).map(Self).map_err(|_| bytes)
    }

    /// The text of `bytes`, without copying them; none when they are not valid UTF-8. It saves the count of those who
    /// share them, which [`from_utf8`](Self::from_utf8) takes to give them back.
    #[inline]
    pub(super) fn of_valid(bytes: Bytes) -> Option<Self> {
        Checked::try_from(bytes).ok().map(Self)
    }

    /// The text's bytes, without copying them.
    #[cfg(feature = "tokio")]
    pub fn into_bytes(self) -> Bytes {
        self.0.into()
    }

    /// The text's bytes, without copying them.
    #[cfg(not(feature = "tokio"))]
    pub fn into_bytes(self) -> Bytes {
        self.0.into_bytes()
    }

    /// The text's bytes.
    #[cfg(feature = "tokio")]
    pub(crate) fn as_shared(&self) -> &Bytes {
        self.0.as_ref()
    }

    /// The text's bytes.
    #[cfg(not(feature = "tokio"))]
    pub(crate) fn as_shared(&self) -> &Bytes {
        self.0.as_bytes()
    }
}

#[cfg(feature = "tokio")]
impl From<Checked> for Text {
    fn from(text: Checked) -> Self {
        Self(text)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Checked::from(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Checked::from(text))
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
