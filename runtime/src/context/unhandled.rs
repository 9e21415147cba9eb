//! [`Unhandled`]: the hooks of a connector that nobody wrote functions for.

use super::{Context, Entry, EntryPoints, QueuedContext};

/// The protocol of elements whose connector is read at run time: each of its QActions says once that it has no function
/// (QA-25).
#[derive(Debug)]
pub(crate) struct Unhandled;

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method itself is not general enough in its lifetimes"
)]
impl EntryPoints<()> for Unhandled {
    const ENTRIES: &'static [Entry<Self, ()>] = &[
        Entry::Inside(|cx: &mut Context<'_, Self, ()>| cx.unhandled()),
        Entry::Queued(|cx: QueuedContext<Self, ()>| Box::pin(async move { cx.with(|cx| cx.unhandled()).await? })),
    ];

    /// One for all that run inside the element, and one for all that run beside it.
    fn entry(_: u32, queued: bool) -> Option<&'static Entry<Self, ()>> {
        Self::ENTRIES.get(usize::from(queued))
    }
}
