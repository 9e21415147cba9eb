//! The list of pages: `Protocol/Display`.

use super::reader::{Reader, Slot};
use super::reference::{Form, Reference};
use crate::parse::Element;

/// `Protocol/Display`.
#[derive(Debug, Default)]
pub(crate) struct PageList {
    /// `@pageOrder`, as it is written.
    pub(crate) order: Vec<String>,
    /// `@defaultPage`.
    pub(crate) first: String,
    /// `@wideColumnPages`.
    pub(crate) wide: Vec<String>,
    /// `Pages`: those that are not always listed.
    pub(crate) visibilities: Vec<PageVisibility>,
}

/// `Pages/Page` with a `Visibility`.
#[derive(Debug)]
pub(crate) struct PageVisibility {
    pub(crate) page: String,
    pub(crate) default: bool,
    pub(crate) param: Reference,
    pub(crate) value: String,
}

impl PageList {
    pub(super) fn read(root: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let Some(display) = reader.child(root, "Display") else { return Self::default() };
        let list = |slot: Option<Slot<'_>>| {
            slot.into_iter().flat_map(Slot::parts).map(|part| part.trimmed().to_owned()).collect::<Vec<_>>()
        };
        let order = list(reader.attribute(display, "pageOrder"));
        let wide = list(reader.attribute(display, "wideColumnPages"));
        let first = reader.attribute(display, "defaultPage").map(|page| page.trimmed().to_owned());
        let pages = reader.child(display, "Pages").into_iter().flat_map(|pages| pages.children("Page"));
        Self {
            order,
            wide,
            first: first.unwrap_or_default(),
            visibilities: pages.filter_map(|page| PageVisibility::read(page, reader)).collect(),
        }
    }
}

impl PageVisibility {
    fn read(page: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let name = reader.child(page, "Name").and_then(|name| Slot::text(name).filled());
        let visibility = reader.child(page, "Visibility")?;
        let default = reader.attribute(visibility, "default");
        let param = reader.attribute(visibility, "overridePID");
        let value = reader.attribute(visibility, "value");
        Some(Self {
            page: name?.value,
            // Any other word acts as `false` (schema, 3.1).
            default: default.is_some_and(|default| default.is("true")),
            param: param.and_then(|pid| reader.reference(&pid, Form::Loose))?,
            value: value?.trimmed().to_owned(),
        })
    }
}
