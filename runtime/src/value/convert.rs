//! [`ParamType`] and [`IntoValue`]: between stored values and the Rust types of the handles.

use super::{Discreet, RawValue, Text, Value};

/// The Rust type of a parameter's values: [`Text`], `f64`, or a generated enum of discreets.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the type of a parameter: those are Text, f64 and the generated enums"
)]
pub trait ParamType: Clone + Send + Sync + Sized + 'static {
    /// The stored value as this type.
    fn from_value(value: &Value) -> Self;
    /// The value to store.
    fn into_value(self) -> Value;
    /// What an uninitialised parameter reads as (PARAM-07).
    fn uninitialised() -> Self;
}

impl ParamType for f64 {
    fn from_value(value: &Value) -> Self {
        RawValue::from_value(value)
    }

    fn into_value(self) -> Value {
        Value::Number(self)
    }

    fn uninitialised() -> Self {
        0.0
    }
}

impl ParamType for Text {
    fn from_value(value: &Value) -> Self {
        value.to_text()
    }

    fn into_value(self) -> Value {
        Value::Text(self)
    }

    fn uninitialised() -> Self {
        Self::default()
    }
}

impl<D: Discreet> ParamType for D {
    fn from_value(value: &Value) -> Self {
        D::from_raw(D::Raw::from_value(value))
    }

    fn into_value(self) -> Value {
        self.to_raw().into_value()
    }

    fn uninitialised() -> Self {
        D::from_raw(D::Raw::from_value(&Value::Text(Text::default())))
    }
}

/// What may be written to a parameter whose values are of type `T`.
///
/// | `T` | takes |
/// |---|---|
/// | [`Text`] | `&str`, `String`, `&String`, `Text`, `&Text` |
/// | `f64` | `f64`, `f32`, and whole numbers up to 32 bits, which fit without loss |
/// | an enum in `values` | that enum |
// The implementations are not recommended by the compiler: it would list all of them, whatever `T` is.
#[diagnostic::on_unimplemented(
    message = "a parameter whose values are `{T}` can't be set to `{Self}`",
    label = "expected a value for a parameter of type `{T}`",
    note = "a text takes `&str`, `String` and `genlock::Text`; a number takes `f64` and whole numbers up to 32 bits; a parameter with discreets takes its enum in `values`",
    note = "an `Option` is no value: `clear` makes a parameter not initialised"
)]
pub trait IntoValue<T> {
    /// The value to store.
    fn into_value(self) -> Value;
}

impl<T: ParamType> IntoValue<T> for T {
    fn into_value(self) -> Value {
        ParamType::into_value(self)
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<Text> for &str {
    fn into_value(self) -> Value {
        Value::Text(Text::from(self))
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<Text> for String {
    fn into_value(self) -> Value {
        Value::Text(Text::from(self))
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<Text> for &String {
    fn into_value(self) -> Value {
        Value::Text(Text::from(self.as_str()))
    }
}

#[diagnostic::do_not_recommend]
impl IntoValue<Text> for &Text {
    fn into_value(self) -> Value {
        Value::Text(self.clone())
    }
}

macro_rules! whole_numbers {
    ($($number:ty)+) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoValue<f64> for $number {
            fn into_value(self) -> Value {
                Value::Number(f64::from(self))
            }
        }
    )+};
}

whole_numbers! { i8 i16 i32 u8 u16 u32 f32 }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn param_07_a_number_that_was_never_set_reads_as_zero_and_a_text_as_empty() {
        assert!(f64::uninitialised().to_bits() == 0.0_f64.to_bits());
        assert_eq!(Text::uninitialised(), "");
    }
}
