//! `tables` and `rows`: one handle and one struct a table. A connector without tables has neither module.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, described};
use super::params::ParamItem;
use super::{Emitter, module};
use crate::names::fields;
use crate::shape::TableShape;

/// The two modules.
pub(super) fn tables(emitter: &Emitter<'_>) -> TokenStream {
    let Emitter { labels, ref names, shape, .. } = *emitter;
    if shape.tables.is_empty() {
        return TokenStream::new();
    }
    let rows = shape.tables.iter().zip(&names.tables).zip(&names.row_types).enumerate();
    let (handles, structs): (Vec<_>, Vec<_>) = rows
        .filter_map(|(position, ((table, name), row))| {
            let label = labels.params.get(table.param)?;
            let docs = Docs::of(label, "Table", &labels.file);
            let row_docs =
                Docs::new("A row of the table, typed by its columns. A cell that holds nothing yet is `None`.")
                    .markdown(described(label, "Table", &labels.file));
            let (krate, name, row) = (emitter.krate, name.ident(), row.ident());
            let position = Literal::usize_unsuffixed(position);
            let handle = quote! {
                #docs
                pub const #name: #krate::Table<super::Protocol, super::rows::#row> =
                    #krate::__private::handle::table(#position);
            };
            Some((handle, row_struct(emitter, table, &row_docs, &row)))
        })
        .unzip();
    let tables = module("tables", "The tables.", handles.into_iter());
    let rows = module("rows", "The rows of the tables.", structs.into_iter());
    quote!(#tables #rows)
}

fn row_struct(emitter: &Emitter<'_>, table: &TableShape, docs: &Docs, name: &proc_macro2::Ident) -> TokenStream {
    let columns = table.columns.iter().filter_map(|column| Some((column, emitter.params.get(column.param)?)));
    let columns: Vec<(_, &ParamItem<'_>)> = columns.collect();
    let fields = fields(columns.iter().map(|(_, param)| param.label));
    let items = columns.iter().zip(fields).map(|((column, param), field)| {
        let key = if column.is_key { ", the key" } else { "" };
        let docs =
            Docs::of(param.label, "Parameter", &emitter.labels.file).markdown(format!("Column {}{key}.", column.idx));
        let value = &param.value;
        // The key is what makes it a row.
        let value = if column.is_key { quote!(#value) } else { quote!(::core::option::Option<#value>) };
        quote!(#docs pub #field: #value,)
    });
    let is_number = |position: usize| emitter.shape.params.get(position).is_some_and(|param| param.is_number);
    // Numbers have no `Eq`.
    let eq = (!columns.iter().any(|(column, _)| is_number(column.param))).then(|| quote!(, Eq));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq #eq)]
        pub struct #name {
            #(#items)*
        }
    }
}
