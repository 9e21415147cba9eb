//! What the typed names depend on besides the names: which parameters are numbers, what a command is filled with.

use std::collections::BTreeMap;

use genlock_spec::{Index, List, OwnedSpec, Param, ParamIndex, ParamKind, Spec, ValueType};

use crate::labels::{Label, LabelKind, Labels};

/// The shape of one connector's types. Positions are those of the tables and the labels.
#[derive(Debug)]
pub(super) struct Shape<'s> {
    pub(super) params: Vec<ParamShape<'s>>,
    /// The parameters that a command is filled with.
    pub(super) commands: Vec<Vec<usize>>,
    /// The parameters that a response gives.
    pub(super) responses: Vec<Vec<usize>>,
    pub(super) pairs: Vec<PairShape>,
}

/// The type of a parameter.
#[derive(Debug)]
pub(super) struct ParamShape<'s> {
    /// Its bytes are constant (PARAM-113): it has no handle.
    pub(super) is_fixed: bool,
    /// Its raw values are numbers; otherwise texts.
    pub(super) is_number: bool,
    pub(super) values: Values<'s>,
}

/// Which values of a parameter have names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Values<'s> {
    /// None.
    Any,
    /// Those that the file lists, and any other.
    Known(Vec<Known<'s>>),
    /// Those of the parameter at this position.
    Same(usize),
}

/// One value that the file lists.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known<'s> {
    pub(super) display: &'s str,
    /// The raw value, as written.
    pub(super) written: &'s str,
    pub(super) number: Option<f64>,
}

/// What a pair sends, and what may answer.
#[derive(Debug)]
pub(super) struct PairShape {
    /// None when the file names one that it does not have.
    pub(super) command: Option<usize>,
    pub(super) responses: Vec<usize>,
}

impl<'s> Shape<'s> {
    /// What the tables tell.
    pub(super) fn of_spec(spec: &'s OwnedSpec) -> Self {
        let spec = spec.view();
        let carrying = |params: List<ParamIndex>| {
            let carries = |&index: &ParamIndex| !matches!(spec.param(index).kind, ParamKind::Fixed | ParamKind::Dummy);
            spec.list(params).filter(carries).map(Index::position).collect()
        };
        let pairs = spec.pairs.iter().map(|pair| PairShape {
            command: Some(pair.command.position()),
            responses: spec.list(pair.responses).map(Index::position).collect(),
        });
        let mut shape = Self {
            params: spec.params.iter().map(|param| ParamShape::of_row(param, &spec)).collect(),
            commands: spec.commands.iter().map(|command| carrying(command.params)).collect(),
            responses: spec.responses.iter().map(|response| carrying(response.params)).collect(),
            pairs: pairs.collect(),
        };
        shape.share_values(&spec);
        shape
    }

    /// What a file with errors tells.
    pub(super) fn of_labels(labels: &'s Labels) -> Self {
        Self {
            params: labels.params.iter().map(ParamShape::of_label).collect(),
            commands: labels.commands.iter().map(|_| Vec::new()).collect(),
            responses: labels.responses.iter().map(|_| Vec::new()).collect(),
            pairs: labels.pairs.iter().map(|_| PairShape { command: None, responses: Vec::new() }).collect(),
        }
    }

    /// A write parameter has the type of the read parameter of the same name (PARAM-142) when both list the same values.
    fn share_values(&mut self, spec: &Spec<'_>) {
        let mut of_reads = BTreeMap::new();
        for (position, (param, shape)) in spec.params.iter().zip(&self.params).enumerate() {
            if param.kind == ParamKind::Read && matches!(shape.values, Values::Known(_)) {
                of_reads.insert((spec.text(param.name), shape.is_number), (position, shape.values.clone()));
            }
        }
        for (param, shape) in
            spec.params.iter().zip(&mut self.params).filter(|(param, _)| param.kind == ParamKind::Write)
        {
            match of_reads.get(&(spec.text(param.name), shape.is_number)) {
                Some((read, values)) if *values == shape.values => shape.values = Values::Same(*read),
                _ => {}
            }
        }
    }
}

impl<'s> ParamShape<'s> {
    fn of_row(param: &Param, spec: &Spec<'s>) -> Self {
        let is_fixed = param.kind == ParamKind::Fixed;
        let known: Vec<Known<'s>> = spec
            .discreets_of(param.discreets)
            .iter()
            .map(|row| Known { display: spec.text(row.display), written: spec.text(row.value), number: row.number })
            .collect();
        let values = if is_fixed || known.is_empty() { Values::Any } else { Values::Known(known) };
        Self { is_fixed, is_number: param.value_type == ValueType::Number, values }
    }

    fn of_label(label: &Label) -> Self {
        let (is_number, is_known) = match label.kind {
            LabelKind::Plain => (false, false),
            LabelKind::Param { number, discreets, .. } => (number, discreets),
        };
        let values = if is_known { Values::Known(Vec::new()) } else { Values::Any };
        Self { is_fixed: false, is_number, values }
    }
}
