//! What a page of an element shows, beside the tables.

use std::collections::{BTreeMap, BTreeSet};

use genlock_spec::{ParamKind, ValueType};

use super::row_id;
use crate::model::{self, Measurement, Model, Reference, Target};
use crate::pages::{Choice, Field, Form, Page, PageKind, Pages, Place, Visibility};

/// The pages of a model without errors.
pub(crate) fn pages(model: &Model) -> Pages {
    let (pages, positions) = list(model);
    let fields = model.params.iter().enumerate().filter(|(_, param)| is_on_a_page(param));
    let partners = partners(model);
    let fields = fields.map(|(position, param)| Field {
        partner: partners.get(&position).copied(),
        ..field(model, param, &positions)
    });
    Pages {
        description: one_line(model.protocol.description.as_deref().unwrap_or_default()),
        fields: fields.collect(),
        pages,
    }
}

/// Without `RTDisplay` a value is internal (PARAM-170).
fn is_on_a_page(param: &model::Param) -> bool {
    param.shown.is_displayed || !param.shown.places.is_empty()
}

/// The pages in the order of `pageOrder`, the others behind them by name; and where each one is in the list.
fn list(model: &Model) -> (Vec<Page>, BTreeMap<&str, u32>) {
    let places = || model.params.iter().flat_map(|param| &param.shown.places);
    let used: BTreeSet<&str> = places().map(|place| place.page.as_str()).collect();
    let opened: BTreeSet<&str> = model.params.iter().flat_map(opened).collect();
    let mut pages = Vec::new();
    let mut positions = BTreeMap::new();
    for entry in &model.pages.order {
        if entry.starts_with('-') {
            pages.push(Page { kind: PageKind::Separator, ..Page::default() });
        } else if let Some((name, address)) = entry.split_once('#') {
            pages.push(Page { name: name.to_owned(), kind: PageKind::Link(address.to_owned()), ..Page::default() });
        } else if used.contains(entry.as_str()) && !positions.contains_key(entry.as_str()) {
            positions.insert(entry.as_str(), pages.len() as u32);
            pages.push(page(model, entry, PageKind::Listed));
        }
    }
    for name in used {
        if !positions.contains_key(name) {
            let kind = if opened.contains(name) { PageKind::PopUp } else { PageKind::Listed };
            positions.insert(name, pages.len() as u32);
            pages.push(page(model, name, kind));
        }
    }
    (pages, positions)
}

fn page(model: &Model, name: &str, kind: PageKind) -> Page {
    let visibility = model.pages.visibilities.iter().find(|visibility| visibility.page == name);
    Page {
        name: name.to_owned(),
        kind,
        wide: model.pages.wide.iter().any(|wide| wide == name),
        first: model.pages.first == name,
        visibility: visibility.and_then(|visibility| {
            let pid = pid(model, &visibility.param)?;
            Some(Visibility { default: visibility.default, pid, value: visibility.value.clone() })
        }),
    }
}

/// The pages that a page button opens (PARAM-146).
fn opened(param: &model::Param) -> impl Iterator<Item = &str> {
    let opens = |measurement: &&Measurement| measurement.kind.is_some_and(|kind| kind.value == Form::PageButton);
    let measurement = param.measurement.as_ref().filter(opens);
    measurement.into_iter().flat_map(Measurement::known_values).map(|discreet| discreet.value.value.as_str())
}

/// Which read parameter has which write parameter of the same name, and the other way round.
fn partners(model: &Model) -> BTreeMap<usize, u32> {
    let mut partners = BTreeMap::new();
    for (position, param) in model.params.iter().enumerate() {
        let is_write = param.kind.is_some_and(|kind| kind.value.is_write());
        let read = is_write.then(|| model.partner(position)).flatten();
        if let Some((position_of_read, read)) = read.and_then(|at| Some((at, model.params.get(at)?))) {
            partners.insert(position, row_id(&read.head));
            partners.entry(position_of_read).or_insert(row_id(&param.head));
        }
    }
    partners
}

fn field(model: &Model, param: &model::Param, pages: &BTreeMap<&str, u32>) -> Field {
    let (shown, measurement) = (&param.shown, param.measurement.as_ref());
    let is_write = param.kind.is_some_and(|kind| kind.value.is_write());
    let caption = param.head.description.as_deref().map(one_line).filter(|caption| !caption.is_empty());
    let places = shown.places.iter().filter_map(|place| {
        let page = *pages.get(place.page.as_str())?;
        Some(Place { page, row: place.row, column: place.column, form: place.form })
    });
    let form = measurement.and_then(|measurement| measurement.kind).map_or_else(|| unsaid(param), |form| form.value);
    let is_end = measurement.is_some_and(|measurement| measurement.writing.is_end);
    Field {
        pid: row_id(&param.head),
        caption: caption.unwrap_or_else(|| param.head.name().to_owned()),
        help: lines(param.subtext.as_deref().unwrap_or_default()),
        form: if form == Form::Title && is_end { Form::TitleEnd } else { form },
        number: measurement.map_or_else(Default::default, |measurement| measurement.writing.number),
        unit: shown.unit.clone().unwrap_or_default(),
        decimals: shown.decimals,
        // Of a write parameter the tables have what may be entered (PARAM-149).
        low: shown.low.filter(|_| !is_write),
        high: shown.high.filter(|_| !is_write),
        lines: measurement.map_or(0, |measurement| measurement.writing.lines),
        case: measurement.map_or_else(Default::default, |measurement| measurement.writing.case),
        logarithmic: shown.logarithmic,
        question: one_line(param.question.as_deref().unwrap_or_default()),
        partner: None,
        depends_on: measurement
            .and_then(|measurement| measurement.depends_on.as_ref())
            .and_then(|pid| self::pid(model, pid)),
        choices: measurement.map_or_else(Vec::new, choices),
        places: places.collect(),
    }
}

/// The form of a parameter that has no `Measurement`.
fn unsaid(param: &model::Param) -> Form {
    match param.kind.map(|kind| kind.value) {
        Some(ParamKind::Array) => Form::Table,
        Some(ParamKind::Matrix) => Form::Matrix,
        _ if param.value_type() == ValueType::Text => Form::Text,
        _ => Form::Number,
    }
}

/// The choices, where they say more than values and captions, which the tables have.
fn choices(measurement: &Measurement) -> Vec<Choice> {
    let says_more = |discreet: &model::Discreet| {
        !discreet.offered.is_empty()
            || !discreet.help.is_empty()
            || !discreet.question.is_empty()
            || discreet.exceptional
    };
    if !measurement.discreets.iter().any(says_more) {
        return Vec::new();
    }
    let choice = |discreet: &model::Discreet| Choice {
        value: discreet.value.value.clone(),
        display: discreet.display.value.clone(),
        help: lines(&discreet.help),
        question: one_line(&discreet.question),
        offered_with: discreet.offered.clone(),
        exceptional: discreet.exceptional,
    };
    measurement.discreets.iter().map(choice).collect()
}

/// The id of the parameter that `reference` names.
fn pid(model: &Model, reference: &Reference) -> Option<u32> {
    let position = reference.position(Target::Param, &model.index)?;
    model.params.get(position).map(|param| row_id(&param.head))
}

/// Text without the line breaks and the indentation that it has in the file.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without the indentation that it has in the file, its lines kept.
fn lines(text: &str) -> String {
    text.lines().map(one_line).collect::<Vec<_>>().join("\n").trim().to_owned()
}
