//! [`LogType`] and [`LogLevels`]: which lines of hooks are logged.

/// What kind of line a hook logs (QA-48).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogType {
    /// What somebody following along wants to know.
    Information,
    /// What went wrong.
    Error,
    /// What helps to find a fault of the driver.
    Debug,
    /// What is logged whatever the levels are.
    Always,
}

/// Which lines of hooks are logged: those whose level is at most that of their type (QA-48).
///
/// Levels go from 1, what matters most, to 5; 0 stands for none, and lines of level -1 are a developer's. By default lines
/// of the types `Information` and `Error` are logged up to level 5, and those of type `Debug` up to level 0.
///
/// ```
/// use genlock::LogLevels;
///
/// let talkative = LogLevels::default().debug(5);
/// assert_ne!(talkative, LogLevels::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLevels {
    pub(crate) information: i8,
    pub(crate) error: i8,
    pub(crate) debug: i8,
}

impl Default for LogLevels {
    fn default() -> Self {
        Self { information: 5, error: 5, debug: 0 }
    }
}

impl LogLevels {
    /// Sets the level of lines of type [`LogType::Information`].
    pub fn information(mut self, level: i8) -> Self {
        self.information = level;
        self
    }

    /// Sets the level of lines of type [`LogType::Error`].
    pub fn error(mut self, level: i8) -> Self {
        self.error = level;
        self
    }

    /// Sets the level of lines of type [`LogType::Debug`].
    pub fn debug(mut self, level: i8) -> Self {
        self.debug = level;
        self
    }

    /// Whether a line of this type and level is logged.
    pub(crate) fn shows(self, kind: LogType, level: i8) -> bool {
        match kind {
            LogType::Information => self.information >= level,
            LogType::Error => self.error >= level,
            LogType::Debug => self.debug >= level,
            LogType::Always => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LogLevels, LogType};

    #[test]
    fn qa_48_a_line_shows_up_to_the_level_of_its_type() {
        let levels = LogLevels::default().information(2).error(0).debug(-1);
        let shown = |kind| (-1..=5).filter(|level| levels.shows(kind, *level)).collect::<Vec<i8>>();
        assert_eq!(shown(LogType::Information), [-1, 0, 1, 2]);
        assert_eq!(shown(LogType::Error), [-1, 0]);
        assert_eq!(shown(LogType::Debug), [-1]);
        assert_eq!(shown(LogType::Always), [-1, 0, 1, 2, 3, 4, 5]);
    }
}
