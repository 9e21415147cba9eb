//! genlock.

#[allow(unreachable_pub, reason = "the lead's lib.rs replaces this one")]
mod engine {
    pub(crate) mod opening;
}
#[allow(dead_code, unused_imports, reason = "the lead's lib.rs replaces this one")]
mod ws;

#[cfg(fuzzing)]
#[doc(hidden)]
pub use ws::fuzzing;
