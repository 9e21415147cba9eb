//! The XML of a file as a tree in which everything has its place.
//!
//! Reading never fails: faults are collected and the tree holds what could be understood. Namespaces are ignored
//! (names are local names), comments have their places only, processing instructions are left out.

mod charset;
mod path;
mod prolog;
mod reader;
mod slot;
mod surroundings;
mod tag;
#[cfg(test)]
mod tests;
mod text;
mod tree;

pub(crate) use charset::is_space;
pub(crate) use reader::read;
pub(crate) use slot::Slot;
pub(crate) use surroundings::Surroundings;
pub(crate) use text::resolve;
pub(crate) use tree::{Attribute, Document, Element};
