//! The door for the fuzz target, which is a crate of its own.

use super::{OperandKind, parse};
use crate::source::Span;

/// Parses any bytes and checks what they say. Whatever it finds has its place in them.
pub(crate) fn fuzz(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let within = |span: Span| assert!(text.get(span.start..span.end).is_some(), "{span:?} is a part of the text");
    let condition = match parse(text) {
        Ok(condition) => condition,
        Err(fault) => return within(fault.span),
    };
    condition.nodes().iter().for_each(|node| within(node.span));
    condition.params().for_each(|(_, span)| within(span));
    condition.simplifiable().into_iter().for_each(within);
    condition.mixed().iter().for_each(|mixed| within(mixed.span));
    let kind_of = |id: i64| match id % 4 {
        0 => OperandKind::Number,
        1 => OperandKind::Text,
        2 => OperandKind::Untyped,
        _ => OperandKind::Missing,
    };
    match condition.check_types(kind_of) {
        Ok(ignored) => ignored.into_iter().for_each(within),
        Err(fault) => within(fault.span),
    }
}
