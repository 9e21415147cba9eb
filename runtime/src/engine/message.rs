//! A message that is matched.

use bytes::Bytes;

use crate::value::{Text, Value};

/// One whole message (CONN-84), in whose memory the values lie that parameters take from it.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// A text that somebody has checked already.
    #[cfg_attr(not(feature = "tokio"), expect(dead_code, reason = "only the shell has them"))]
    Text(Text),
    /// Any bytes.
    Bytes(Bytes),
}

impl Message {
    /// Its bytes.
    pub(crate) fn data(&self) -> &Bytes {
        match self {
            Self::Text(text) => text.as_shared(),
            Self::Bytes(data) => data,
        }
    }

    /// The value that the whole of it is; nothing of it is left here.
    pub(super) fn take_value(&mut self) -> Value {
        match self {
            Self::Text(text) => Value::Text(std::mem::take(text)),
            Self::Bytes(data) => Value::from_bytes(std::mem::take(data)),
        }
    }
}
