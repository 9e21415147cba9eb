//! How alarms of a parameter are worked out, beyond the values of its levels (`Protocol.Params.Param.Alarm`).

use crate::index::{ParamIndex, Text};
use crate::params::AlarmThreshold;
use crate::rows::Rows;

/// What the alarms of one parameter depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Monitoring {
    /// Levels hold from their limits on (ALM-04), not at their values (ALM-05).
    pub by_size: bool,
    /// The limits that a number must not go below, most severe first (`CL` to `WaL`).
    pub lows: Rows<AlarmThreshold>,
    /// The values that are told as information (`Info`, ALM-11).
    pub information: Rows<AlarmThreshold>,
    /// What the limits are measured from (`@type`).
    pub nominal: Option<Nominal>,
    /// After so many ms an alarm ends by itself (`@activeTime`).
    pub active_ms: Option<u32>,
    /// While this parameter has that value, there is no alarm (`Monitored@disabledIf`).
    pub disabled_by: Option<ParamIndex>,
    /// The value that `disabled_by` must have.
    pub disabled_value: Option<Text>,
    /// While `compared` is lower than this parameter, there is no alarm (`@options`, `threshold`).
    pub threshold: Option<ParamIndex>,
    /// The parameter that must not be lower than `threshold`.
    pub compared: Option<ParamIndex>,
}

/// What limits are measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nominal {
    /// Limits are percentages of the nominal value; otherwise distances from it.
    pub is_relative: bool,
    /// The parameter that holds the nominal value.
    pub value: Option<ParamIndex>,
    /// The parameter that holds a factor.
    pub factor: Option<ParamIndex>,
    /// The parameter that holds a value to use instead.
    pub instead: Option<ParamIndex>,
}
