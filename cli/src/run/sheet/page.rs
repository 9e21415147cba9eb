//! [`Page`]: a list of parameters under one name.

use genlock_codegen::pages::{Form, PageKind, Pages};
use genlock_spec::{ParamKind, Spec};

use super::Field;
use crate::run::visible::visible;

/// A list of parameters under one name.
pub(in crate::run) struct Page {
    pub(in crate::run) name: String,
    /// Positions of fields.
    pub(in crate::run) fields: Vec<usize>,
    /// It is the one that is shown first.
    pub(super) is_first: bool,
}

/// The pages of the connector file, each column by column, and behind them all parameters.
pub(super) fn pages(spec: &Spec<'_>, pages: &Pages, fields: &[Field]) -> Vec<Page> {
    let listed =
        pages.pages.iter().enumerate().filter(|(_, page)| matches!(page.kind, PageKind::Listed | PageKind::PopUp));
    let listed = listed.map(|(position, page)| Page {
        name: visible(&page.name).into_owned(),
        fields: on_page(pages, fields, position),
        is_first: page.first,
    });
    let mut listed: Vec<Page> = listed.filter(|page| !page.fields.is_empty()).collect();
    let name = if listed.is_empty() { "Parameters" } else { "All" };
    let rows = spec.params.iter().enumerate().filter(|(_, row)| has_a_value(row.kind));
    listed.push(Page { name: name.to_owned(), fields: rows.map(|(position, _)| position).collect(), is_first: false });
    listed
}

/// The positions of the fields on a page. A write parameter beside its read parameter is reached through that one.
fn on_page(pages: &Pages, fields: &[Field], page: usize) -> Vec<usize> {
    let is_on_page = |pid: u32| {
        let mut shown = pages.fields.iter().filter(|field| field.pid == pid);
        shown.any(|field| field.places.iter().any(|place| place.page as usize == page))
    };
    let mut cells = Vec::new();
    for shown in &pages.fields {
        let is_setter = fields.iter().any(|field| field.setter == Some(shown.pid) && field.pid != shown.pid);
        if shown.form == Form::TitleEnd || is_setter && shown.partner.is_some_and(is_on_page) {
            continue;
        }
        let Some(position) = fields.iter().position(|field| field.pid == shown.pid) else { continue };
        let places = shown.places.iter().filter(|place| place.page as usize == page);
        cells.extend(places.map(|place| (place.column, place.row, position)));
    }
    cells.sort_unstable();
    cells.into_iter().map(|(_, _, position)| position).collect()
}

/// Whether a parameter holds something that changes.
fn has_a_value(kind: ParamKind) -> bool {
    !kind.is_constant()
        && !matches!(
            kind,
            ParamKind::Dummy
                | ParamKind::Length
                | ParamKind::Crc
                | ParamKind::Array
                | ParamKind::Matrix
                | ParamKind::DiscreetInfo
        )
}
