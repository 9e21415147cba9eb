//! `Retry-After` of a refusal (RFC 9110, section 10.2.3): how long a server wants to be left alone.

use std::time::{Duration, SystemTime};

use super::super::OpeningAnswer;

impl OpeningAnswer {
    /// The wait that the server asks for, as seen at `now`: it names seconds, or a date. `None`: it asks for none, or in
    /// a way that cannot be read.
    pub(crate) fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        self.values("Retry-After").find_map(|value| read(value, now))
    }
}

fn read(value: &str, now: SystemTime) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // What is too large for a number is longer than anybody waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    date.duration_since(now).ok() // a date that is over asks for nothing
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn asked(values: &[&str]) -> Option<u64> {
        let header = |value: &&str| ("retry-AFTER".to_owned(), (*value).to_owned());
        let answer = OpeningAnswer {
            status: 503,
            status_line: "HTTP/1.1 503 Service Unavailable".to_owned(),
            headers: values.iter().map(header).collect(),
            body: Bytes::new(),
            compression: None,
        };
        // Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110, section 5.6.7, a minute before.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777 - 60);
        answer.retry_after(now).map(|wait| wait.as_secs())
    }

    #[test]
    fn rfc_9110_10_2_3_retry_after_is_seconds_or_a_date() {
        for (value, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(60)),
            ("Sun Nov  6 08:49:37 1994", Some(60)),
            ("Sun, 06 Nov 1994 08:48:36 GMT", None),
            ("", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
        ] {
            assert_eq!(asked(&[value]), seconds, "{value}");
        }
    }

    #[test]
    fn rfc_9110_10_2_3_the_first_value_that_can_be_read_counts() {
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&["soon", "7", "8"]), Some(7));
    }
}
