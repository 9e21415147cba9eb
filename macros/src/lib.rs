//! The macros of [`genlock`](https://docs.rs/genlock), which re-exports them: use them from there.
//!
//! `genlock::include_protocol!` and `genlock::protocol!` are `macro_rules` that pass `$crate` on to the ones here, so a
//! renamed or re-exported `genlock` needs no option.

mod input;
mod locate;
mod report;

use genlock_codegen::{Options, SourceSet, compile};
use proc_macro2::TokenStream;
use quote::quote;

use input::Input;
use locate::{Base, Located};

/// The items of the connector in a file: `[path of genlock] "nmos.xml"`, then options.
#[proc_macro]
pub fn include_protocol(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(tokens, |input, options| {
        let located = locate::locate(&input.source)?;
        let sources = SourceSet::from_bytes(located.relative.value(), located.read()?);
        let mut tokens = items(&sources, input, options);
        tokens.extend(tracking(&located));
        Ok(tokens)
    })
}

/// The items of the connector in a literal: `[path of genlock] r#"<Protocol>…"#`, then options.
#[proc_macro]
pub fn protocol(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(tokens, |input, options| Ok(items(&SourceSet::new("protocol!", input.source.value()), input, options)))
}

/// Parses the macro's input and expands it.
fn expand(
    tokens: proc_macro::TokenStream,
    items: impl FnOnce(&Input, &Options) -> syn::Result<TokenStream>,
) -> proc_macro::TokenStream {
    let expanded = syn::parse::<Input>(tokens).map_err(syn::Error::into_compile_error).and_then(|input| {
        let allow = input.allow.iter().map(|allow| allow.id);
        let options = Options::default().crate_path(input.crate_path.clone()).unhandled(input.unhandled).allow(allow);
        items(&input, &options).map_err(syn::Error::into_compile_error)
    });
    expanded.unwrap_or_else(|error| error).into()
}

/// What a file compiles to, with its faults as errors and warnings of the compiler.
fn items(sources: &SourceSet, input: &Input, options: &Options) -> TokenStream {
    let output = compile(sources, options);
    let reports = report::reports(&output, sources, input);
    let tokens = output.tokens;
    quote!(#tokens #reports)
}

/// Makes the compiler compile again when the file changes, also while the file has errors.
fn tracking(located: &Located) -> TokenStream {
    let relative = &located.relative;
    let path = match located.base {
        Base::Manifest => {
            let relative = format!("/{}", relative.value());
            quote!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #relative))
        }
        // The compiler resolves it against the source file in which the literal stands.
        Base::Source => quote!(#relative),
    };
    quote! {
        const _: &[u8] = ::core::include_bytes!(#path);
    }
}
