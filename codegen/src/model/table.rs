//! Tables: what their rows consist of. No element runs them yet, so nothing here counts as taken.

use genlock_spec::ColumnKind;

use super::item::Placed;
use super::option::{Entry, separated};
use super::reader::Reader;
use super::reference::{Form, Reference};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::Vocabulary;
use crate::parse::{Element, Slot};

/// `ArrayOptions` of a parameter.
#[derive(Debug)]
pub(crate) struct Table {
    /// The number of the column that tells rows apart.
    pub(crate) key_column: u32,
    pub(crate) display_column: Option<u32>,
    /// What the name of a row is joined from.
    pub(crate) naming: Vec<NamePart>,
    /// Its columns, in document order.
    pub(crate) columns: Vec<Column>,
    /// How many rows a page has, if it is shown in pages.
    pub(crate) page_size: Option<u32>,
    pub(crate) options: Vec<Entry>,
}

/// A part of the name of a row.
#[derive(Debug)]
pub(crate) enum NamePart {
    Text(String),
    Column(Reference),
}

/// `ColumnOption`.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) idx: u32,
    pub(crate) param: Reference,
    pub(crate) kind: ColumnKind,
    /// The table whose keys it holds.
    pub(crate) foreign_key: Option<Reference>,
    pub(crate) value: Option<Placed<String>>,
    pub(crate) polling_rate_ms: Option<u32>,
    pub(crate) options: Vec<Entry>,
}

/// How many rows a page has that does not say it (schema, 17).
const PAGE_SIZE: u32 = 1000;

const KIND: Vocabulary<ColumnKind> = Vocabulary {
    words: &[
        ("autoincrement", Carried(ColumnKind::AutoIncrement)),
        ("concatenation", Carried(ColumnKind::Concatenation)),
        ("custom", Carried(ColumnKind::Custom)),
        ("displaykey", Carried(ColumnKind::DisplayKey)),
        ("index", Carried(ColumnKind::Index)),
        ("retrieved", Carried(ColumnKind::Retrieved)),
        ("snmp", Carried(ColumnKind::Snmp)),
        ("state", Carried(ColumnKind::State)),
        ("viewTableKey", Carried(ColumnKind::ViewTableKey)),
    ],
};

impl Table {
    /// The table that `param` is, if it says what its rows consist of.
    pub(super) fn read(param: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let kind = param.find("Type");
        let older = kind.and_then(|kind| kind.get("id")).map(Slot::attribute);
        let array = param.find("ArrayOptions");
        if array.is_none() && older.is_none() {
            return None;
        }
        let mut columns: Vec<Column> =
            older.iter().flat_map(|ids| ids.parts()).zip(0..).filter_map(Column::older).collect();
        let mut table = Self {
            key_column: 0,
            display_column: None,
            naming: Vec::new(),
            columns: Vec::new(),
            page_size: None,
            options: Vec::new(),
        };
        if let Some(array) = array {
            let mut number = |name: &str| {
                let slot = Slot::attribute(array.get(name)?);
                reader.number(&slot, 0, u32::MAX, "the number of a column").map(|number| number.value)
            };
            table.key_column = number("index").unwrap_or_default();
            table.display_column = number("displayColumn");
            table.page_size = array.get("partial").map(Slot::attribute).and_then(page_size);
            table.options = array.get("options").map_or_else(Vec::new, |options| separated(Slot::attribute(options)));
            table.naming = naming(array, &table.options);
            columns.extend(array.all("ColumnOption").filter_map(|column| Column::read(column, reader)));
        }
        table.columns = columns;
        Some(table)
    }
}

impl Column {
    /// An entry of `Type@id`, which lists the first columns.
    fn older((entry, idx): (Slot<'_>, u32)) -> Option<Self> {
        let param = Form::Loose.read(entry.raw, entry.span)?;
        let (kind, options) = (ColumnKind::Retrieved, Vec::new());
        Some(Self { idx, param, kind, foreign_key: None, value: None, polling_rate_ms: None, options })
    }

    fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let attribute = |name: &str| element.get(name).map(Slot::attribute);
        let mut number = |name: &str, what: &str| {
            attribute(name).and_then(|slot| reader.number(&slot, 0, u32::MAX, what)).map(|number| number.value)
        };
        let (idx, polling_rate_ms) =
            (number("idx", "the number of a column")?, number("pollingRate", "a time in milliseconds"));
        let param = attribute("pid").and_then(|pid| reader.reference(&pid, Form::Loose))?;
        let kind = attribute("type").and_then(|word| reader.word(&word, &KIND));
        let options = attribute("options").map_or_else(Vec::new, separated);
        let foreign_key = options.iter().find(|option| option.is("foreignKey"));
        Some(Self {
            idx,
            param,
            kind: kind.map_or(ColumnKind::Retrieved, |kind| kind.value),
            foreign_key: foreign_key.and_then(|option| Form::Loose.read(&option.value, option.span)),
            value: attribute("value").and_then(|value| value.filled()),
            polling_rate_ms,
            options,
        })
    }
}

/// `true` or `true:500`.
fn page_size(partial: Slot<'_>) -> Option<u32> {
    let (word, size) = partial.trimmed().split_once(':').unwrap_or((partial.trimmed(), ""));
    word.eq_ignore_ascii_case("true").then(|| size.trim().parse().unwrap_or(PAGE_SIZE))
}

/// `NamingFormat`, whose first character parts its items; else the option `naming`, whose first character is put
/// between the columns.
fn naming(array: &Element, options: &[Entry]) -> Vec<NamePart> {
    if let Some(format) = array.find("NamingFormat").map(Slot::look).filter(|format| !format.is_blank()) {
        let text = format.trimmed();
        let separator = text.chars().next().unwrap_or_default();
        let items = text.get(separator.len_utf8()..).unwrap_or_default().split(separator);
        return items.map(|item| part(format.within(item))).collect();
    }
    let Some(option) = options.iter().find(|option| option.is("naming")) else { return Vec::new() };
    let separator: String = option.value.chars().take(1).collect();
    let columns = option.value.get(separator.len()..).unwrap_or_default().split(',');
    let mut parts = Vec::new();
    for column in columns.filter_map(|column| Form::Loose.read(column, option.span)) {
        if !parts.is_empty() {
            parts.push(NamePart::Text(separator.clone()));
        }
        parts.push(NamePart::Column(column));
    }
    parts
}

fn part(item: Slot<'_>) -> NamePart {
    Form::Loose.read(item.raw, item.span).map_or_else(|| NamePart::Text(item.raw.to_owned()), NamePart::Column)
}
