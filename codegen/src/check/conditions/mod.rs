//! Conditions: their grammar and types, what they refer to, and what surprises in them.

mod otherwise;
mod place;

use super::FileCheck;
use super::file::{File, Item, Items, Param};
use super::references::declared_near;
use crate::condition::{Condition, ConditionFault, OperandKind, parse};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Target, is_built_in};
use crate::parse::{Element, Slot};
use crate::source::Span;
use crate::text::quoted;
use place::place;

pub(super) const CHECKS: &[FileCheck] = &[check, otherwise::check];

/// A kind of item that can have a condition, and the rules about it.
struct Owner {
    target: Target,
    invalid: &'static str,
    dangling: &'static str,
    simplifiable: &'static str,
}

const QACTION: Owner = Owner { target: Target::QAction, invalid: "3.35.1", dangling: "3.35.2", simplifiable: "3.35.3" };
const GROUP: Owner = Owner { target: Target::Group, invalid: "4.9.1", dangling: "4.9.2", simplifiable: "4.9.3" };
const TRIGGER: Owner = Owner { target: Target::Trigger, invalid: "5.5.1", dangling: "5.5.2", simplifiable: "5.5.3" };
const ACTION: Owner = Owner { target: Target::Action, invalid: "6.4.1", dangling: "6.4.2", simplifiable: "6.4.3" };
const TIMER: Owner = Owner { target: Target::Timer, invalid: "7.4.1", dangling: "7.4.2", simplifiable: "7.4.4" };
const PAIR: Owner = Owner { target: Target::Pair, invalid: "9.7.1", dangling: "9.7.2", simplifiable: "9.7.3" };

/// Undeclared parameters that only conditions may name (schema, section 12: 64501 is that of a timeout).
const GENERAL: std::ops::RangeInclusive<i64> = 64501..=64649;

fn check(file: &File<'_>, faults: &mut Faults) {
    let owners: [(&Owner, &Items<'_>); 6] = [
        (&QACTION, &file.qactions),
        (&GROUP, &file.groups),
        (&TRIGGER, &file.triggers),
        (&ACTION, &file.actions),
        (&TIMER, &file.timers),
        (&PAIR, &file.pairs),
    ];
    for (owner, items) in owners {
        for item in items.valid() {
            if let Some(element) = item.element.find("Condition") {
                Check { file, owner, item, element, faults }.run();
            }
        }
    }
}

/// The check of one condition. What is wrong with it ends it, then what it refers to; the rest is advice.
struct Check<'c, 'd> {
    file: &'c File<'d>,
    owner: &'c Owner,
    item: Item<'d>,
    /// `Condition`.
    element: &'d Element,
    faults: &'c mut Faults,
}

impl Check<'_, '_> {
    fn run(&mut self) {
        if self.owner.target == Target::Timer {
            let message = format!("{} has a condition, which holds back all of its groups", self.label());
            let fault = Fault::rule("7.4.3", self.element.name_span, message);
            self.faults.add(fault.help("move it to the groups that it is about"));
        }
        if Slot::look(self.element).is_blank() {
            let message = format!("the condition of {} is empty", self.label());
            let fault = Fault::rule(self.owner.invalid, self.element.name_span, message);
            self.faults.add(fault.help("write what must hold, such as `id:7 == 1`, or remove `Condition`"));
            return;
        }
        let judged = parse(&self.element.text).and_then(|condition| {
            let ignored = condition.check_types(|id| self.kind_of(id))?;
            Ok((condition, ignored))
        });
        match judged {
            Err(ConditionFault { span, message, help }) => {
                let fault = Fault::rule(self.owner.invalid, self.place(span), message).help(help);
                let fault = match self.untyped_param(span) {
                    Some(param) => fault.related(param.element.name_span, format!("{} is here", param.label())),
                    None => fault,
                };
                self.faults.add(fault);
            }
            Ok((condition, ignored)) => {
                if self.refers_to_what_is_there(&condition) {
                    self.advise(&condition, &ignored);
                }
            }
        }
    }

    /// `trigger 5`.
    fn label(&self) -> String {
        let noun = self.owner.target.noun();
        self.item.element.get("id").map_or_else(|| noun.to_owned(), |id| format!("{noun} {}", id.value.trim()))
    }

    fn place(&self, part: Span) -> Span {
        place(self.file.source, self.element, part)
    }

    fn param(&self, id: i64) -> Option<&Param<'_>> {
        u32::try_from(id).ok().and_then(|id| self.file.param(id))
    }

    /// The parameter that the operand at `operand` names, when it is one without a type.
    fn untyped_param(&self, operand: Span) -> Option<&Param<'_>> {
        let id = self.element.text.get(operand.start..operand.end)?.get("id:".len()..)?;
        let id = id.parse().ok().filter(|&id| self.kind_of(id) == OperandKind::Missing)?;
        self.param(id)
    }

    fn kind_of(&self, id: i64) -> OperandKind {
        let Some(param) = self.param(id) else { return OperandKind::Untyped };
        match param.interprete.as_str() {
            _ if param.kind == "array" => OperandKind::Untyped,
            "double" | "high nibble" => OperandKind::Number,
            "string" => OperandKind::Text,
            "" => OperandKind::Missing,
            // A word that is no type has its own fault.
            _ => OperandKind::Untyped,
        }
    }

    /// Whether each parameter exists and has a value here; the first one that does not is reported.
    fn refers_to_what_is_there(&mut self, condition: &Condition) -> bool {
        let is_known = |id: i64| self.param(id).is_some() || is_built_in(id) || GENERAL.contains(&id);
        if let Some((id, span)) = condition.params().find(|&(id, _)| !is_known(id)) {
            let written = self.element.text.get(span.start..span.end).unwrap_or_default();
            let number = written.get("id:".len()..).unwrap_or_default();
            let message =
                format!("the condition of {} looks at parameter {number}, which is not declared", self.label());
            let declared = declared_near(self.file.model, Target::Param, id);
            let help = format!("add `<Param id=\"{number}\">` or change the id; {declared}");
            self.faults.add(Fault::rule(self.owner.dangling, self.place(span), message).help(help));
            return false;
        }
        let without_value = |id: i64| match self.param(id) {
            Some(param) => (param.kind == "array").then_some("a table"),
            None => Some("built into the platform"),
        };
        let found = condition.params().find_map(|(id, span)| Some((id, span, without_value(id)?)));
        if let Some((id, span, what)) = found {
            let message = format!("parameter {id} is {what}, and genlock does not carry out conditions on it");
            let fault = Fault::error(Kind::NotCarriedOut, self.place(span), message);
            self.faults.add(fault.help("look at a parameter of this file that holds one value"));
            return false;
        }
        true
    }

    fn advise(&mut self, condition: &Condition, ignored: &[Span]) {
        if let Some(member) = condition.simplifiable() {
            let written = self.element.text.get(member.start..member.end).unwrap_or_default();
            let message = format!("{} looks at no parameter, so it is always the same", quoted(written));
            let fault = Fault::rule(self.owner.simplifiable, self.place(member), message);
            self.faults.add(fault.help("remove it, or look at a parameter: `id:7 == 1`"));
        }
        for mixed in condition.mixed() {
            // COND-14; schema, A24c.
            let (operator, earlier) = (mixed.operator.as_str(), mixed.earlier.as_str());
            let message =
                format!("`{operator}` is worked out after `{earlier}`: from left to right, without precedence");
            let fault = Fault::warning(Kind::MixedOperators, self.place(mixed.span), message);
            let fault = fault.help("put parentheses around what belongs together");
            self.faults.add(fault.related(self.place(mixed.earlier_span), format!("`{earlier}` comes first")));
        }
        for &operator in ignored {
            let written = self.element.text.get(operator.start..operator.end).unwrap_or_default();
            let message = format!("`{written}` works on two numbers; here it and what follows it are ignored");
            let fault = Fault::warning(Kind::IgnoredOperator, self.place(operator), message);
            let help = "truth values are joined by AND and OR; only numbers have bits";
            self.faults.add(fault.help(help));
        }
    }
}
