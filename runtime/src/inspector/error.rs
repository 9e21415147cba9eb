//! Why a page is not served.

use std::io;

/// Why the page is not served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InspectorError {
    /// The address can be reached from other machines, and nothing would keep them out.
    #[error(
        "the page can't be served at {address} without a token, as other machines reach it there; set one with \
         `inspector::Settings::default().token(…)`, or serve at 127.0.0.1"
    )]
    NeedsToken {
        /// The address that was asked for.
        address: String,
    },
    /// The token is too short to keep anybody out.
    #[error("the token has {length} characters; one of at least {least} is needed, such as 32 random letters")]
    WeakToken {
        /// How many it has.
        length: usize,
        /// How many it must have.
        least: usize,
    },
    /// The operating system gives no randomness, without which the cookie that stands for the token could be guessed.
    #[error("the page can't be served, as the operating system gives no randomness for its cookie: {0}; mend that")]
    NoRandomness(#[source] io::Error),
    /// The address can't be bound.
    #[error("the page can't be served at the address that was asked for: {0}; choose another address or port")]
    Bind(#[from] io::Error),
}
