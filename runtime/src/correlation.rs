//! Which messages answer a command, by a function of the user (BEY-23).

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str;

use crate::panic::panic_text;

/// A message that came while a pair waits, and the command that the pair has sent; what
/// [`ElementBuilder::correlate`](crate::ElementBuilder::correlate) asks about.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PossibleAnswer<'m> {
    /// The command, as it was sent.
    pub command: &'m [u8],
    /// The message, as it came.
    pub message: &'m [u8],
}

impl<'m> PossibleAnswer<'m> {
    /// The command as a text; empty when it is none.
    pub fn command_text(&self) -> &'m str {
        str::from_utf8(self.command).unwrap_or_default()
    }

    /// The message as a text; empty when it is none.
    pub fn message_text(&self) -> &'m str {
        str::from_utf8(self.message).unwrap_or_default()
    }
}

/// Says of a message whether it answers a pair's command.
pub(crate) struct Correlation(Box<dyn FnMut(PossibleAnswer<'_>) -> bool + Send>);

impl Correlation {
    #[cfg_attr(
        not(any(feature = "tokio", feature = "sim")),
        expect(dead_code, reason = "a driver has the functions, or a record what they said")
    )]
    pub(crate) fn new(is_answer: impl FnMut(PossibleAnswer<'_>) -> bool + Send + 'static) -> Self {
        Self(Box::new(is_answer))
    }

    /// An error has the text of the function's panic, which ends nothing but this call (REL-64).
    pub(crate) fn is_answer(&mut self, command: &[u8], message: &[u8]) -> Result<bool, String> {
        let possible = PossibleAnswer { command, message };
        catch_unwind(AssertUnwindSafe(|| (self.0)(possible))).map_err(|panic| panic_text(&*panic).to_owned())
    }
}

impl fmt::Debug for Correlation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Correlation")
    }
}
