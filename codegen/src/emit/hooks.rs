//! The trait `QActions`: one function an entry point (QA-10, QA-11).

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code, place};
use super::{Emitter, allow};

/// The trait, and its implementation for every state when there is nothing to write.
pub(super) fn items(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { krate, labels, .. } = *emitter;
    let allow = allow();
    let docs = Docs::new(format!("What the QActions of {} do, written in Rust.", code(&labels.protocol.name)))
        .markdown("The type that implements it is the state of one element; a function reaches it as `cx.state`.");
    let unhandled = emitter.options.unhandled;
    let functions = labels.hooks.iter().zip(&emitter.names.hooks).map(|(label, name)| {
        let docs = Docs::new(format!("{} ({})", code(&label.doc), place(&labels.file, label.line)));
        let name = name.ident();
        if label.is_queued {
            // `async fn` in the trait would not promise that the future may move to another thread.
            let body = if unhandled { quote!({ #krate::__private::unhandled_queued(cx) }) } else { quote!(;) };
            let future = quote!(::core::future::Future<Output = #krate::HookResult>);
            return quote! {
                #docs
                fn #name(cx: QueuedContext<Self>) -> impl #future + ::core::marker::Send #body
            };
        }
        let body = if unhandled { quote!({ #krate::__private::unhandled(cx) }) } else { quote!(;) };
        quote! {
            #docs
            fn #name(cx: &mut Context<'_, Self>) -> #krate::HookResult #body
        }
    });
    let for_any_state = labels.hooks.is_empty().then(|| {
        quote! {
            #allow
            impl<S: ::core::marker::Send + 'static> QActions for S {}
        }
    });
    // No attribute of `diagnostic::`: its name means nothing in a module without a prelude.
    quote! {
        #docs
        #allow
        pub trait QActions: ::core::marker::Sized + ::core::marker::Send + 'static {
            #(#functions)*
        }
        #for_any_state
    }
}

/// The functions in the order of [`genlock_spec::Hook::entry`].
pub(super) fn entries(emitter: &Emitter<'_>) -> TokenStream {
    let krate = emitter.krate;
    let entries = emitter.labels.hooks.iter().zip(&emitter.names.hooks).map(|(label, name)| {
        let name = name.ident();
        if label.is_queued {
            quote! {
                #krate::__private::Entry::Queued(|cx| #krate::__private::queued(<S as QActions>::#name(cx)))
            }
        } else {
            quote!(#krate::__private::Entry::Inside(<S as QActions>::#name))
        }
    });
    quote!(#(#entries),*)
}
