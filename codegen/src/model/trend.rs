//! What is kept of a parameter's values over time.

use genlock_spec::{ParamKind, TrendKind};

use super::item::Placed;
use super::reader::{Reader, Slot};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::Vocabulary;
use crate::parse::Element;

/// `@trending`, `Display/RTDisplay`, `Display/Trending` and `@historySet`.
#[derive(Debug, Default)]
pub(crate) struct Trend {
    /// `@trending`, and what is shown: without either there is no trend (TRD-01).
    is_wanted: bool,
    /// `Display/Trending/Type` (TRD-04).
    pub(crate) kind: Option<Placed<TrendKind>>,
    /// `@historySet` (QA-45).
    pub(crate) history_set: bool,
}

const KIND: Vocabulary<TrendKind> = Vocabulary {
    words: &[
        ("average", Carried(TrendKind::Average)),
        ("last", Carried(TrendKind::Last)),
        ("max", Carried(TrendKind::Maximum)),
        ("min", Carried(TrendKind::Minimum)),
        ("sum", Carried(TrendKind::Sum)),
    ],
};

impl Trend {
    /// Reads what the parameter `element` says, and its `display`.
    pub(super) fn read(element: &Element, display: Option<&Element>, reader: &mut Reader<'_, '_>) -> Self {
        let mut flag = |name| {
            let flag = reader.attribute(element, name).and_then(|flag| reader.flag(&flag));
            flag.map(|flag| flag.value)
        };
        let (trending, history_set) = (flag("trending"), flag("historySet"));
        let shown = display.and_then(|display| reader.child(display, "RTDisplay"));
        let shown = shown.and_then(|shown| reader.flag(&Slot::text(shown))).is_some_and(|shown| shown.value);
        let kind = display.and_then(|display| reader.child(display, "Trending"));
        let kind = kind.and_then(|trending| reader.child(trending, "Type"));
        Self {
            is_wanted: shown && trending != Some(false),
            kind: kind.and_then(|kind| reader.word(&Slot::text(kind), &KIND)),
            history_set: history_set == Some(true),
        }
    }

    /// What is kept of each window, if anything is; write parameters have no trend (TRD-01).
    pub(crate) fn kept(&self, of: Option<ParamKind>) -> Option<TrendKind> {
        let is_trended = self.is_wanted && !of.is_some_and(ParamKind::is_write);
        is_trended.then(|| self.kind.map_or(TrendKind::Average, |kind| kind.value))
    }
}
