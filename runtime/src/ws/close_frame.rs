//! The peer's close frame as it came, and the answer to the one that tungstenite would answer wrongly.
//!
//! tungstenite tells 1002 in place of a code that it does not know, such as 1014 of the registry, and of one that must not
//! be sent; what happened is what the peer said. It also answers with what it tells. That is right for the codes that must
//! not be sent, but a registered one is to be echoed (RFC 6455, section 5.5.1). So the last byte of such a frame is held back
//! until our own answer is queued; tungstenite then takes the frame for the peer's answer to ours, which is the same end.

use std::task::Poll;

use tokio::io::ReadBuf;

use super::frame::{self, FrameHead};
use super::transport::MAX_CONTROL;

/// The registered codes that tungstenite does not know.
const UNKNOWN_TO_TUNGSTENITE: [u16; 1] = [1014];

/// The payload of the first close frame, as far as it has come.
#[derive(Debug, Default)]
pub(super) struct SeenClose {
    payload: Option<Vec<u8>>,
    /// How much of it has not come.
    left: u64,
    /// Whether its head is right; if not, tungstenite refuses the frame.
    is_sound: bool,
    held: Option<Held>,
}

/// A frame whose answer is ours.
#[derive(Clone, Copy, Debug)]
struct Held {
    /// Its last byte.
    last: u8,
    /// How many bytes of the last read are kept from tungstenite: that byte, and what is behind the frame, which is of no
    /// interest.
    cut: usize,
    /// Whether the answer is queued.
    answered: bool,
}

impl SeenClose {
    /// A close frame begins. Answers whether it is the first one: those behind it are of no interest (RFC 6455,
    /// section 5.5.1).
    pub(super) fn begin(&mut self, head: FrameHead) -> bool {
        if self.payload.is_some() {
            return false;
        }
        self.payload = Some(Vec::new());
        self.left = head.payload;
        let fits = usize::try_from(head.payload).is_ok_and(|len| len <= MAX_CONTROL);
        self.is_sound = fits && !head.masked && head.first == frame::FIN | frame::CLOSE;
        true
    }

    /// Takes the next bytes of it; `behind` of the same read follow.
    pub(super) fn take(&mut self, bytes: &[u8], behind: usize) {
        let Some(payload) = &mut self.payload else { return };
        let room = MAX_CONTROL.saturating_sub(payload.len());
        payload.extend_from_slice(bytes.get(..room).unwrap_or(bytes)); // never more, whatever the head said
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if self.left == 0
            && self.is_sound
            && is_answered_here(payload)
            && let Some(&last) = bytes.last()
        {
            self.held = Some(Held { last, cut: behind + 1, answered: false });
        }
    }

    /// The code, if there was one, and the words that came with it.
    pub(super) fn told(&self) -> (Option<u16>, String) {
        match self.payload.as_deref().unwrap_or_default().split_first_chunk() {
            Some((code, words)) => (Some(u16::from_be_bytes(*code)), String::from_utf8_lossy(words).into_owned()),
            None => (None, String::new()),
        }
    }

    /// How many bytes at the end of the read that was taken last stay here.
    pub(super) fn cut(&self) -> usize {
        self.held.map_or(0, |held| held.cut)
    }

    /// What a read brings while something is held back: nothing before the answer is queued, then the rest of the frame.
    /// `None`: nothing is held back.
    pub(super) fn poll_rest(&mut self, buf: &mut ReadBuf<'_>) -> Option<Poll<()>> {
        let Held { last, answered, .. } = self.held?;
        if !answered {
            return Some(Poll::Pending);
        }
        buf.put_slice(&[last]);
        self.held = None;
        Some(Poll::Ready(()))
    }

    /// The answer that is to be queued now, if any: the peer's own words.
    pub(super) fn take_answer(&mut self) -> Option<(u16, String)> {
        let held = self.held.as_mut().filter(|held| !held.answered)?;
        held.answered = true;
        let (code, words) = self.told();
        Some((code?, words))
    }
}

/// Whether tungstenite's answer to this payload would be wrong. Words that are not UTF-8 are its to refuse.
fn is_answered_here(payload: &[u8]) -> bool {
    payload.split_first_chunk().is_some_and(|(code, words)| {
        UNKNOWN_TO_TUNGSTENITE.contains(&u16::from_be_bytes(*code)) && std::str::from_utf8(words).is_ok()
    })
}
