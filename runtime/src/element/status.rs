//! [`ElementStatus`]: an element at a glance.

use genlock_spec::AlarmLevel;

use crate::engine::{ElementState, SnapshotConnection};

/// An element at a glance; made by [`Element::status`](crate::Element::status).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ElementStatus {
    /// The element's state.
    pub state: ElementState,
    /// Its connections, in the order of the connector file.
    pub connections: Vec<SnapshotConnection>,
    /// How many of its parameters are at which alarm level.
    pub alarms: AlarmCounts,
}

/// The levels at which a parameter has an alarm or could have one, from the least on.
const LEVELS: [AlarmLevel; 5] =
    [AlarmLevel::Normal, AlarmLevel::Warning, AlarmLevel::Minor, AlarmLevel::Major, AlarmLevel::Critical];

/// How many monitored parameters of an element are at each alarm level.
///
/// ```
/// use genlock::{AlarmCounts, AlarmLevel};
///
/// let none = AlarmCounts::default();
/// assert_eq!((none.of(AlarmLevel::Critical), none.worst()), (0, AlarmLevel::Undefined));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlarmCounts([u32; LEVELS.len()]);

impl AlarmCounts {
    /// How many are at this level. Those without a level are not counted: [`AlarmLevel::Undefined`] has none.
    pub fn of(&self, level: AlarmLevel) -> u32 {
        self.iter().find(|(counted, _)| *counted == level).map_or(0, |(_, count)| count)
    }

    /// The highest level that a parameter is at; [`AlarmLevel::Undefined`] when none has a level.
    pub fn worst(&self) -> AlarmLevel {
        let held = self.iter().filter(|(_, count)| *count > 0);
        held.map(|(level, _)| level).last().unwrap_or(AlarmLevel::Undefined)
    }

    /// The levels from [`AlarmLevel::Normal`] on, each with its count.
    pub fn iter(&self) -> impl Iterator<Item = (AlarmLevel, u32)> + '_ {
        LEVELS.into_iter().zip(self.0)
    }

    /// A parameter went from one level to another.
    pub(crate) fn moved(&mut self, from: AlarmLevel, to: AlarmLevel) {
        for (level, count) in LEVELS.into_iter().zip(&mut self.0) {
            if level == from {
                *count = count.saturating_sub(1);
            }
            if level == to {
                *count += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_counted_where_it_is() {
        let mut counts = AlarmCounts::default();
        counts.moved(AlarmLevel::Undefined, AlarmLevel::Critical);
        counts.moved(AlarmLevel::Undefined, AlarmLevel::Normal);
        assert_eq!((counts.of(AlarmLevel::Critical), counts.worst()), (1, AlarmLevel::Critical));
        counts.moved(AlarmLevel::Critical, AlarmLevel::Undefined);
        assert_eq!((counts.of(AlarmLevel::Critical), counts.worst()), (0, AlarmLevel::Normal));
        counts.moved(AlarmLevel::Normal, AlarmLevel::Normal);
        assert_eq!(counts.of(AlarmLevel::Normal), 1);
    }
}
