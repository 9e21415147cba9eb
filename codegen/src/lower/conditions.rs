//! Conditions.

use genlock_spec::{ConditionStep, ParamIndex, Rows, Text};

use super::Lower;
use super::params::rows;
use crate::condition::{Condition, Node, Operator, Step};
use crate::model::Target;

impl Lower<'_> {
    /// The steps of a condition. One that looks at what has no row, such as a built-in parameter, is left out: it is
    /// reported, and no element with it starts.
    pub(super) fn condition(&mut self, condition: Option<&Condition>) -> Rows<ConditionStep> {
        let Some(condition) = condition else { return Rows::new(0, 0) };
        let steps: Option<Vec<ConditionStep>> = condition.nodes().iter().map(|node| self.step(node)).collect();
        let start = self.spec.condition_steps.len();
        self.spec.condition_steps.extend(steps.into_iter().flatten());
        rows(start, self.spec.condition_steps.len())
    }

    fn step(&mut self, node: &Node) -> Option<ConditionStep> {
        Some(match &node.step {
            Step::Param(id) => ConditionStep::Param(ParamIndex(self.model.index.position(Target::Param, *id)? as u32)),
            Step::Text(text) => ConditionStep::Text(self.text(text)),
            Step::Number(number) => ConditionStep::Number(*number),
            Step::Empty => ConditionStep::Empty,
            Step::EmptyString => ConditionStep::Text(Text::new(0, 0)),
            Step::Operator(Operator::Arithmetic(operator)) => ConditionStep::Arithmetic(*operator),
            Step::Operator(Operator::Comparison(operator)) => ConditionStep::Comparison(*operator),
            Step::Operator(Operator::And) => ConditionStep::And,
            Step::Operator(Operator::Or) => ConditionStep::Or,
        })
    }
}
