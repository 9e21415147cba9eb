//! The waits between attempts to connect (BEY-01).

use std::time::Duration;

use crate::settings::Backoff;

/// No wait is shorter, whatever the settings: an endless loop of attempts would be a flood.
const SHORTEST: Duration = Duration::from_millis(10);

/// The wait after `failures` failed attempts in a row; `random` is in `0.0..1.0`.
pub(super) fn delay(backoff: &Backoff, failures: u32, random: f64) -> Duration {
    let doubled = 2_u32.checked_pow(failures).and_then(|factor| backoff.first.checked_mul(factor));
    let longest = doubled.unwrap_or(backoff.cap).min(backoff.cap);
    let jitter = if backoff.jitter.is_finite() { backoff.jitter.clamp(0.0, 1.0) } else { 0.0 };
    // The product can't be longer, but for rounding it can be too long for a Duration.
    let shortened = Duration::try_from_secs_f64(longest.as_secs_f64() * (1.0 - jitter * random));
    shortened.unwrap_or(longest).max(SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bey_01_waits_double_up_to_the_cap() {
        let backoff = Backoff::default().jitter(0.0);
        let waits: Vec<u64> = (0..8).map(|failures| delay(&backoff, failures, 0.9).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(delay(&backoff, u32::MAX, 0.0), Duration::from_secs(60));
    }

    #[test]
    fn bey_01_jitter_shortens_a_wait() {
        let backoff = Backoff::default();
        assert_eq!(delay(&backoff, 0, 0.0), Duration::from_secs(1));
        assert_eq!(delay(&backoff, 0, 0.5), Duration::from_millis(750));
        assert!(delay(&backoff, 0, 0.999) >= Duration::from_millis(500));
    }

    #[test]
    fn bey_01_absurd_settings_still_wait() {
        let backoff = Backoff::default().first(Duration::ZERO).jitter(f64::NAN);
        assert_eq!(delay(&backoff, 3, 0.5), SHORTEST);
        let backoff = Backoff::default().first(Duration::MAX).cap(Duration::MAX).jitter(7.0);
        assert!(delay(&backoff, 40, 0.25) >= SHORTEST);
        assert_eq!(delay(&backoff.jitter(0.0), 40, 0.0), Duration::MAX);
    }
}
