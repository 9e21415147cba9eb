//! Running many.
