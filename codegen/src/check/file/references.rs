//! Which items exist, and what to say where one does not.

use super::File;
use crate::model::{Target, is_built_in};

/// How many ids near the one that is missing are named, on each side.
const NEAR: usize = 4;

impl File<'_> {
    /// Whether the file declares the item with this id.
    pub(crate) fn has(&self, target: Target, id: u32) -> bool {
        self.model.index.position(target, i64::from(id)).is_some()
    }

    /// Whether the file declares an item of this kind at all.
    pub(crate) fn has_any(&self, target: Target) -> bool {
        self.model.index.has_any(target)
    }

    /// [`File::has`] for places at which the built-in parameters count as existing.
    pub(crate) fn has_or_built_in(&self, target: Target, id: u32) -> bool {
        self.has(target, id) || (target == Target::Param && is_built_in(i64::from(id)))
    }

    /// The help of a reference to an item that is not declared.
    pub(crate) fn nearest(&self, target: Target, id: u32) -> String {
        let noun = target.noun();
        let (near, are_all) = self.model.index.near(target, i64::from(id), NEAR);
        let near = near.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let declared = if near.is_empty() {
            format!("this file declares no {noun}")
        } else if are_all {
            format!("{noun}s declared here: {near}")
        } else {
            format!("{noun}s declared nearest to it: {near}")
        };
        format!("add `<{} id=\"{id}\">` or change the id; {declared}", target.element())
    }
}
