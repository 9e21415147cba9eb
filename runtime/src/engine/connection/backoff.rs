//! The waits between attempts to connect (BEY-01).

use std::time::Duration;

use crate::settings::Backoff;

/// No wait is shorter, whatever the settings: an endless loop of attempts would be a flood.
const SHORTEST: Duration = Duration::from_millis(10);

/// Which part of [`Backoff::later`] is waited in any case: the registry recommends 5 to 30 s for 1012.
const LATER_AT_LEAST: f64 = 1.0 / 6.0;

/// What a server wants of those that come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    None,
    /// It restarts, or is too busy (close codes 1012 and 1013).
    Later,
    /// `Retry-After`.
    After(Duration),
}

/// The wait after `failures` failed attempts in a row; `random` is in `0.0..1.0`.
pub(super) fn delay(backoff: &Backoff, failures: u32, wish: Wish, random: f64) -> Duration {
    let doubled = 2_u32.checked_pow(failures).and_then(|factor| backoff.first.checked_mul(factor));
    let longest = doubled.unwrap_or(backoff.cap).min(backoff.cap);
    let jitter = if backoff.jitter.is_finite() { backoff.jitter.clamp(0.0, 1.0) } else { 0.0 };
    match wish {
        Wish::None => shortened(longest, jitter * random),
        Wish::Later => {
            let longest = longest.max(backoff.later.min(backoff.cap));
            shortened(longest, jitter.min(1.0 - LATER_AT_LEAST) * random)
        }
        Wish::After(asked) => asked.min(backoff.longest_asked).saturating_add(shortened(longest, jitter * random)),
    }
}

/// `longest` without this part of it.
fn shortened(longest: Duration, part: f64) -> Duration {
    // The product can't be longer, but for rounding it can be too long for a Duration.
    Duration::try_from_secs_f64(longest.as_secs_f64() * (1.0 - part)).unwrap_or(longest).max(SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bey_01_waits_double_up_to_the_cap() {
        let backoff = Backoff::default().jitter(0.0);
        let waits: Vec<u64> = (0..8).map(|failures| delay(&backoff, failures, Wish::None, 0.9).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(delay(&backoff, u32::MAX, Wish::None, 0.0), Duration::from_secs(60));
    }

    #[test]
    fn bey_01_jitter_shortens_a_wait() {
        let waits =
            |backoff: Backoff| [0.0, 0.5, 0.999].map(|random| delay(&backoff, 0, Wish::None, random).as_millis());
        assert_eq!(waits(Backoff::default()), [1000, 500, 10], "full jitter");
        assert_eq!(waits(Backoff::default().jitter(0.5)), [1000, 750, 500]);
    }

    #[test]
    fn bey_01_a_server_that_asks_for_it_is_left_alone_for_longer() {
        let secs = |failures, random| delay(&Backoff::default(), failures, Wish::Later, random).as_secs();
        assert_eq!([secs(0, 0.0), secs(0, 0.5), secs(0, 0.999_999), secs(9, 0.0)], [30, 17, 5, 60]);
        let hasty = Backoff::default().cap(Duration::from_secs(2));
        assert_eq!(delay(&hasty, 0, Wish::Later, 0.0), Duration::from_secs(2), "the cap holds");
        let eager = Backoff::default().later(Duration::ZERO);
        assert_eq!(delay(&eager, 0, Wish::Later, 0.0), Duration::from_secs(1));
    }

    #[test]
    fn bey_01_the_time_that_a_server_asks_for_is_kept_and_bounded() {
        let after = |asked, random| delay(&Backoff::default(), 0, Wish::After(Duration::from_secs(asked)), random);
        assert_eq!(after(30, 0.0), Duration::from_secs(31));
        assert_eq!(after(30, 0.999_999), Duration::from_secs(30) + SHORTEST, "never earlier");
        assert_eq!(after(u64::MAX, 0.0), Duration::from_secs(301));
        let deaf = Backoff::default().longest_asked(Duration::ZERO);
        assert_eq!(delay(&deaf, 0, Wish::After(Duration::from_secs(30)), 0.0), Duration::from_secs(1));
    }

    #[test]
    fn bey_01_absurd_settings_still_wait() {
        let backoff = Backoff::default().first(Duration::ZERO).jitter(f64::NAN);
        assert_eq!(delay(&backoff, 3, Wish::None, 0.5), SHORTEST);
        let backoff = Backoff::default().first(Duration::MAX).cap(Duration::MAX).jitter(7.0);
        assert!(delay(&backoff, 40, Wish::None, 0.25) >= SHORTEST);
        let backoff = backoff.jitter(0.0).longest_asked(Duration::MAX);
        assert_eq!(delay(&backoff, 40, Wish::None, 0.0), Duration::MAX);
        assert_eq!(delay(&backoff, 40, Wish::After(Duration::MAX), 0.0), Duration::MAX);
    }
}
