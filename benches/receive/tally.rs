//! What both contenders do with a message.

use std::hint::black_box;

use tokio::sync::oneshot;

/// The state of a driver: counts messages, and tells when it has them all.
pub(crate) struct Tally {
    left: u64,
    done: Option<oneshot::Sender<()>>,
}

impl Tally {
    pub(crate) fn new(messages: u64, done: oneshot::Sender<()>) -> Self {
        Self { left: messages, done: Some(done) }
    }

    /// Handles one message. False: it was the last one.
    pub(crate) fn receive(&mut self, text: &str) -> bool {
        black_box(text.len());
        self.left -= 1;
        if self.left == 0
            && let Some(done) = self.done.take()
        {
            // Whoever waits for it may have given up.
            let _ = done.send(());
        }
        self.left > 0
    }
}
