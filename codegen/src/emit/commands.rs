//! `commands`: one handle and one builder a command.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, described};
use super::params::ParamItem;
use super::{Emitter, module};
use crate::labels::Label;
use crate::names::methods;

/// The module.
pub(super) fn commands(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { krate, labels, ref names, .. } = *emitter;
    let rows = labels.commands.iter().zip(&names.commands).zip(&names.command_types).zip(&emitter.shape.commands);
    let items = rows.enumerate().map(|(position, (((label, name), type_name), params))| {
        let docs = Docs::of(label, "Command", &labels.file);
        let name = name.ident();
        let position = Literal::usize_unsuffixed(position);
        let params: Vec<&ParamItem<'_>> = params.iter().filter_map(|&position| emitter.params.get(position)).collect();
        let builder = builder(emitter, label, &type_name.ident(), &params);
        quote! {
            #docs
            pub const #name: #krate::Command<super::Protocol> = #krate::__private::handle::command(#position);

            #builder
        }
    });
    module("commands", "The commands.", items)
}

/// A command that is filled parameter by parameter and sent when it is awaited.
fn builder(emitter: &Emitter<'_>, label: &Label, name: &Ident, params: &[&ParamItem<'_>]) -> TokenStream {
    let krate = emitter.krate;
    let docs = Docs::new("A command, filled parameter by parameter. `R` is what answers it.").markdown(described(
        label,
        "Command",
        &emitter.labels.file,
    ));
    let methods = methods(params.iter().map(|param| param.label));
    let fills = params.iter().zip(methods).map(|(ParamItem { label, handle, value, .. }, method)| {
        let docs =
            Docs::new("Sets this parameter of the command.").and(Docs::of(label, "Parameter", &emitter.labels.file));
        quote! {
            #docs
            pub fn #method(self, value: impl #krate::IntoValue<#value>) -> Self {
                Self { send: self.send.fill(super::params::#handle, value) }
            }
        }
    });
    quote! {
        #docs
        #[must_use = "nothing is sent until it is awaited: add `.await?`, or `.answer().await?` for what answers it"]
        #[derive(Debug)]
        pub struct #name<R> {
            send: #krate::Send<super::Protocol, R>,
        }

        impl<R: #krate::Answer> #name<R> {
            #(#fills)*

            /// Sends the command and waits for what answers it.
            pub fn answer(self) -> #krate::Answering<R> {
                self.send.answer()
            }
        }

        impl<R: #krate::Answer> #krate::Sendable for #name<R> {
            type Protocol = super::Protocol;
            type Answer = R;

            fn from_send(send: #krate::Send<super::Protocol, R>) -> Self {
                Self { send }
            }
        }

        impl<R: #krate::Answer> ::core::future::IntoFuture for #name<R> {
            type Output = ::core::result::Result<(), #krate::Error>;
            type IntoFuture = #krate::Sending;

            fn into_future(self) -> #krate::Sending {
                self.send.sending()
            }
        }
    }
}
