//! What the codes mean that a server closes with (RFC 6455, section 7.4, and IANA's registry of close codes), and what
//! becomes of the connection then.

/// What to do after a server has closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Afterwards {
    /// Try again.
    Again,
    /// Try again, but not soon: the server has asked for that.
    Later,
    /// Try again only so often: it closed because of what it was sent or asked.
    Refused,
}

use Afterwards::{Again, Later, Refused};

/// The registered codes that can come, their names, and what becomes of the connection.
///
/// 1004, 1005, 1006 and 1015 must not be sent, and are no reason for anything. 1002 is an error of ours, which is also what
/// bytes look like that were damaged on the way, so it is tried again.
const CODES: [(u16, &str, Afterwards); 15] = [
    (1000, "normal closure", Again),
    (1001, "going away", Again),
    (1002, "protocol error", Again),
    (1003, "unsupported data", Refused),
    (1007, "invalid payload", Refused),
    (1008, "policy violation", Refused),
    (1009, "message too big", Refused),
    (1010, "missing extension", Refused),
    (1011, "internal error", Again),
    (1012, "service restart", Later),
    (1013, "try again later", Later),
    (1014, "bad gateway", Again),
    (3000, "unauthorized", Refused),
    (3003, "forbidden", Refused),
    (3008, "timeout", Again),
];

fn row(code: u16) -> Option<&'static (u16, &'static str, Afterwards)> {
    CODES.iter().find(|(known, ..)| *known == code)
}

/// The registered name of a code.
pub(crate) fn name(code: u16) -> Option<&'static str> {
    row(code).map(|(_, name, _)| *name)
}

/// What to do after a server has closed with `code`. What a code of 3000 to 4999 means is the application's business:
/// trying again is right more often than not.
pub(crate) fn afterwards(code: u16) -> Afterwards {
    row(code).map_or(Again, |(.., afterwards)| *afterwards)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_6455_7_4_each_code_has_its_consequence() {
        let of = |wanted| (0..=u16::MAX).filter(|code| afterwards(*code) == wanted).collect::<Vec<u16>>();
        assert_eq!(of(Later), [1012, 1013]);
        assert_eq!(of(Refused), [1003, 1007, 1008, 1009, 1010, 3000, 3003]);
        assert!(CODES.is_sorted_by_key(|(code, ..)| *code));
    }

    #[test]
    fn rfc_6455_7_4_a_code_that_is_registered_has_a_name() {
        assert_eq!(name(1008), Some("policy violation"));
        assert_eq!([1004, 1005, 1006, 1015, 2000, 4000].map(name), [None; 6]);
    }
}
