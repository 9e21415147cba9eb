//! The waits between attempts to connect, as they are seen from outside (BEY-01, CONN-100).

use std::time::Duration;

use crate::{Backoff, Reconnect};

/// What the default backoff promises.
const FIRST: Duration = Duration::from_secs(1);
const CAP: Duration = Duration::from_secs(60);
const STABLE: Duration = Duration::from_secs(10);
/// No wait is shorter, whatever chance says.
const SHORTEST: Duration = Duration::from_millis(10);
/// The longest wait after close code 1012 or 1013.
const LATER: Duration = Duration::from_secs(30);
/// What timers and tasks may take on top.
const SLACK: Duration = Duration::from_millis(20);

/// The backoff of an element: as it is by default, or with nothing left to chance.
pub(super) fn settings(is_exact: bool) -> Reconnect {
    let backoff = Backoff::default();
    Reconnect::Automatic(if is_exact { backoff.jitter(0.0) } else { backoff })
}

/// The attempts of one connection. Times are those since the start of the schedule.
///
/// How many attempts have failed in a row is known within two numbers: a connection that lasted may have been open for
/// long enough to count as stable, or may not.
#[derive(Debug)]
pub(super) struct Waits {
    /// Whether the waits are as long as they may be, none of them shortened by chance.
    is_exact: bool,
    /// How long an attempt may take.
    timeout: Duration,
    failures: (u32, u32),
    began: Duration,
    /// When the device had accepted the handshake.
    accepted: Option<Duration>,
    /// Whether nothing on the way was spoilt.
    is_well: bool,
    ended: Option<Duration>,
    /// How long the device has asked to be left alone.
    retry_after: Duration,
    /// Whether somebody has asked for an attempt, for which nothing waits, and when.
    is_asked: bool,
    asked: Option<Duration>,
}

impl Waits {
    pub(super) fn new(is_exact: bool, timeout: Duration) -> Self {
        Self {
            is_exact,
            timeout,
            failures: (0, 0),
            began: Duration::ZERO,
            accepted: None,
            is_well: true,
            ended: None,
            retry_after: Duration::ZERO,
            is_asked: false,
            asked: None,
        }
    }

    /// An attempt begins. An error says why it must not, now.
    pub(super) fn dialled(&mut self, now: Duration) -> Result<(), String> {
        let (shortest, longest) = self.bounds();
        let is_asked = std::mem::take(&mut self.is_asked) || self.asked == Some(now);
        let ended = self.ended.take();
        (self.began, self.accepted) = (now, None);
        (self.retry_after, self.is_well) = (Duration::ZERO, true);
        let Some(ended) = ended.filter(|_| !is_asked) else { return Ok(()) };
        let wait = now.saturating_sub(ended);
        if (shortest..=longest).contains(&wait) {
            return Ok(());
        }
        let (least, most) = self.failures;
        Err(format!(
            "an attempt after a wait of {wait:?}, which is {shortest:?} to {longest:?} after {least} to {most} failures"
        ))
    }

    /// Looks whether an attempt is due by now that has not begun.
    pub(super) fn overdue(&mut self, now: Duration) -> Result<(), String> {
        let Some(ended) = self.ended.filter(|_| !self.is_asked) else { return Ok(()) };
        let (_, longest) = self.bounds();
        let wait = now.saturating_sub(ended);
        if wait <= longest {
            return Ok(());
        }
        self.ended = None; // told once
        Err(format!("no attempt for {wait:?}, where {longest:?} is the longest wait"))
    }

    /// The shortest and the longest wait for the next attempt.
    fn bounds(&self) -> (Duration, Duration) {
        let (least, most) = self.failures;
        let shortest = if self.is_exact && least > 0 { longest_wait(least).saturating_sub(SLACK) } else { SHORTEST };
        // Bytes that nobody sent may be a close frame with 1012.
        let longest = if self.is_well { longest_wait(most) } else { longest_wait(most).max(LATER) };
        (shortest + self.retry_after, longest + self.retry_after + SLACK)
    }

    /// Something on the way is spoilt by bytes that nobody sent.
    pub(super) fn garbage(&mut self) {
        self.is_well = false;
    }

    /// The device has refused the attempt, and asks to be left alone for that long.
    pub(super) fn refused(&mut self, retry_after: Duration) {
        self.retry_after = retry_after;
    }

    /// The device has accepted the handshake of the attempt that runs.
    pub(super) fn accepted(&mut self, now: Duration) {
        self.accepted = Some(now);
    }

    /// The element has let go of the attempt, or of the connection that it made. An error says that it did so too late.
    /// `well_until`: how long nothing on the way kept the element from knowing what the device did.
    pub(super) fn ended(&mut self, now: Duration, well_until: Option<Duration>) -> Result<(), String> {
        let lasted = now.saturating_sub(self.began);
        let is_stable =
            matches!((well_until, self.accepted), (Some(until), Some(from)) if until > from + STABLE + SLACK);
        let (least, most) = self.failures;
        let certain = u32::from(!self.is_asked);
        self.failures = match lasted < STABLE {
            true => (least + certain, most + 1),
            false if is_stable => (certain, 1),
            false => (certain, most + 1),
        };
        self.ended = Some(now);
        if self.accepted.is_none() && lasted > self.timeout + SLACK {
            return Err(format!("an attempt takes {lasted:?}, of {:?}", self.timeout));
        }
        Ok(())
    }

    /// Somebody is about to ask for an attempt at once: what has failed before is forgotten.
    pub(super) fn asked(&mut self, now: Duration) {
        self.failures = (0, 0);
        (self.is_asked, self.asked) = (true, Some(now));
    }

    /// The element has been asked. An attempt that it began meanwhile may be the one, or may have been due.
    pub(super) fn has_asked(&mut self) {
        self.failures.0 = 0;
    }
}

/// The longest wait after that many failures in a row.
fn longest_wait(failures: u32) -> Duration {
    let doubled = 2_u32.checked_pow(failures.saturating_sub(1)).and_then(|factor| FIRST.checked_mul(factor));
    doubled.unwrap_or(CAP).min(CAP)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(5);

    /// Attempts that are refused at once, each of them this many ms behind the one before.
    fn refused(is_exact: bool, waits: &[u64]) -> Result<(), String> {
        let mut seen = Waits::new(is_exact, TIMEOUT);
        let mut now = Duration::ZERO;
        seen.dialled(now)?;
        for wait in waits {
            seen.ended(now, None)?;
            now += Duration::from_millis(*wait);
            seen.dialled(now)?;
        }
        Ok(())
    }

    #[test]
    fn waits_that_double_are_right_and_others_are_reported() {
        let exact = [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000];
        assert_eq!(refused(true, &exact), Ok(()));
        assert_eq!(refused(false, &[700, 10, 3999, 20, 16_000]), Ok(()));
        assert!(refused(false, &[700, 5]).is_err(), "too short");
        assert!(refused(true, &[1000, 1000]).is_err(), "never longer");
        assert!(refused(true, &[1000, 2000, 4000, 1000]).is_err(), "reset without a reason");
        assert!(refused(false, &[1000, 2500]).is_err(), "too long");
    }

    #[test]
    fn a_connection_that_does_not_come_back_is_reported_once() {
        let mut seen = Waits::new(true, TIMEOUT);
        let ms = Duration::from_millis;
        seen.dialled(ms(0)).unwrap();
        seen.accepted(ms(0));
        seen.overdue(ms(90_000)).unwrap(); // it runs
        seen.ended(ms(90_000), None).unwrap();
        seen.overdue(ms(91_000)).unwrap();
        assert!(seen.overdue(ms(91_100)).is_err());
        assert!(seen.overdue(ms(92_000)).is_ok());
    }

    #[test]
    fn a_stable_connection_begins_anew_and_one_that_does_not_is_reported() {
        for (wait, is_right) in [(1000, true), (4000, false)] {
            let mut seen = Waits::new(true, TIMEOUT);
            let second = |second| Duration::from_secs(second);
            seen.dialled(second(0)).unwrap();
            seen.ended(second(0), None).unwrap();
            seen.dialled(second(1)).unwrap();
            seen.ended(second(1), None).unwrap();
            seen.dialled(second(3)).unwrap();
            seen.accepted(second(3));
            seen.ended(second(30), Some(second(30))).unwrap();
            let again = seen.dialled(second(30) + Duration::from_millis(wait));
            assert_eq!(again.is_ok(), is_right, "{again:?}");
        }
    }

    #[test]
    fn an_attempt_without_an_end_is_reported() {
        let mut seen = Waits::new(true, TIMEOUT);
        seen.dialled(Duration::ZERO).unwrap();
        assert!(seen.ended(TIMEOUT + Duration::from_secs(1), None).is_err());
        assert!(seen.ended(TIMEOUT, None).is_ok());
    }

    #[test]
    fn who_asks_is_not_kept_waiting_and_who_is_asked_to_wait_does() {
        let mut seen = Waits::new(true, TIMEOUT);
        seen.dialled(Duration::ZERO).unwrap();
        seen.asked(Duration::ZERO);
        seen.ended(Duration::ZERO, None).unwrap();
        seen.dialled(Duration::ZERO).unwrap();
        seen.refused(Duration::from_secs(9));
        seen.ended(Duration::ZERO, None).unwrap();
        assert!(seen.dialled(Duration::from_secs(1)).is_err(), "Retry-After");
    }
}
