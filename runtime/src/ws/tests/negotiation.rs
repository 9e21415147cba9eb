//! Every answer that there can be to an offer of permessage-deflate, against the rules of RFC 7692, section 7.1.

use crate::ws::compression::{Compression, negotiate};

/// The parameters of one side. A window is 0 where its parameter is missing, and [`OPEN`] where it has no value.
#[derive(Clone, Copy, Debug)]
struct Side {
    server_takeover_off: bool,
    client_takeover_off: bool,
    server_window: u8,
    client_window: u8,
}

const OPEN: u8 = 1;

impl Side {
    /// All there are; `open`: with a client's window that has no value, too.
    fn all(open: bool) -> Vec<Self> {
        let client_windows = || [0].into_iter().chain(open.then_some(OPEN)).chain(8..=15);
        let mut sides = Vec::new();
        for flags in 0..4 {
            for server_window in [0].into_iter().chain(8..=15) {
                for client_window in client_windows() {
                    let (server_takeover_off, client_takeover_off) = (flags & 1 != 0, flags & 2 != 0);
                    sides.push(Self { server_takeover_off, client_takeover_off, server_window, client_window });
                }
            }
        }
        sides
    }

    fn text(self) -> String {
        let mut text = "permessage-deflate".to_owned();
        for (is_there, param) in [
            (self.server_takeover_off, "; server_no_context_takeover"),
            (self.client_takeover_off, "; client_no_context_takeover"),
            (self.client_window == OPEN, "; client_max_window_bits"),
        ] {
            text += if is_there { param } else { "" };
        }
        for (window, param) in [(self.server_window, "server"), (self.client_window, "client")] {
            if window > OPEN {
                text += &["; ", param, "_max_window_bits=", &window.to_string()].concat();
            }
        }
        text
    }
}

/// What the answer makes of the offer, by the letter of the RFC.
fn agreed(offer: Side, answer: Side) -> Option<Compression> {
    let is_legal = [
        // 7.1.1.1: who accepts it says so.
        answer.server_takeover_off || !offer.server_takeover_off,
        // 7.1.2.1: accepted with the same or a smaller value; without being asked, with any.
        offer.server_window == 0 || (8..=offer.server_window).contains(&answer.server_window),
        // 7.1.2.2: only if it is offered, with the same or a smaller value.
        answer.client_window == 0
            || offer.client_window == OPEN
            || (8..=offer.client_window).contains(&answer.client_window),
    ];
    is_legal.iter().all(|holds| *holds).then_some(Compression {
        server_no_context_takeover: answer.server_takeover_off,
        client_no_context_takeover: answer.client_takeover_off || offer.client_takeover_off,
        client_window_bits: match (offer.client_window, answer.client_window) {
            (0 | OPEN, 0) => 15,
            (offered, 0) => offered,
            (_, answered) => answered,
        },
    })
}

fn ask(offer: &str, answer: &str) -> Option<Compression> {
    negotiate([offer].into_iter(), [answer].into_iter()).ok().flatten()
}

#[test]
fn rfc_7692_7_1_every_answer_to_every_offer() {
    let answers: Vec<(Side, String)> = Side::all(false).into_iter().map(|answer| (answer, answer.text())).collect();
    let mut legal = 0;
    for offer in Side::all(true) {
        let offered = offer.text();
        for (answer, answered) in &answers {
            let expected = agreed(offer, *answer);
            legal += u32::from(expected.is_some());
            assert_eq!(ask(&offered, answered), expected, "{offered} / {answered}");
        }
    }
    // Takeover: 3 of 4 pairs for the server's, all 4 for the client's. Windows: the server's unasked or up to the offered
    // one; the client's if offered, with any value or up to the offered one, or left out.
    assert_eq!(legal, 3 * 4 * (9 + 36) * (1 + 9 + 8 + 36));
}

#[test]
fn rfc_7692_7_1_only_decimals_from_8_to_15_are_windows() {
    for side in ["server", "client"] {
        let offer = "permessage-deflate; client_max_window_bits";
        let answered =
            |value: &str| ask(offer, &format!("permessage-deflate; {side}_max_window_bits{value}")).is_some();
        for value in ["=8", "=9", "=10", "=15", "=\"8\"", "=\"1\\5\"", " = 12"] {
            assert!(answered(value), "{side} {value}");
        }
        for value in [
            "",
            "=",
            "=\"\"",
            "=0",
            "=7",
            "=16",
            "=08",
            "=015",
            "=+8",
            "=-8",
            "=8.0",
            "=0x8",
            "=8e0",
            "=1 5",
            "=ten",
            "=256",
            "=264",
            "=4294967304",
            "=99999999999999999999",
            "=\"8",
            "=8; client_max_window_bits=8; \
             server_max_window_bits=8",
        ] {
            assert!(!answered(value), "{side} {value}");
        }
    }
    for flag in ["server_no_context_takeover", "client_no_context_takeover"] {
        for value in ["=", "=1", "=true", "=\"\"", "=\"x\""] {
            assert_eq!(ask("permessage-deflate", &format!("permessage-deflate; {flag}{value}")), None, "{flag}{value}");
        }
        assert_eq!(ask("permessage-deflate", &format!("permessage-deflate; {flag}; {flag}")), None, "{flag} twice");
    }
}

#[test]
fn rfc_7692_5_1_an_answer_fits_one_offer_of_several() {
    let offers = "permessage-deflate; server_max_window_bits=10; client_no_context_takeover, permessage-deflate";
    let both = |answer: &str| ask(offers, &format!("permessage-deflate{answer}"));
    assert!(both("; server_max_window_bits=10").is_some_and(|agreed| agreed.client_no_context_takeover), "the first");
    assert!(both("; server_max_window_bits=11").is_some_and(|agreed| !agreed.client_no_context_takeover), "the second");
    assert!(both("").is_some());
    assert!(both("; client_max_window_bits=10").is_none(), "neither");
    assert!(both(", permessage-deflate").is_none(), "not both");
    // In any order, in several lines, the name in any letters.
    let lines = ["x-other", "permessage-deflate; client_max_window_bits; server_no_context_takeover"];
    let answer = "PERMESSAGE-deflate; server_no_context_takeover; client_max_window_bits=11";
    let agreed = negotiate(lines.into_iter(), [answer, ""].into_iter()).unwrap().unwrap();
    assert_eq!((agreed.server_no_context_takeover, agreed.client_window_bits), (true, 11));
}
