//! The tables as a `static`, and what ties them to the names.

use genlock_spec::{
    ABI, Action, AlarmThreshold, Command, Connection, Discreet, Group, GroupItem, Header, Hook, OwnedSpec, Pair, Param,
    QAction, Response, Session, Timer, Trigger,
};
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

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
                const ENTRIES: &'static [#krate::__private::Entry<Protocol, S>] = &[#entries];
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
    Trigger { id, name, line, content, refuses_check }
    Action { id, name, line, kind }
    QAction { id, name, line }
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
        on_succeeded, on_timeout, on_timeout_after_retries
    }
    Group { id, name, line, kind, connection, items, before, after }
    Timer { id, name, line, period_ms, looped, start, interval_ms, groups, before }
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

macro_rules! tables {
    ($($table:ident),+) => {
        /// The whole of the tables.
        fn tables(spec: &OwnedSpec) -> TokenStream {
            // A new table is an error here.
            let OwnedSpec { $($table),+ } = spec;
            $(let $table = $table.literal();)+
            quote!(Spec { $($table: #$table),+ })
        }
    };
}

tables!(
    name,
    version,
    after_startup,
    strings,
    indices,
    params,
    discreets,
    alarms,
    commands,
    responses,
    pairs,
    groups,
    group_items,
    timers,
    triggers,
    actions,
    qactions,
    hooks,
    connections,
    sessions,
    headers
);
