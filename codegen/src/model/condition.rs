//! Conditions of items.

use super::reader::Reader;
use crate::condition::{Condition, parse};
use crate::parse::{Element, Slot};

/// The condition of the item `element`. One that is no condition is left out: a check tells what is wrong with it.
pub(super) fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Option<Condition> {
    let condition = reader.child(element, "Condition")?;
    parse(Slot::text(condition).raw).ok()
}
