//! Negotiation of permessage-deflate, the server's side (RFC 7692 sections 5 and 7.1).

use std::fmt;

/// What client and device agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compression {
    pub(crate) server_no_context_takeover: bool,
    pub(crate) client_no_context_takeover: bool,
    /// 9 to 15: the compressor's window.
    pub(crate) server_window_bits: u8,
}

/// The value of the `Sec-WebSocket-Extensions` answer.
impl fmt::Display for Compression {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("permessage-deflate")?;
        if self.server_no_context_takeover {
            formatter.write_str("; server_no_context_takeover")?;
        }
        if self.client_no_context_takeover {
            formatter.write_str("; client_no_context_takeover")?;
        }
        if self.server_window_bits < 15 {
            write!(formatter, "; server_max_window_bits={}", self.server_window_bits)?;
        }
        Ok(())
    }
}

/// The first offer of a `Sec-WebSocket-Extensions` header that the device can serve. Extensions it does not know and
/// offers it cannot serve are passed over, as section 7 wants.
pub(crate) fn accept_offer(header: &str) -> Option<Compression> {
    header.split(',').find_map(accept)
}

fn accept(offer: &str) -> Option<Compression> {
    let mut parts = offer.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case("permessage-deflate") {
        return None;
    }
    let mut agreed =
        Compression { server_no_context_takeover: false, client_no_context_takeover: false, server_window_bits: 15 };
    let mut seen = Vec::new();
    for part in parts {
        let (name, value) = match part.split_once('=') {
            Some((name, value)) => (name.trim_end(), Some(value.trim().trim_matches('"'))),
            None => (part, None),
        };
        // A parameter given twice makes the offer invalid (section 7.1).
        if seen.contains(&name) {
            return None;
        }
        seen.push(name);
        match (name, value) {
            ("server_no_context_takeover", None) => agreed.server_no_context_takeover = true,
            ("client_no_context_takeover", None) => agreed.client_no_context_takeover = true,
            // The compressor has no window of 8 bits: such an offer is declined.
            ("server_max_window_bits", Some(bits)) => {
                agreed.server_window_bits = window_bits(bits).filter(|bits| *bits >= 9)?;
            }
            // A hint: the decompressor's window is the largest there is, so nothing is asked of the client.
            ("client_max_window_bits", None) => {}
            ("client_max_window_bits", Some(bits)) => {
                window_bits(bits)?;
            }
            _ => return None,
        }
    }
    Some(agreed)
}

/// 8 to 15, written without leading zeros (section 7.1.2).
fn window_bits(text: &str) -> Option<u8> {
    let bits = text.parse().ok()?;
    ((8..=15).contains(&bits) && !text.starts_with(['0', '+'])).then_some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_are_accepted_or_passed_over() {
        for (offer, answer) in [
            ("permessage-deflate; client_max_window_bits", Some("permessage-deflate")),
            ("permessage-deflate;client_max_window_bits=10", Some("permessage-deflate")),
            ("x-webkit-deflate-frame, Permessage-Deflate", Some("permessage-deflate")),
            (
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                Some("permessage-deflate; server_no_context_takeover; client_no_context_takeover"),
            ),
            (
                "permessage-deflate; server_max_window_bits=\"10\"",
                Some("permessage-deflate; server_max_window_bits=10"),
            ),
            ("permessage-deflate; server_max_window_bits=8, permessage-deflate", Some("permessage-deflate")),
            ("permessage-deflate; server_max_window_bits=8", None),
            ("permessage-deflate; server_max_window_bits", None),
            ("permessage-deflate; server_max_window_bits=016", None),
            ("permessage-deflate; client_max_window_bits=16", None),
            ("permessage-deflate; server_no_context_takeover=1", None),
            ("permessage-deflate; client_max_window_bits; client_max_window_bits", None),
            ("permessage-deflate; speed=9", None),
            ("permessage-bzip2", None),
            ("", None),
        ] {
            assert_eq!(accept_offer(offer).map(|agreed| agreed.to_string()).as_deref(), answer, "{offer}");
        }
    }
}
