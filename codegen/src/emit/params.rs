//! `params`: one handle a parameter. A fixed one has none: its bytes never change (PARAM-113).

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::{Emitter, module, values};
use crate::labels::{Label, Labels};
use crate::names::Names;
use crate::shape::{Shape, Values};

/// What the modules say about a parameter.
pub(super) struct ParamItem<'a> {
    pub(super) label: &'a Label,
    /// Its handle's name.
    pub(super) handle: Ident,
    /// The type of its values, as the modules of names see it.
    pub(super) value: TokenStream,
    is_fixed: bool,
}

/// One a parameter.
pub(super) fn items<'a>(krate: &TokenStream, labels: &'a Labels, names: &Names, shape: &Shape) -> Vec<ParamItem<'a>> {
    let mut items = Vec::with_capacity(labels.params.len());
    let rows = labels.params.iter().zip(&names.params).zip(&shape.params);
    for (position, ((label, name), shape)) in rows.enumerate() {
        let value = match (&shape.values, shape.is_number) {
            (Values::Any, false) => quote!(#krate::Text),
            (Values::Any, true) => quote!(f64),
            (Values::Known(_), _) => values::path(names, position),
            (Values::Same(position), _) => values::path(names, *position),
        };
        items.push(ParamItem { label, handle: name.ident(), value, is_fixed: shape.is_fixed });
    }
    items
}

/// The module `params`.
pub(super) fn params(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { krate, labels, .. } = *emitter;
    let handles = emitter.params.iter().enumerate().filter(|(_, param)| !param.is_fixed);
    let handles = handles.map(|(position, ParamItem { label, handle, value, .. })| {
        let docs = Docs::of(label, "Parameter", &labels.file);
        let position = Literal::usize_unsuffixed(position);
        quote! {
            #docs
            pub const #handle: #krate::Param<super::Protocol, #value> = #krate::__private::handle::param(#position);
        }
    });
    module("params", "The parameters.", handles)
}
