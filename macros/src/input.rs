//! What stands between the braces of the macros.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token, bracketed};

/// `[path of genlock] "…"`, then options.
pub(crate) struct Input {
    /// The path by which generated code reaches `genlock`.
    pub(crate) crate_path: TokenStream,
    /// The path of the file, or its text.
    pub(crate) source: LitStr,
    /// Every QAction has a default body (option `unhandled`).
    pub(crate) unhandled: bool,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path;
        bracketed!(path in input);
        let crate_path = path.parse()?;
        let source = input.parse().map_err(|error| {
            syn::Error::new(
                error.span(),
                "expected a string literal: the path of a connector file, such as \"nmos.xml\"",
            )
        })?;
        let mut unhandled = false;
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let option: Ident = input.parse()?;
            if option != "unhandled" {
                return Err(syn::Error::new(
                    option.span(),
                    format!("no option `{option}`: the only one is `unhandled`"),
                ));
            }
            unhandled = true;
        }
        Ok(Self { crate_path, source, unhandled })
    }
}
