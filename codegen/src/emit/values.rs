//! `values`: one enum a parameter with discreets (`Measurement/Discreets`), lossless by `Other`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::docs::{Docs, code};
use super::literal::Literal;
use super::{Emitter, module};
use crate::names::{Name, Names, variants};
use crate::shape::{Known, Values};

/// The type of the known values of the parameter at `position`, as the modules of names see it.
pub(super) fn path(names: &Names, position: usize) -> TokenStream {
    let name = names.values.get(position).map(Name::ident);
    quote!(super::values::#name)
}

/// The module `values`.
pub(super) fn values(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { krate, labels, ref names, shape, .. } = *emitter;
    let rows = labels.params.iter().zip(&names.values).zip(&shape.params);
    let enums = rows.filter_map(|((label, name), shape)| {
        let Values::Known(known) = &shape.values else { return None };
        let docs = Docs::of(label, "The values of parameter", &labels.file);
        Some(if shape.is_number {
            number_enum(krate, &docs, &name.ident(), known)
        } else {
            text_enum(krate, &docs, &name.ident(), known)
        })
    });
    module("values", "The known values of parameters that list them.", enums)
}

fn number_enum(krate: &TokenStream, docs: &Docs, name: &Ident, known: &[Known]) -> TokenStream {
    // A text that is no number cannot be the value of a parameter that is one.
    let known: Vec<_> = known.iter().filter_map(|known| Some((known, known.number?.literal()))).collect();
    let body = value_enum(name, &known, &quote!(f64), &quote!(f64), krate);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq)]
        #body
    }
}

fn text_enum(krate: &TokenStream, docs: &Docs, name: &Ident, known: &[Known]) -> TokenStream {
    let known: Vec<_> = known.iter().map(|known| (known, known.written.to_token_stream())).collect();
    let body = value_enum(name, &known, &quote!(#krate::Text), &quote!(&'static str), krate);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq)]
        #body
    }
}

/// The enum without its attributes. `raw` is what `Other` holds, `listed` the type of the listed values.
fn value_enum(
    name: &Ident,
    known: &[(&Known, TokenStream)],
    raw: &TokenStream,
    listed: &TokenStream,
    krate: &TokenStream,
) -> TokenStream {
    let variants = variants(known.iter().map(|(known, _)| (known.display.as_str(), known.written.as_str())));
    let docs = known.iter().map(|(known, _)| Docs::new(format!("{} ({})", code(&known.display), code(&known.written))));
    let values = known.iter().map(|(_, value)| value);
    let rest = (!known.is_empty()).then(|| quote!(_ => ::core::option::Option::None,));
    // `Self::Raw` could be a variant: the types are spelled out.
    quote! {
        pub enum #name {
            #(#docs #variants,)*
            /// A value that the file does not list.
            Other(#raw),
        }

        impl #krate::Discreet for #name {
            type Raw = #raw;
            const KNOWN: &'static [(Self, #listed)] = &[#((Self::#variants, #values)),*];

            fn other(raw: #raw) -> Self {
                Self::Other(raw)
            }

            fn as_other(&self) -> ::core::option::Option<&#raw> {
                match self {
                    Self::Other(raw) => ::core::option::Option::Some(raw),
                    #rest
                }
            }
        }
    }
}
