//! The guide: what there is to know beyond the items themselves, by task.

pub mod observing;
pub mod running_many;
