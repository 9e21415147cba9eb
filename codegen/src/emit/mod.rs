//! Prints the tables and the names as Rust.
//!
//! The module root gets fixed names only; names of the XML live in sub-modules. Generated code is data and names: what
//! it does is done by the runtime, which it reaches by [`Options::crate_path`] alone.

mod commands;
mod docs;
mod handles;
mod hooks;
mod literal;
mod pairs;
mod params;
mod responses;
mod root;
mod rows;
mod tables;
mod values;

#[cfg(test)]
mod tests;

use genlock_spec::OwnedSpec;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::labels::Labels;
use crate::names::Names;
use crate::options::Options;
use crate::pages::Pages;
use crate::shape::Shape;
use docs::Docs;
use params::ParamItem;

/// The module of a connector without errors.
pub(crate) fn emit(spec: &OwnedSpec, pages: &Pages, labels: &Labels, shape: &Shape, options: &Options) -> TokenStream {
    Emitter::new(labels, shape, options).items(spec, pages)
}

/// The names of a connector with errors and their types, without tables: code that uses them adds no errors of its own.
pub(crate) fn skeleton(labels: &Labels, shape: &Shape, options: &Options) -> TokenStream {
    Emitter::new(labels, shape, options).items(&OwnedSpec::default(), &Pages::default())
}

/// What every part of the emission reads.
struct Emitter<'a> {
    krate: &'a TokenStream,
    options: &'a Options,
    labels: &'a Labels,
    names: Names,
    params: Vec<ParamItem<'a>>,
    shape: &'a Shape,
}

impl<'a> Emitter<'a> {
    fn new(labels: &'a Labels, shape: &'a Shape, options: &'a Options) -> Self {
        let (krate, names) = (&options.crate_path, Names::new(labels, shape));
        let params = params::items(krate, labels, &names, shape);
        Self { krate, options, labels, names, params, shape }
    }

    fn items(&self, spec: &OwnedSpec, pages: &Pages) -> TokenStream {
        [
            root::items(self),
            hooks::items(self),
            params::params(self),
            values::values(self),
            commands::commands(self),
            responses::responses(self),
            pairs::pairs(self),
            handles::modules(self),
            rows::tables(self),
            tables::item(self, spec, pages),
        ]
        .into_iter()
        .collect()
    }
}

/// A module of names of the XML.
fn module(name: &str, docs: &str, items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let docs = Docs::new(docs);
    let allow = allow();
    let name = Ident::new(name, Span::call_site());
    quote! {
        #docs
        #allow
        pub mod #name { #(#items)* }
    }
}

/// The attribute of every generated item at the module root: no outer module exists to carry it. `unused` covers what a
/// user leaves out, the others the lints that a crate may refuse; it fits on one line of what prettyplease prints.
fn allow() -> TokenStream {
    quote! {
        #[allow(unused, unreachable_pub, clippy::all, clippy::pedantic, clippy::restriction)]
    }
}
