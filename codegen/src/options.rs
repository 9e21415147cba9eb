//! How to compile.

use proc_macro2::TokenStream;
use quote::quote;

use crate::suppress::FaultId;

/// How to compile a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The path by which generated code reaches the runtime crate; `::genlock` by default.
    pub crate_path: TokenStream,
    /// Give every QAction a default body that logs that it is not written yet.
    pub unhandled: bool,
    /// The largest file that is read, in bytes; 32 MiB by default.
    pub max_size: usize,
    /// What the file may have without a report of it.
    pub allow: Vec<FaultId>,
    /// The provider that connectors are expected to name; none by default, and then any will do.
    pub provider: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { crate_path: quote!(::genlock), unhandled: false, max_size: 32 << 20, allow: Vec::new(), provider: None }
    }
}

impl Options {
    /// Sets the path by which generated code reaches the runtime crate.
    pub fn crate_path(mut self, crate_path: TokenStream) -> Self {
        self.crate_path = crate_path;
        self
    }

    /// Gives every QAction a default body that logs that it is not written yet.
    pub fn unhandled(mut self, unhandled: bool) -> Self {
        self.unhandled = unhandled;
        self
    }

    /// Sets the largest file that is read, in bytes.
    pub fn max_size(mut self, max_size: usize) -> Self {
        self.max_size = max_size;
        self
    }

    /// Sets what the file may have without a report of it. Errors of what runs are reported all the same.
    pub fn allow(mut self, allow: impl IntoIterator<Item = FaultId>) -> Self {
        self.allow = allow.into_iter().collect();
        self
    }

    /// Sets the provider that connectors are expected to name.
    pub fn provider(mut self, provider: impl Into<String>) -> Self {
        self.provider = Some(provider.into());
        self
    }
}
