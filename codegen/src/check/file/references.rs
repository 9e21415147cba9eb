//! What to say where an item that is named does not exist.

use super::{File, Items};
use crate::model::{Target, is_built_in};

/// How many ids near the one that is missing are named, on each side.
const NEAR: usize = 4;

impl File<'_> {
    /// Whether there is an item of this kind at all.
    pub(crate) fn has_any(&self, target: Target) -> bool {
        self.items(target).is_some_and(Items::has_any)
    }

    /// [`File::has`] for places at which the built-in parameters count as existing.
    pub(crate) fn has_or_built_in(&self, target: Target, id: u32) -> bool {
        self.has(target, id) || (target == Target::Param && is_built_in(i64::from(id)))
    }

    /// The help of a reference to an item that is not declared.
    pub(crate) fn nearest(&self, target: Target, id: u32) -> String {
        let noun = target.noun();
        let (near, are_all) = self.near(target, id, NEAR);
        let near = near.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let declared = match (near.is_empty(), are_all) {
            (true, _) => format!("this file declares no {noun}"),
            (false, true) => format!("{noun}s declared here: {near}"),
            (false, false) => format!("{noun}s declared nearest to it: {near}"),
        };
        format!("add `<{} id=\"{id}\">` or change the id; {declared}", target.element())
    }
}
