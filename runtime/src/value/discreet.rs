//! [`Discreet`]: the enums that are generated for `Measurement/Discreets`.

use super::{Text, Value};

/// The raw value behind a discreet: a number or a text, as `Interprete/Type` says.
pub trait RawValue: Clone + Send + Sync + 'static {
    /// How the connector file's own values stand in generated code.
    type Literal: Copy + Send + Sync + 'static;

    /// The stored value as this type; a text that is no number reads as 0 (PARAM-07).
    fn from_value(value: &Value) -> Self;
    /// The value to store.
    fn into_value(self) -> Value;
    /// The value of a literal.
    fn from_literal(literal: Self::Literal) -> Self;
    /// Whether the value is the literal (PARAM-163).
    fn is(&self, literal: Self::Literal) -> bool;
}

impl RawValue for f64 {
    type Literal = f64;

    fn from_value(value: &Value) -> Self {
        value.to_number().unwrap_or_default()
    }

    fn into_value(self) -> Value {
        Value::Number(self)
    }

    fn from_literal(literal: f64) -> Self {
        literal
    }

    #[expect(clippy::float_cmp, reason = "PARAM-163: discreets are compared by their exact typed value")]
    fn is(&self, literal: f64) -> bool {
        *self == literal
    }
}

impl RawValue for Text {
    type Literal = &'static str;

    fn from_value(value: &Value) -> Self {
        value.to_text()
    }

    fn into_value(self) -> Value {
        Value::Text(self)
    }

    fn from_literal(literal: &'static str) -> Self {
        Self::from_static(literal)
    }

    fn is(&self, literal: &'static str) -> bool {
        *self == literal
    }
}

/// An enum whose variants are the discreets of a parameter (PARAM-161 to PARAM-163), and `Other` for any other value,
/// so that nothing a device sends is lost. Generated code implements it.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an enum of discreets that genlock generated")]
pub trait Discreet: Clone + PartialEq + Send + Sync + Sized + 'static {
    /// The type of the raw value.
    type Raw: RawValue;

    /// The discreets of the connector file and their raw values.
    const KNOWN: &'static [(Self, <Self::Raw as RawValue>::Literal)];

    /// The variant for a value that is no discreet.
    fn other(raw: Self::Raw) -> Self;

    /// The value that is no discreet, if this is one.
    fn as_other(&self) -> Option<&Self::Raw>;

    /// The variant of a raw value.
    fn from_raw(raw: Self::Raw) -> Self {
        let known = Self::KNOWN.iter().find(|(_, literal)| raw.is(*literal));
        known.map_or_else(|| Self::other(raw.clone()), |(variant, _)| variant.clone())
    }

    /// The raw value of the variant.
    fn to_raw(&self) -> Self::Raw {
        let known = || Self::KNOWN.iter().find(|(variant, _)| variant == self).map(|(_, literal)| *literal);
        match (self.as_other(), known()) {
            (Some(raw), _) => raw.clone(),
            (None, Some(literal)) => Self::Raw::from_literal(literal),
            // Generated enums list every variant but Other; an enum written by hand may not.
            (None, None) => Self::Raw::from_value(&Value::Number(0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn param_163_numbers_are_compared_as_numbers_and_texts_as_texts() {
        for written in ["1", "1.0", " 1", "+1e0"] {
            assert!(<f64 as RawValue>::from_value(&Value::Text(written.into())).is(1.0), "{written}");
        }
        assert!(!<Text as RawValue>::from_value(&Value::Text("1.0".into())).is("1"));
        assert!(<Text as RawValue>::from_value(&Value::Number(1.0)).is("1"));
    }
}
