//! The types of the names, also of a file with errors.

use std::collections::BTreeMap;

use genlock_spec::ParamKind;

use crate::model::{self, Measurement, Model, Reference, Target, plain_number};
use crate::shape::{ColumnShape, Known, PairShape, ParamShape, Shape, TableShape, Values};

/// The types of a model.
pub(crate) fn shape(model: &Model) -> Shape {
    let mut params: Vec<ParamShape> = model.params.iter().map(param).collect();
    share_values(model, &mut params);
    let pairs = model.pairs.iter().map(|pair| PairShape {
        command: pair.command.as_ref().and_then(|command| command.position(Target::Command, &model.index)),
        responses: positions(model, &pair.responses, Target::Response),
    });
    Shape {
        params,
        commands: model.commands.iter().map(|command| carrying(model, &command.params)).collect(),
        responses: model.responses.iter().map(|response| carrying(model, &response.params)).collect(),
        pairs: pairs.collect(),
        tables: tables(model),
    }
}

fn param(param: &model::Param) -> ParamShape {
    let kind = kind(param);
    let is_fixed = kind.is_constant();
    let discreets = param.measurement.iter().flat_map(Measurement::known_values);
    let known: Vec<Known> = discreets
        .map(|discreet| Known {
            display: discreet.display.value.clone(),
            written: discreet.value.value.clone(),
            number: plain_number(&discreet.value.value),
        })
        .collect();
    ParamShape {
        is_fixed,
        is_write: kind.is_write(),
        is_number: param.value_type().is_number(),
        values: if is_fixed || known.is_empty() { Values::Any } else { Values::Known(known) },
    }
}

fn kind(param: &model::Param) -> ParamKind {
    param.kind.map_or(ParamKind::Read, |kind| kind.value)
}

/// A write parameter has the type of the read parameter of the same name (PARAM-142) when both list the same values.
fn share_values(model: &Model, shapes: &mut [ParamShape]) {
    let mut of_reads = BTreeMap::new();
    for (position, (param, shape)) in model.params.iter().zip(&*shapes).enumerate() {
        if kind(param) == ParamKind::Read && matches!(shape.values, Values::Known(_)) {
            of_reads.insert(param.head.name(), (position, shape.clone()));
        }
    }
    for (param, shape) in model.params.iter().zip(shapes).filter(|(_, shape)| shape.is_write) {
        match of_reads.get(param.head.name()) {
            Some((position, read)) if (read.is_number, &read.values) == (shape.is_number, &shape.values) => {
                shape.values = Values::Same(*position);
            }
            _ => {}
        }
    }
}

/// The tables with their columns, by number.
fn tables(model: &Model) -> Vec<TableShape> {
    let tables =
        model.params.iter().enumerate().filter_map(|(position, param)| Some((position, param.table.as_ref()?)));
    let shape = |(position, table): (usize, &model::Table)| {
        let mut columns: Vec<&model::Column> = table.columns.iter().collect();
        columns.sort_by_key(|column| column.idx);
        let columns = columns.into_iter().filter_map(|column| {
            let param = column.param.position(Target::Param, &model.index)?;
            Some(ColumnShape { idx: column.idx, param, is_key: column.idx == table.key_column })
        });
        TableShape { param: position, columns: columns.collect() }
    };
    tables.map(shape).collect()
}

/// The positions of those parameters of a message that carry a value: fixed and dummy ones do not.
fn carrying(model: &Model, params: &[Reference]) -> Vec<usize> {
    let carries = |position: &usize| {
        model.params.get(*position).is_some_and(|param| !kind(param).is_constant() && kind(param) != ParamKind::Dummy)
    };
    positions(model, params, Target::Param).into_iter().filter(carries).collect()
}

fn positions(model: &Model, references: &[Reference], target: Target) -> Vec<usize> {
    references.iter().filter_map(|reference| reference.position(target, &model.index)).collect()
}
