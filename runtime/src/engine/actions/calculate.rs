//! `increment` (ACT-50 to ACT-53), `multiply` (ACT-63) and `pow` (ACT-65).

use genlock_spec::{Operand, Operation, ParamIndex};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::qactions::Hooks;
use crate::value::Value;

impl<'s> Engine<'s> {
    pub(super) fn calculate(
        &mut self,
        action: u32,
        operation: Operation,
        operand: Operand,
        param: ParamIndex,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        // ACT-52
        let number = self.value(param).map_or(Some(0.0), Value::to_number);
        let operand = match operand {
            Operand::Number(number) => Some(number),
            Operand::Param(other) | Operand::Column(other) => self.value(other).and_then(Value::to_number),
            Operand::None => None,
        };
        let result = match (number, operand) {
            (Some(number), Some(operand)) => match operation {
                Operation::Multiply => Some(number * operand),
                Operation::Power => Some(number.powf(operand)),
                _ => Some(number + operand),
            },
            _ => None,
        };
        if let Some(result) = result.filter(|result| result.is_finite()) {
            return self.set_by_action(action, param, Value::Number(result), hooks);
        }
        // ACT-53
        let pid = self.spec.param(param).pid;
        self.log(LogLevel::Error, |_| {
            let reason = match (number, operand) {
                (None, _) => "it is no number",
                (_, None) => "what it is to be calculated with is no number",
                _ => "the result is no finite number",
            };
            format!("action {action}: parameter {pid} stays as it is: {reason}")
        });
        false
    }
}
