//! Where a parameter stands on pages, and how it is shown there.

use super::measurement::Measurement;
use super::number::plain;
use super::reader::{Reader, Slot};
use crate::pages::Form;
use crate::parse::Element;

/// `Display` of a parameter, as far as it is about pages.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// `RTDisplay` (PARAM-170).
    pub(crate) is_displayed: bool,
    /// `Units`.
    pub(crate) unit: Option<String>,
    /// `Decimals` (PARAM-165).
    pub(crate) decimals: Option<u32>,
    /// `Range/Low`.
    pub(crate) low: Option<f64>,
    /// `Range/High`.
    pub(crate) high: Option<f64>,
    /// `Trending@logarithmic`.
    pub(crate) logarithmic: bool,
    /// `Positions`; those without a page, a row or a column are left out.
    pub(crate) places: Vec<Place>,
}

/// One `Position`.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) page: String,
    pub(crate) row: u32,
    pub(crate) column: u32,
    /// `Page@measType`.
    pub(crate) form: Option<Form>,
}

impl Shown {
    pub(super) fn read(display: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let shown = reader.child(display, "RTDisplay").map(Slot::text);
        let unit = reader.child(display, "Units").map(Slot::text);
        let decimals = reader.child(display, "Decimals").map(Slot::text);
        let range = reader.child(display, "Range");
        let mut bound = |name| plain(Slot::text(reader.child(range?, name)?).trimmed());
        let (low, high) = (bound("Low"), bound("High"));
        let positions = reader.child(display, "Positions");
        let trending = reader.child(display, "Trending");
        let logarithmic = trending.and_then(|trending| reader.attribute(trending, "logarithmic"));
        let positions = positions.into_iter().flat_map(|positions| positions.children("Position"));
        Self {
            is_displayed: shown.is_some_and(|shown| shown.is("true")),
            unit: unit.and_then(|unit| unit.filled()).map(|unit| unit.value),
            decimals: decimals.and_then(|decimals| decimals.trimmed().parse().ok()),
            low,
            high,
            logarithmic: logarithmic.is_some_and(|flag| flag.is("true")),
            places: positions.filter_map(|position| Place::read(position, reader)).collect(),
        }
    }
}

impl Place {
    fn read(position: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let page = reader.child(position, "Page")?;
        let form = reader.attribute(page, "measType").and_then(|word| Measurement::form_of(word.trimmed()));
        let mut number = |name| Slot::text(reader.child(position, name)?).trimmed().parse().ok();
        let (row, column) = (number("Row"), number("Column"));
        Some(Self { page: Slot::text(page).filled()?.value, row: row?, column: column?, form })
    }
}
