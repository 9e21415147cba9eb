//! The tables as a `static`, and what ties them to the names.

use genlock_spec::{
    ABI, Action, AlarmThreshold, Command, Connection, Discreet, Group, GroupItem, Header, Hook, OwnedSpec, Pair, Param,
    QAction, Response, Session, Spec, Text, Timer, Trigger,
};
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::docs::{Docs, code};
use super::literal::Literal;
use super::{Emitter, allow, hooks};

/// The block that nothing but the runtime refers to. It begins with the check that the runtime reads the tables as
/// they are written here.
pub(super) fn item(emitter: &Emitter<'_>, spec: &OwnedSpec) -> TokenStream {
    let krate = emitter.krate;
    let allow = allow();
    let abi = ABI.literal();
    let spec = tables(spec);
    let entries = hooks::entries(emitter);
    quote! {
        #allow
        const _: () = {
            const _: () = #krate::__private::same_abi::<#krate::__private::Abi<#abi>>();

            use ::core::option::Option::{None, Some};
            use #krate::__private::spec::*;

            static SPEC: Spec<'static> = #spec;

            impl #krate::Protocol for Protocol {
                fn spec() -> &'static Spec<'static> {
                    &SPEC
                }
            }

            impl<S: QActions> #krate::__private::Hooks<S> for Protocol {
                const ENTRIES: &'static [#krate::__private::Entry<Self, S>] = &[#entries];
            }
        };
    }
}

/// Rows that list all their fields.
macro_rules! whole_rows {
    ($($row:ident { $($field:ident),+ })+) => {$(
        impl Literal for $row {
            fn literal(&self) -> TokenStream {
                // A new field is an error here.
                let Self { $($field),+ } = self;
                $(let $field = $field.literal();)+
                quote!($row { $($field: #$field),+ })
            }
        }
    )+};
}

/// Rows that list what differs from a blank one: expansion and compilation cost grows with the number of tokens.
macro_rules! sparse_rows {
    ($($row:ident { $($field:ident),+ })+) => {$(
        impl Literal for $row {
            fn literal(&self) -> TokenStream {
                let blank = Self::BLANK;
                // A new field is an error here.
                let Self { $($field),+ } = self;
                let mut fields = TokenStream::new();
                $(if *$field != blank.$field {
                    let value = $field.literal();
                    fields.extend(quote!($field: #value,));
                })+
                quote!($row { #fields ..$row::BLANK })
            }
        }
    )+};
}

whole_rows! {
    Discreet { value, display, number }
    AlarmThreshold { level, value, number }
    GroupItem { item, next_ms }
    Hook { qaction, param, entry }
    Header { key, value }
}

sparse_rows! {
    Param {
        pid, name, line, kind, raw_type, value_type, length, initial, default, save, setter, dynamic_ip, on_change,
        on_change_after_response, hooks, alarms, discreets, secret
    }
    Command { id, name, line, message_type, params, before, after }
    Response { id, name, line, params, before, after }
    Pair {
        id, name, line, command, responses, connection, connection_is_fixed, timeout_ms, retries, ignore_timeout,
        on_succeeded, on_timeout, on_timeout_after_retries, condition
    }
    Group { id, name, line, kind, connection, items, before, after, condition }
    Timer { id, name, line, period_ms, looped, start, interval_ms, groups, before, condition }
    Trigger { id, name, line, content, refuses_check, otherwise, condition }
    Action { id, name, line, kind, condition }
    QAction { id, name, line, condition }
    Connection {
        id, name, line, status, dynamic_ip, handshake, make_command_by_protocol, bypass_proxy, port, timeout_ms,
        retries, responses
    }
    Session { id, name, line, path, headers, status_code, content }
}

impl<T: Literal> Literal for Vec<T> {
    fn literal(&self) -> TokenStream {
        let rows = self.iter().map(Literal::literal);
        quote!(&[#(#rows),*])
    }
}

impl Literal for String {
    fn literal(&self) -> TokenStream {
        let text = Token::string(self);
        quote!(#text)
    }
}

/// Rows of which the XML gives a name. Texts are places in one string, so without it nobody could tell the rows apart.
trait Named: Literal {
    fn name(&self) -> Text;
}

macro_rules! named_rows {
    ($($row:ident $name:ident)+) => {$(
        impl Named for $row {
            fn name(&self) -> Text {
                self.$name
            }
        }
    )+};
}

named_rows! {
    Param name Discreet display AlarmThreshold value Command name Response name Pair name Group name Timer name
    Trigger name Action name QAction name Connection name Session name Header key
}

/// The rows of a table, each with its name as a comment.
fn named<R: Named>(rows: &[R], spec: &Spec<'_>) -> TokenStream {
    let docs = rows.iter().map(|row| Docs::new(code(spec.text(row.name()))));
    let rows = rows.iter().map(Literal::literal);
    quote!(&[#(#docs #rows),*])
}

macro_rules! tables {
    (plain $($plain:ident)+, named $($named:ident)+) => {
        /// The whole of the tables.
        fn tables(spec: &OwnedSpec) -> TokenStream {
            // A new table is an error here.
            let OwnedSpec { $($plain,)+ $($named),+ } = spec;
            $(let $plain = $plain.literal();)+
            $(let $named = named($named, &spec.view());)+
            quote!(Spec { $($plain: #$plain,)+ $($named: #$named),+ })
        }
    };
}

tables! {
    plain name version after_startup strings indices group_items condition_steps hooks,
    named
        params discreets alarms commands responses pairs groups timers triggers actions qactions connections sessions
        headers
}
