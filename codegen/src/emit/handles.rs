//! Modules of handles that carry nothing but their protocol: groups, timers, triggers, actions, connections.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::docs::Docs;
use super::{Emitter, module};
use crate::labels::Label;
use crate::names::Name;

/// The modules.
pub(super) fn modules(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { labels, ref names, .. } = *emitter;
    [
        module("groups", "The groups.", handles(emitter, "Group", "group", &labels.groups, &names.groups)),
        module("timers", "The timers.", handles(emitter, "Timer", "timer", &labels.timers, &names.timers)),
        module("triggers", "The triggers.", handles(emitter, "Trigger", "trigger", &labels.triggers, &names.triggers)),
        module("actions", "The actions.", handles(emitter, "Action", "action", &labels.actions, &names.actions)),
        module(
            "connections",
            "The connections.",
            handles(emitter, "Connection", "connection", &labels.connections, &names.connections),
        ),
    ]
    .into_iter()
    .collect()
}

/// One constant an item. `handle` is its type in the runtime, `make` the function there that makes one.
fn handles<'e>(
    emitter: &'e Emitter<'_>,
    handle: &'static str,
    make: &str,
    labels: &'e [Label],
    names: &'e [Name],
) -> impl Iterator<Item = TokenStream> + use<'e> {
    let krate = emitter.krate;
    let (handle_type, make) = (Ident::new(handle, Span::call_site()), Ident::new(make, Span::call_site()));
    labels.iter().zip(names).enumerate().map(move |(position, (label, name))| {
        let docs = Docs::of(label, handle, &emitter.labels.file);
        let name = name.ident();
        let position = Literal::usize_unsuffixed(position);
        quote! {
            #docs
            pub const #name: #krate::#handle_type<super::Protocol> = #krate::__private::handle::#make(#position);
        }
    })
}
