//! Many elements.
