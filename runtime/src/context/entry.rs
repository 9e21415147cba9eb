//! [`Entry`]: the functions of hooks, as the tables of generated code list them.

use std::future::Future;
use std::pin::Pin;

use super::{Context, QueuedContext};
use crate::error::HookResult;

/// A queued hook at work.
pub type Queued = Pin<Box<dyn Future<Output = HookResult> + Send>>;

/// The entry point of a QAction.
pub enum Entry<P, S> {
    /// It runs inside the element.
    Inside(for<'a, 'b> fn(&'a mut Context<'b, P, S>) -> HookResult),
    /// It runs beside the element (option `queued`, QA-22).
    Queued(fn(QueuedContext<P, S>) -> Queued),
}

impl<P, S> std::fmt::Debug for Entry<P, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Inside(_) => "Inside",
            Self::Queued(_) => "Queued",
        })
    }
}
