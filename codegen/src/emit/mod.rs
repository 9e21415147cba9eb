//! Prints the tables and the names as Rust.

use genlock_spec::OwnedSpec;
use proc_macro2::TokenStream;

use crate::labels::Labels;
use crate::options::Options;

/// The module of a connector without errors.
pub fn emit(_spec: &OwnedSpec, _labels: &Labels, _options: &Options) -> TokenStream {
    TokenStream::new()
}

/// The names of a connector with errors.
pub fn skeleton(_labels: &Labels, _options: &Options) -> TokenStream {
    TokenStream::new()
}
