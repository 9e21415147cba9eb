//! The tables as a `static`, and what ties them to the names.

use genlock_spec::{
    ABI, Action, AlarmThreshold, Array, BitField, Checksum, Column, ColumnGroup, Command, Connection, Discreet,
    EntryRange, Exception, Format, Group, GroupItem, Header, Hook, Mapping, Matrix, Monitoring, Nominal, Other,
    OwnedSpec, Pair, Param, QAction, Relation, Replacement, ReportTrigger, Request, Response, Scale, SequenceStep,
    Session, SessionItem, Setting, Spec, Stuffing, Text, Timer, Trigger, Unserved,
};
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::docs::{Docs, code};
use super::literal::Literal;
use super::{Emitter, allow, hooks};
use crate::pages::Pages;

/// The block that nothing but the runtime refers to. It begins with the check that the runtime reads the tables as
/// they are written here.
pub(super) fn item(emitter: &Emitter<'_>, spec: &OwnedSpec, pages: &Pages) -> TokenStream {
    let krate = emitter.krate;
    let allow = allow();
    let abi = ABI.literal();
    let spec = tables(spec);
    let pages = pages.to_json();
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

                fn pages() -> &'static str {
                    #pages
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
    AlarmThreshold { level, value, number, exception }
    GroupItem { item, next_ms }
    Hook { qaction, param, entry }
    Header { key, value }
    SessionItem { session, request }
    Nominal { is_relative, value, factor, instead }
    ReportTrigger { text, trigger }
    ColumnGroup { column, fallback }
    Unserved { part, id, name, line }
    Setting { name, value }
    Relation { name, path, options }
    Matrix { param, inputs, outputs, input_columns, output_columns, options }
    Mapping { name, param }
    Replacement { old, new }
    BitField { group, start, len, used, byte_offset, align_right }
    Scale { low_data, high_data, low, high }
    EntryRange { low, high, step }
    Stuffing { value, allowed, start, end }
    SequenceStep { operation, operand }
    Exception { incoming, number, value, display }
    Other { param, value, display }
}

sparse_rows! {
    Param {
        pid, name, line, kind, raw_type, value_type, length, initial, default, save, save_interval_ms, setter, dynamic_ip, on_change,
        on_change_after_response, hooks, alarms, monitoring, alarm_dependents, alarm_listeners, trend, history_set, discreets, format, marker, times,
        bit_fields, covers, checksum, inner, entry, secret
    }
    Command { id, name, line, message_type, params, ascii, ascii_params, before, after }
    Response { id, name, line, params, optional, before, after }
    Pair {
        id, name, line, command, responses, connection, connection_is_fixed, timeout_ms, retries, ignore_timeout,
        ping, on_bad_command, receive_interval_ms, one_byte_ms, break_ms, on_succeeded, on_timeout, on_timeout_after_retries, condition
    }
    Group {
        id, name, line, kind, connection, connection_param, thread, ping, multiple_get, items, before, after, condition
    }
    Timer {
        id, name, line, period_ms, looped, start, interval_ms, groups, column_groups, options, before, condition
    }
    Trigger { id, name, line, content, guard, refuses_check, otherwise, condition }
    Action { id, name, line, kind, condition }
    QAction { id, name, line, inputs, binary, queued, per_row, groups, condition }
    Connection {
        id, name, line, kind, status, dynamic_ip, handshake, handshake_session, make_command_by_protocol, custom_redirect,
        redundant_polling, bypass_proxy, bus_address, port, port_type, timeout_ms, retries, element_timeout_ms, slow_poll, ping_interval_ms,
        skip_certificate_verification, drops_equal, responses
    }
    Format {
        bits, base, big_endian, factor, scale, sequence, wraps_at, decimals, rounding, low, high, printable, trim_left,
        trim_right, exceptions, others
    }
    Checksum {
        algorithm, byte_offset, group, binary_groups, offset, modulus, total_offset, or_total_offset, ones_complement
    }
    Monitoring { by_size, lows, information, nominal, active_ms, disabled_by, disabled_value, threshold, compared }
    Array { pid, name, line, param, key_column, display_column, naming, columns, page_size, options }
    Column { idx, param, kind, save, foreign_key, value, polling_rate_ms, options }
    Session {
        id, name, line, requests, login, user_name, password, proxy_server, proxy_user, proxy_password, timeout_ms,
        ignore_timeout, keep_alive, on_timeout
    }
    Request {
        session, id, name, line, verb, path, headers, body, timeout_ms, ignore_timeout, status_code, answer_headers,
        content
    }
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
    Trigger name Action name QAction name Connection name Session name Request name Header key Unserved name Array name Setting name
    Relation name Mapping name Exception incoming Other display
}

/// The rows of a table, each with its name as a comment.
fn named<R: Named>(rows: &[R], spec: &Spec<'_>) -> TokenStream {
    let docs = rows.iter().map(|row| Docs::new(code(spec.text(row.name()))));
    let rows = rows.iter().map(Literal::literal);
    quote!(&[#(#docs #rows),*])
}

macro_rules! tables {
    (plain $($plain:ident)+, named $($named:ident)+, rare plain $($rare:ident)+, rare named $($rare_named:ident)+) => {
        /// The whole of the tables. Of those that few connectors need, only the ones that have rows are listed.
        fn tables(spec: &OwnedSpec) -> TokenStream {
            // A new table is an error here.
            let OwnedSpec { $($plain,)+ $($named,)+ $($rare,)+ $($rare_named),+ } = spec;
            $(let $plain = $plain.literal();)+
            $(let $named = named($named, &spec.view());)+
            let mut rest = TokenStream::new();
            $(if !$rare.is_empty() {
                let rows = $rare.literal();
                rest.extend(quote!($rare: #rows,));
            })+
            $(if !$rare_named.is_empty() {
                let rows = named($rare_named, &spec.view());
                rest.extend(quote!($rare_named: #rows,));
            })+
            quote!(Spec { $($plain: #$plain,)+ $($named: #$named,)+ #rest ..Spec::EMPTY })
        }
    };
}

tables! {
    plain name version after_startup strings indices group_items hooks,
    named
        params discreets alarms commands responses pairs groups timers triggers actions qactions connections,
    rare plain condition_steps report_triggers no_timeouts column_groups replacements session_items monitorings formats sequence_steps checksums columns name_parts matrices,
    rare named requests headers sessions arrays relations mappings settings exceptions others unserved
}
