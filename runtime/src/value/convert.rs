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
#[diagnostic::on_unimplemented(
    message = "a parameter whose values are `{T}` can't be set to `{Self}`",
    label = "expected a value for a parameter of type `{T}`",
    note = "text parameters take `&str`, `String` and `genlock::Text`, numbers take `f64` and whole numbers up to 32 bits, discreets take their generated enum"
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

impl IntoValue<Text> for &str {
    fn into_value(self) -> Value {
        Value::Text(Text::from(self))
    }
}

impl IntoValue<Text> for String {
    fn into_value(self) -> Value {
        Value::Text(Text::from(self))
    }
}

impl IntoValue<Text> for &String {
    fn into_value(self) -> Value {
        Value::Text(Text::from(self.as_str()))
    }
}

impl IntoValue<Text> for &Text {
    fn into_value(self) -> Value {
        Value::Text(self.clone())
    }
}

macro_rules! whole_numbers {
    ($($number:ty)+) => {$(
        impl IntoValue<f64> for $number {
            fn into_value(self) -> Value {
                Value::Number(f64::from(self))
            }
        }
    )+};
}

whole_numbers! { i8 i16 i32 u8 u16 u32 f32 }
