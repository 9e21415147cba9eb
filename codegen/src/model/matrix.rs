//! Matrices: which tables they show. No element runs tables yet, so nothing here counts as taken.

use super::option::Entry;
use super::reference::{Form, Reference};
use crate::parse::{Element, Slot};

/// `Matrix` of a parameter.
#[derive(Debug)]
pub(crate) struct Matrix {
    pub(crate) inputs: Side,
    pub(crate) outputs: Side,
    pub(crate) options: Vec<Entry>,
}

/// The table of one side.
#[derive(Debug, Default)]
pub(crate) struct Side {
    pub(crate) table: Option<Reference>,
    /// The columns by what they mean.
    pub(crate) columns: Vec<(String, Reference)>,
}

impl Matrix {
    pub(super) fn read(param: &Element) -> Option<Self> {
        let matrix = param.find("Matrix")?;
        let options = matrix.find("MatrixOptions").into_iter().flat_map(|options| options.all("MatrixOption"));
        let option = |option: &Element| {
            let value = Slot::look(option);
            let name = Slot::attribute(option.get("name")?).trimmed().to_owned();
            Some(Entry { name, value: value.trimmed().to_owned(), span: value.span })
        };
        Some(Self {
            inputs: matrix.find("Inputs").map(Side::read).unwrap_or_default(),
            outputs: matrix.find("Outputs").map(Side::read).unwrap_or_default(),
            options: options.filter_map(option).collect(),
        })
    }
}

impl Side {
    fn read(element: &Element) -> Self {
        let table = element.get("tablePid").map(Slot::attribute);
        let mappings = element.find("Mappings").into_iter().flat_map(|mappings| mappings.all("Mapping"));
        let mapping = |mapping: &Element| {
            let column = Slot::look(mapping);
            let name = Slot::attribute(mapping.get("name")?).trimmed().to_owned();
            Some((name, Form::Loose.read(column.raw, column.span)?))
        };
        Self {
            table: table.and_then(|pid| Form::Loose.read(pid.raw, pid.span)),
            columns: mappings.filter_map(mapping).collect(),
        }
    }
}
