//! [`AlarmDelays`]: hysteresis in time.

use std::time::Duration;

use genlock_spec::{AlarmLevel, ParamIndex, Spec};

/// How long another alarm level must last before it is told (ALM-16): a short spike raises no alarm then, and a short
/// recovery ends none. By default every level is told at once.
///
/// The wait begins anew when the value crosses into yet another level, and ends without a word when it comes back.
///
/// ```
/// use std::time::Duration;
/// use genlock::{AlarmDelays, AlarmLevel};
///
/// let calm = AlarmDelays::default()
///     .rising(Duration::from_secs(10))
///     .rising_to(AlarmLevel::Critical, Duration::ZERO) // what is critical is told at once
///     .falling(Duration::from_secs(60));
/// assert_ne!(calm, AlarmDelays::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlarmDelays {
    rising: Duration,
    falling: Duration,
    /// The waits of single levels, which win over the two above.
    rising_to: Vec<(AlarmLevel, Duration)>,
    falling_from: Vec<(AlarmLevel, Duration)>,
}

impl AlarmDelays {
    /// Sets how long a more severe level must last.
    pub fn rising(mut self, delay: Duration) -> Self {
        self.rising = delay;
        self
    }

    /// Sets how long a less severe level must last.
    pub fn falling(mut self, delay: Duration) -> Self {
        self.falling = delay;
        self
    }

    /// Sets how long this level must last when it is more severe than the one before.
    pub fn rising_to(mut self, level: AlarmLevel, delay: Duration) -> Self {
        self.rising_to.push((level, delay));
        self
    }

    /// Sets how long a less severe level must last to end this one.
    pub fn falling_from(mut self, level: AlarmLevel, delay: Duration) -> Self {
        self.falling_from.push((level, delay));
        self
    }

    pub(crate) fn before_rise(&self, to: AlarmLevel) -> Duration {
        last_of(&self.rising_to, to).unwrap_or(self.rising)
    }

    pub(crate) fn before_fall(&self, from: AlarmLevel) -> Duration {
        last_of(&self.falling_from, from).unwrap_or(self.falling)
    }

    #[cfg(any(feature = "tokio", feature = "sim"))]
    /// These delays, if the parameter's alarms can have some; else why not.
    pub(crate) fn of_param(self, spec: &Spec<'_>, param: ParamIndex) -> Result<(ParamIndex, Self), String> {
        let row = spec.param(param);
        let monitoring = row.monitoring.map(|index| spec.monitoring(index));
        if row.alarms.len == 0 && monitoring.is_none() {
            return Err(format!("parameter {} is not monitored, so its alarms have no delays", row.pid));
        }
        if monitoring.is_some_and(|monitoring| monitoring.disabled_by.is_some()) {
            let why = "its alarms depend on another parameter (`disabledIf`), and the platform allows one of the two";
            return Err(format!("the alarms of parameter {} can't have delays: {why}", row.pid));
        }
        Ok((param, self))
    }
}

/// The delay that was set last for `level`.
fn last_of(delays: &[(AlarmLevel, Duration)], level: AlarmLevel) -> Option<Duration> {
    delays.iter().rev().find(|(of, _)| *of == level).map(|(_, delay)| *delay)
}
