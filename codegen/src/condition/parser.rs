//! From operands and operators to the nodes in the order of evaluation.
//!
//! Operators of one kind have equal rank and are worked out from left to right; arithmetic binds tighter than the one
//! comparison of a member, and that tighter than AND and OR (COND-13, COND-14; schema, A24c).

use super::Condition;
use super::fault::ConditionFault;
use super::lexer::{Lexer, Token, TokenKind};
use super::node::{Node, Operator, Step, usual_rank};
use crate::source::Span;

/// How deep parentheses may be nested.
const DEPTH: usize = 64;

/// Two operators side by side that other languages would work out in another order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mixed {
    /// The second one.
    pub(crate) operator: Operator,
    pub(crate) span: Span,
    /// The first one.
    pub(crate) earlier: Operator,
    pub(crate) earlier_span: Span,
}

/// An operator and its place.
type Placed = (Operator, Span);

/// What is known between two parentheses, or outside of all.
#[derive(Default)]
struct Level {
    /// The parenthesis.
    open: Option<Span>,
    /// The AND or OR that waits for the member behind it.
    logic: Option<Placed>,
    /// The first AND or OR.
    first_logic: Option<Placed>,
    is_mixed: bool,
    member: Member,
}

/// What stands between two ANDs or ORs.
struct Member {
    start: Option<usize>,
    /// Whether it has no parameter and no parentheses.
    is_constant: bool,
    /// The operator that waits for the operand behind it.
    arithmetic: Option<Placed>,
    /// The operator before that, on the same side of the comparison.
    earlier: Option<Placed>,
    is_mixed: bool,
    /// The comparison that waits for its right side.
    comparison: Option<Placed>,
}

impl Default for Member {
    fn default() -> Self {
        Self { start: None, is_constant: true, arithmetic: None, earlier: None, is_mixed: false, comparison: None }
    }
}

/// Parses a condition. It stops at the first fault.
pub(crate) fn parse(text: &str) -> Result<Condition, ConditionFault> {
    let condition = Condition { nodes: Vec::new(), constant: None, mixed: Vec::new() };
    let mut parser = Parser { condition, outer: Vec::new(), level: Level::default(), last: None, has_operand: false };
    let mut lexer = Lexer::new(text);
    while let Some(token) = lexer.next()? {
        parser.take(token)?;
    }
    parser.finish()
}

struct Parser {
    condition: Condition,
    /// The levels around the innermost one, outermost first.
    outer: Vec<Level>,
    level: Level,
    /// The place of the last piece.
    last: Option<Span>,
    /// Whether the last piece ended an operand, so that an operator follows.
    has_operand: bool,
}

impl Parser {
    fn take(&mut self, token: Token) -> Result<(), ConditionFault> {
        let span = token.span;
        match (token.kind, self.has_operand) {
            (TokenKind::Open, false) => self.open(span)?,
            (TokenKind::Operand(step), false) => self.operand(step, span),
            (TokenKind::Operator(operator), true) => self.operator(operator, span)?,
            (TokenKind::Close, true) => self.close(span)?,
            (TokenKind::Open | TokenKind::Operand(_), true) => return Err(no_operator(span)),
            (TokenKind::Operator(operator), false) => {
                let message = format!("there is no operand before `{}`", operator.as_str());
                return Err(ConditionFault::new(span, message, "write an operand on both sides of it"));
            }
            (TokenKind::Close, false) if self.outer.is_empty() => return Err(closes_nothing(span)),
            (TokenKind::Close, false) => return Err(self.no_operand(span)),
        }
        self.last = Some(span);
        Ok(())
    }

    fn open(&mut self, span: Span) -> Result<(), ConditionFault> {
        if self.outer.len() >= DEPTH {
            let message = format!("parentheses are nested more than {DEPTH} deep here");
            return Err(ConditionFault::new(span, message, "remove those that are not needed"));
        }
        self.level.member.start.get_or_insert(span.start);
        self.level.member.is_constant = false;
        self.outer.push(std::mem::replace(&mut self.level, Level { open: Some(span), ..Level::default() }));
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), ConditionFault> {
        self.end_member();
        let Some(outer) = self.outer.pop() else { return Err(closes_nothing(span)) };
        self.level = outer;
        self.end_operand();
        Ok(())
    }

    fn operand(&mut self, step: Step, span: Span) {
        let member = &mut self.level.member;
        member.start.get_or_insert(span.start);
        member.is_constant &= !matches!(step, Step::Param(_));
        self.condition.nodes.push(Node { step, span });
        self.end_operand();
    }

    /// An operand is complete: the operator before it has both.
    fn end_operand(&mut self) {
        self.has_operand = true;
        let waiting = self.level.member.arithmetic.take();
        self.push(waiting);
        self.level.member.earlier = waiting.or(self.level.member.earlier);
    }

    fn operator(&mut self, operator: Operator, span: Span) -> Result<(), ConditionFault> {
        let member = &mut self.level.member;
        match operator {
            Operator::Arithmetic(arithmetic) => {
                if let Some((Operator::Arithmetic(before), earlier_span)) = member.earlier
                    && usual_rank(before) < usual_rank(arithmetic)
                    && !std::mem::replace(&mut member.is_mixed, true)
                {
                    let earlier = Operator::Arithmetic(before);
                    self.condition.mixed.push(Mixed { operator, span, earlier, earlier_span });
                }
                member.arithmetic = Some((operator, span));
            }
            Operator::Comparison(_) => {
                if let Some((first, _)) = member.comparison {
                    let message =
                        format!("`{}` is the second comparison after `{}`", operator.as_str(), first.as_str());
                    let help = "compare twice and join by AND: `1 < id:7 AND id:7 < 9`";
                    return Err(ConditionFault::new(span, message, help));
                }
                member.comparison = Some((operator, span));
                member.earlier = None;
            }
            Operator::And | Operator::Or => {
                self.end_member();
                let (earlier, earlier_span) = *self.level.first_logic.get_or_insert((operator, span));
                if earlier != operator && !std::mem::replace(&mut self.level.is_mixed, true) {
                    self.condition.mixed.push(Mixed { operator, span, earlier, earlier_span });
                }
                self.level.logic = Some((operator, span));
            }
        }
        self.has_operand = false;
        Ok(())
    }

    /// A member is complete: its comparison has both sides, and the AND or OR before it both members.
    fn end_member(&mut self) {
        let member = std::mem::take(&mut self.level.member);
        self.push(member.comparison);
        if let (true, Some(start), Some(last)) = (member.is_constant, member.start, self.last) {
            self.condition.constant.get_or_insert(Span::new(start, last.end));
        }
        let waiting = self.level.logic.take();
        self.push(waiting);
    }

    fn push(&mut self, operator: Option<Placed>) {
        self.condition.nodes.extend(operator.map(|(operator, span)| Node { step: Step::Operator(operator), span }));
    }

    fn finish(mut self) -> Result<Condition, ConditionFault> {
        if !self.has_operand {
            return Err(self.no_operand(self.last.unwrap_or_default()));
        }
        if let Some(open) = self.level.open {
            return Err(ConditionFault::new(open, "this parenthesis is never closed", "close it with `)`"));
        }
        self.end_member();
        Ok(self.condition)
    }

    /// The fault of an operand that is missing at `span`.
    fn no_operand(&self, span: Span) -> ConditionFault {
        match (self.last, self.level.open) {
            (None, _) => ConditionFault::new(
                Span::default(),
                "the condition is empty",
                "write what must hold, such as `id:7 == 1`, or remove it",
            ),
            (last, Some(open)) if last == Some(open) => ConditionFault::new(
                Span::new(open.start, span.end),
                "there is nothing between the parentheses",
                "remove them",
            ),
            (Some(last), _) => ConditionFault::new(
                last,
                "there is no operand behind this operator",
                "write an operand on both sides of it",
            ),
        }
    }
}

fn closes_nothing(span: Span) -> ConditionFault {
    ConditionFault::new(span, "`)` closes nothing", "remove it, or open it with `(`")
}

/// The fault of an operand at `span` behind another one.
fn no_operator(span: Span) -> ConditionFault {
    let help = "write an operator such as `==` or `AND` between the two, with spaces around it; \
                a sign in front of a number counts as a part of it";
    ConditionFault::new(span, "there is no operator before this operand", help)
}
