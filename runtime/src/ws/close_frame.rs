//! The peer's close frame as it came. tungstenite tells 1002 in place of a code that it does not know, such as 1014 of
//! the registry, and of one that must not be sent; what happened is what the peer said.

/// The payload of the first close frame, as far as it has come.
#[derive(Debug, Default)]
pub(super) struct SeenClose {
    payload: Option<Vec<u8>>,
}

impl SeenClose {
    /// A close frame begins. Answers whether it is the first one: those behind it are of no interest (RFC 6455,
    /// section 5.5.1).
    pub(super) fn begin(&mut self) -> bool {
        let is_first = self.payload.is_none();
        self.payload.get_or_insert_default();
        is_first
    }

    /// Takes the next bytes of it.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        let Some(payload) = &mut self.payload else { return };
        let room = super::transport::MAX_CONTROL.saturating_sub(payload.len());
        payload.extend_from_slice(bytes.get(..room).unwrap_or(bytes)); // never more, whatever the head said
    }

    /// The code, if there was one, and the words that came with it.
    pub(super) fn told(&self) -> (Option<u16>, String) {
        match self.payload.as_deref().unwrap_or_default().split_first_chunk() {
            Some((code, words)) => (Some(u16::from_be_bytes(*code)), String::from_utf8_lossy(words).into_owned()),
            None => (None, String::new()),
        }
    }
}
