//! Conditions.

use genlock_spec::{ConditionStep, ParamIndex, Rows, Text, ValueType};

use super::Lower;
use super::params::rows;
use crate::condition::{Condition, Node, Operator, Step};
use crate::model::{Compared, Guard, Target};

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

    /// The steps of a guard: the same as those of the condition that says it.
    pub(super) fn guard(&mut self, guard: Option<&Guard>) -> Rows<ConditionStep> {
        let start = self.spec.condition_steps.len();
        let steps = guard.and_then(|guard| {
            let param = self.item(&guard.param, Target::Param)?;
            let with = match &guard.with {
                Compared::Value(value) => self.compared(param, value),
                Compared::Param(pid) => ConditionStep::Param(self.item(pid, Target::Param)?),
            };
            Some([ConditionStep::Param(param), with, ConditionStep::Comparison(guard.comparison)])
        });
        self.spec.condition_steps.extend(steps.into_iter().flatten());
        rows(start, self.spec.condition_steps.len())
    }

    /// A number is compared with a number where the value is one.
    fn compared(&mut self, param: ParamIndex, value: &str) -> ConditionStep {
        let is_text = self.spec.view().param(param).value_type == ValueType::Text;
        match value.parse::<f64>() {
            Ok(number) if !is_text && number.is_finite() => ConditionStep::Number(number),
            _ => ConditionStep::Text(self.text(value)),
        }
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
