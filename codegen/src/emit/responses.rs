//! `responses`: one handle and one struct a response.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, described};
use super::params::ParamItem;
use super::{Emitter, module};
use crate::names::fields;
use crate::shape::Shape;

/// The module.
pub(super) fn responses(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { krate, labels, ref names, .. } = *emitter;
    let rows = labels.responses.iter().zip(&names.responses).zip(&names.response_types).zip(&emitter.shape.responses);
    let items = rows.enumerate().map(|(at, (((label, name), type_name), params))| {
        let docs = Docs::of(label, "Response", &labels.file);
        let struct_docs = Docs::new("What the response gave when it matched.")
            .markdown(described(label, "Response", &labels.file));
        let (name, type_name) = (name.ident(), type_name.ident());
        let position = Literal::usize_unsuffixed(at);
        let params: Vec<&ParamItem<'_>> = params.iter().filter_map(|&position| emitter.params.get(position)).collect();
        let fields = fields(params.iter().map(|param| param.label));
        let field_docs = params.iter().map(|param| Docs::of(param.label, "Parameter", &labels.file));
        let handles = params.iter().map(|param| &param.handle);
        let types = params.iter().map(|param| &param.value);
        let eq = eq(emitter, &[at]);
        // A response without values reads none.
        let values = if params.is_empty() { quote!(_) } else { quote!(values) };
        quote! {
            #docs
            pub const #name: #krate::Response<super::Protocol, #type_name> = #krate::__private::handle::response(#position);

            #struct_docs
            #[derive(Clone, Debug, PartialEq #eq)]
            pub struct #type_name {
                #(#field_docs pub #fields: #types,)*
            }

            impl #krate::Answer for #type_name {
                const READ: &'static [fn(&#krate::Values) -> Self] =
                    &[|#values| Self { #(#fields: values.get(super::params::#handles)),* }];
            }
        }
    });
    module("responses", "The responses.", items)
}

/// `Eq`, behind other derives, for what `responses` give; numbers have none.
pub(super) fn eq(emitter: &Emitter<'_>, responses: &[usize]) -> Option<TokenStream> {
    let Shape { params, responses: given, .. } = emitter.shape;
    let positions = responses.iter().filter_map(|&position| given.get(position)).flatten();
    let has_number = positions.filter_map(|&position| params.get(position)).any(|param| param.is_number);
    (!has_number).then(|| quote!(, Eq))
}
