//! What needs parameters to be available to clients.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::file::{File, Param, loose};
use crate::parse::{Element, Slot};
use crate::source::Span;

/// The needs of a file.
#[derive(Default)]
pub(super) struct Needs {
    by_param: BTreeMap<u32, Vec<Need>>,
    /// Parameters that may be available although nothing needs it.
    allowed: BTreeSet<u32>,
}

/// Why a parameter has to be available.
pub(super) struct Need {
    /// The rule that says so; what has none of its own counts under 2.7.4.
    pub(super) rule: Option<&'static str>,
    /// What needs it.
    pub(super) span: Span,
    /// The reason, as it follows a colon.
    pub(super) why: String,
}

impl Needs {
    /// `param` has to be available.
    pub(super) fn add(
        &mut self,
        param: &Param<'_>,
        rule: impl Into<Option<&'static str>>,
        span: Span,
        why: impl Into<String>,
    ) {
        self.add_id(param.id, rule, span, why);
    }

    /// The parameter with this id has to be available, if there is one.
    pub(super) fn add_id(
        &mut self,
        id: u32,
        rule: impl Into<Option<&'static str>>,
        span: Span,
        why: impl Into<String>,
    ) {
        let need = Need { rule: rule.into(), span, why: why.into() };
        self.by_param.entry(id).or_default().push(need);
    }

    /// `column` has to be available, and so has the parameter that sets it. `why` says the reason for what it is given
    /// the words of.
    pub(super) fn add_column(
        &mut self,
        file: &File<'_>,
        column: u32,
        rule: &'static str,
        span: Span,
        why: impl Fn(&str) -> String,
    ) {
        self.add_id(column, rule, span, why("it"));
        if let Some(write) = file.param(column).and_then(|column| file.partner(column)).filter(|other| other.is_write())
        {
            self.add(write, rule, span, why("the column that it sets"));
        }
    }

    /// The parameter that `slot` names has to be available.
    pub(super) fn add_named(&mut self, slot: Slot<'_>, rule: impl Into<Option<&'static str>>, why: impl Into<String>) {
        if let Some(id) = loose(slot.raw) {
            self.add_id(id, rule, slot.span, why);
        }
    }

    /// The parameter with this id may be available.
    pub(super) fn allow(&mut self, id: u32) {
        self.allowed.insert(id);
    }

    /// Whatever is named in `element` by an attribute that is called after an id may be available.
    pub(super) fn allow_all_in(&mut self, element: &Element) {
        for attribute in &element.attributes {
            let name = attribute.name.to_lowercase();
            let is_id = name.ends_with("pid") || name.ends_with("id") || name.ends_with("table");
            if let Some(id) = loose(&attribute.value).filter(|_| is_id) {
                self.allow(id);
            }
        }
        for child in &element.children {
            self.allow_all_in(child);
        }
    }

    /// What needs the parameter with this id.
    pub(super) fn of(&self, id: u32) -> &[Need] {
        self.by_param.get(&id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_needed_or_allowed(&self, id: u32) -> bool {
        self.by_param.contains_key(&id) || self.allowed.contains(&id)
    }
}
