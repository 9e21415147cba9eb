//! The words that checks have to recognise. Other words have a fault of their own.

use crate::schema::Form;

/// Whether `word` can stand in `Param/Type`.
pub(crate) fn is_param_type(word: &str) -> bool {
    Form::new("EnumParamType").accepts(word)
}

/// Whether `word` can stand in `Interprete/Type`.
pub(crate) fn is_interprete_type(word: &str) -> bool {
    Form::new("EnumParamInterpretType").accepts(word)
}

/// Whether `word` can stand in `Measurement/Type`.
pub(crate) fn is_measurement_type(word: &str) -> bool {
    Form::new("EnumParamMeasurementType").accepts(word)
}
