//! What stands around a place between elements.

use super::{Document, Element};

/// What stands around a place between elements.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'d> {
    /// The innermost element that holds it; none outside the outermost element.
    pub(crate) parent: Option<&'d Element>,
    /// The element that follows it in the same parent.
    pub(crate) next: Option<&'d Element>,
}

impl Document {
    /// What stands around byte `offset`, which lies in no tag.
    pub(crate) fn surroundings(&self, offset: usize) -> Surroundings<'_> {
        let mut parent = None;
        let mut siblings = self.root.as_slice();
        loop {
            // Elements stand in document order: only the last one that starts before the place can hold it.
            let after = siblings.partition_point(|element| element.span.start <= offset);
            let before = after.checked_sub(1).and_then(|index| siblings.get(index));
            match before.filter(|element| offset < element.span.end) {
                Some(element) => (parent, siblings) = (Some(element), &element.children),
                None => return Surroundings { parent, next: siblings.get(after) },
            }
        }
    }
}
