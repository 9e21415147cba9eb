//! `pairs`: one handle a pair, and an enum where several responses may answer.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, described};
use super::responses::eq;
use super::{Emitter, module};
use crate::labels::Label;
use crate::names::{Name, answers};

/// The module.
pub(super) fn pairs(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { krate, labels, ref names, .. } = *emitter;
    let rows = labels.pairs.iter().zip(&names.pairs).zip(&names.answer_types).zip(&emitter.shape.pairs);
    let items = rows.enumerate().filter_map(|(position, (((label, name), answer_name), pair))| {
        let docs = Docs::of(label, "Pair", &labels.file);
        let name = name.ident();
        let command = names.command_types.get(pair.command?)?.ident();
        let responses: Vec<Response<'_>> =
            pair.responses.iter().filter_map(|&position| response(emitter, position)).collect();
        let answer_name = answer_name.ident();
        let (answer, item) = match responses.as_slice() {
            [] => (quote!(()), TokenStream::new()),
            [Response { name, .. }] => (quote!(super::responses::#name), TokenStream::new()),
            several => {
                let eq = eq(emitter, &pair.responses);
                (quote!(#answer_name), answer_enum(emitter, label, &answer_name, several, eq.as_ref()))
            }
        };
        let position = Literal::usize_unsuffixed(position);
        Some(quote! {
            #docs
            pub const #name: #krate::Pair<super::Protocol, super::commands::#command<#answer>> =
                #krate::__private::handle::pair(#position);

            #item
        })
    });
    module("pairs", "The pairs: a command and what may answer it.", items)
}

/// A response of a pair.
struct Response<'a> {
    label: &'a Label,
    /// Its type in `responses`.
    name: Ident,
}

fn response<'a>(emitter: &Emitter<'a>, position: usize) -> Option<Response<'a>> {
    let label = emitter.labels.responses.get(position)?;
    let name = emitter.names.response_types.get(position).map(Name::ident)?;
    Some(Response { label, name })
}

/// Which of a pair's responses answered, in the order in which they are tried (RSP-01).
fn answer_enum(
    emitter: &Emitter<'_>,
    label: &Label,
    name: &Ident,
    responses: &[Response<'_>],
    eq: Option<&TokenStream>,
) -> TokenStream {
    let Emitter { krate, labels, .. } = *emitter;
    let docs = Docs::new("What answered the pair.").markdown(described(label, "Pair", &labels.file));
    let variants = answers(responses.iter().map(|response| response.label));
    let variant_docs = responses.iter().map(|response| Docs::of(response.label, "Response", &labels.file));
    let types = responses.iter().map(|response| &response.name);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #eq)]
        pub enum #name {
            #(#variant_docs #variants(super::responses::#types),)*
        }

        impl #krate::Answer for #name {
            const READ: &'static [fn(&#krate::Values) -> Self] = &[#(|values| Self::#variants(values.answer())),*];
        }
    }
}
