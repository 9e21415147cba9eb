//! TAI time stamps, `<seconds>:<nanoseconds>` (IS-07 "Message types", section 1.1).

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// TAI is ahead of UTC by this many seconds, since the leap second at the end of 2016 and until the next one.
const TAI_OFFSET: Duration = Duration::from_secs(37);

/// A moment in TAI. Both parts are integers, and the second one is not padded: `5:1` is one nanosecond past five seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00 TAI.
    pub(crate) seconds: u64,
    /// Nanoseconds past that second, below 1,000,000,000.
    pub(crate) nanoseconds: u32,
}

impl Timestamp {
    /// This moment by the system clock.
    pub fn now() -> Self {
        // A clock set before 1970 counts as 1970.
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + TAI_OFFSET;
        Self { seconds: since_epoch.as_secs(), nanoseconds: since_epoch.subsec_nanos() }
    }

    /// The time from this moment until now; zero if it lies ahead.
    pub fn elapsed(self) -> Duration {
        let now = Self::now();
        Duration::new(now.seconds, now.nanoseconds).saturating_sub(Duration::new(self.seconds, self.nanoseconds))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.seconds, self.nanoseconds)
    }
}

/// A text that is not `<seconds>:<nanoseconds>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time stamp is <seconds>:<nanoseconds>, both decimal integers, the second one below 1000000000")]
pub struct InvalidTimestamp;

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        let (seconds, nanoseconds) = text.split_once(':').ok_or(InvalidTimestamp)?;
        // `u64::from_str` takes a leading plus sign, the schema's pattern does not.
        if !seconds.bytes().chain(nanoseconds.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidTimestamp);
        }
        let seconds = seconds.parse().map_err(|_| InvalidTimestamp)?;
        let nanoseconds = nanoseconds.parse().map_err(|_| InvalidTimestamp)?;
        if nanoseconds < 1_000_000_000 { Ok(Self { seconds, nanoseconds }) } else { Err(InvalidTimestamp) }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nanoseconds_are_an_integer_not_a_decimal_fraction() {
        let early: Timestamp = "5:1".parse().unwrap();
        let late: Timestamp = "5:100000000".parse().unwrap();
        assert_eq!((early.seconds, early.nanoseconds), (5, 1));
        assert!(early < late);
        assert_eq!(early.to_string(), "5:1");
    }

    #[test]
    fn texts_outside_the_pattern_are_refused() {
        for text in [
            "",
            "5",
            "5:",
            ":5",
            "5.1",
            "5:1:1",
            "-5:1",
            "+5:1",
            "5:+1",
            " 5:1",
            "5:1000000000",
            "99999999999999999999:0",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(InvalidTimestamp), "{text:?}");
        }
    }

    #[test]
    fn now_is_ahead_of_utc() {
        let utc = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let tai = Timestamp::now().seconds;
        assert!((utc + 37..=utc + 39).contains(&tai));
    }
}
