//! What client and server agree on about compression: `permessage-deflate` (RFC 7692, section 7.1).

use super::extensions::{Extension, Malformed, parse};

/// The one extension that can be agreed on.
const PERMESSAGE_DEFLATE: &str = "permessage-deflate";

/// The base-2 logarithm of the largest LZ77 window (RFC 7692, section 7.1.2).
const MAX_WINDOW_BITS: u8 = 15;

/// The agreed parameters of permessage-deflate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compression {
    /// The server begins every message with an empty window.
    pub(super) server_no_context_takeover: bool,
    /// We begin every message with an empty window.
    pub(super) client_no_context_takeover: bool,
    /// The base-2 logarithm of our window: 8 to 15. The server's needs no note: inflating with 15 reads them all.
    pub(super) client_window_bits: u8,
}

/// Why the answered extensions are not legal. The client must fail the connection (RFC 6455, section 4.1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ExtensionError {
    /// The header's value cannot be read.
    #[error("the answer's Sec-WebSocket-Extensions cannot be read: it is not a list of extensions")]
    Malformed,
    /// The extension was not in the request (RFC 6455, section 9.1).
    #[error("the server accepted the extension `{0}`, which the request does not offer")]
    NotOffered(String),
    /// The extension was in the request, but nothing here can do it (CONN-41).
    #[error(
        "the server accepted the extension `{0}`, which genlock does not know: take it out of the request's \
         Sec-WebSocket-Extensions"
    )]
    NotSupported(String),
    /// The extension was in the request, but compression is left out of this build (CONN-41).
    #[error(
        "the server accepted permessage-deflate, which this build of genlock leaves out: build it with the feature \
         `deflate`, or take the extension out of the request's Sec-WebSocket-Extensions"
    )]
    NotBuiltIn,
    /// The extension is answered twice (RFC 7692, section 5).
    #[error("the server accepted permessage-deflate twice")]
    Repeated,
    /// A parameter is answered twice (RFC 7692, section 7.1).
    #[error("the parameter `{0}` of permessage-deflate is answered twice")]
    RepeatedParameter(String),
    /// A parameter is none of RFC 7692, section 7.1.
    #[error("permessage-deflate has no parameter `{0}`")]
    UnknownParameter(String),
    /// A parameter's value is not what section 7.1 allows.
    #[error("the parameter `{name}` of permessage-deflate cannot be answered {}", Value(.value.as_deref()))]
    IllegalValue {
        /// The parameter.
        name: String,
        /// Its value.
        value: Option<String>,
    },
    /// The answer fits none of the offers in the request.
    #[error("the server's answer to permessage-deflate fits no offer of the request: {0}")]
    FitsNoOffer(&'static str),
}

/// Shows a parameter's value in a message.
struct Value<'a>(Option<&'a str>);

impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(value) => write!(f, "with the value `{value}`"),
            None => f.write_str("without a value"),
        }
    }
}

/// The parameters of one element `permessage-deflate`, either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Params {
    server_no_context_takeover: bool,
    client_no_context_takeover: bool,
    server_max_window_bits: Option<u8>,
    client_max_window_bits: ClientWindow,
}

/// The parameter `client_max_window_bits`, which may go without a value in an offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ClientWindow {
    #[default]
    Absent,
    /// The client can be limited.
    Open,
    Bits(u8),
}

/// Checks the answered values of `Sec-WebSocket-Extensions` against those of the request.
///
/// `None`: the server accepted nothing.
pub(super) fn negotiate<'a>(
    offered: impl Iterator<Item = &'a str>,
    answered: impl Iterator<Item = &'a str>,
) -> Result<Option<Compression>, ExtensionError> {
    let mut accepted = Vec::new();
    for value in answered {
        accepted.extend(parse(value).map_err(|Malformed| ExtensionError::Malformed)?);
    }
    // What our own header says is the operator's. A value that cannot be read offers nothing that could be accepted.
    let offered: Vec<Extension> = offered.filter_map(|value| parse(value).ok()).flatten().collect();

    for extension in &accepted {
        if !offered.iter().any(|offer| offer.name.eq_ignore_ascii_case(&extension.name)) {
            return Err(ExtensionError::NotOffered(extension.name.clone()));
        }
        if !extension.name.eq_ignore_ascii_case(PERMESSAGE_DEFLATE) {
            return Err(ExtensionError::NotSupported(extension.name.clone()));
        }
    }
    let answer = match accepted.as_slice() {
        [] => return Ok(None),
        [answer] => answer,
        [..] => return Err(ExtensionError::Repeated),
    };
    let compression = agree(&offered, answer)?;
    if cfg!(feature = "deflate") { Ok(Some(compression)) } else { Err(ExtensionError::NotBuiltIn) }
}

/// Finds the offer that the answer fits.
fn agree(offered: &[Extension], answer: &Extension) -> Result<Compression, ExtensionError> {
    let answer = read_params(answer, Side::Answer)?;
    let mut misfit = "its parameters cannot be read";
    for offer in offered.iter().filter(|offer| offer.name.eq_ignore_ascii_case(PERMESSAGE_DEFLATE)) {
        let Ok(offer) = read_params(offer, Side::Offer) else { continue };
        match fit(offer, answer) {
            Ok(compression) => return Ok(compression),
            Err(reason) => misfit = reason,
        }
    }
    Err(ExtensionError::FitsNoOffer(misfit))
}

/// Whose parameters are read: a window may go without a value in an offer, and only there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Offer,
    Answer,
}

fn read_params(extension: &Extension, side: Side) -> Result<Params, ExtensionError> {
    let mut params = Params::default();
    for (name, value) in &extension.params {
        let illegal = || ExtensionError::IllegalValue { name: name.clone(), value: value.clone() };
        let repeated = match name.as_str() {
            "server_no_context_takeover" | "client_no_context_takeover" if value.is_some() => return Err(illegal()),
            "server_no_context_takeover" => std::mem::replace(&mut params.server_no_context_takeover, true),
            "client_no_context_takeover" => std::mem::replace(&mut params.client_no_context_takeover, true),
            "server_max_window_bits" => {
                let bits = value.as_deref().and_then(window_bits).ok_or_else(illegal)?;
                params.server_max_window_bits.replace(bits).is_some()
            }
            "client_max_window_bits" => {
                let window = match value {
                    None if side == Side::Offer => ClientWindow::Open,
                    None => return Err(illegal()),
                    Some(text) => ClientWindow::Bits(window_bits(text).ok_or_else(illegal)?),
                };
                std::mem::replace(&mut params.client_max_window_bits, window) != ClientWindow::Absent
            }
            _ => return Err(ExtensionError::UnknownParameter(name.clone())),
        };
        if repeated {
            return Err(ExtensionError::RepeatedParameter(name.clone()));
        }
    }
    Ok(params)
}

/// A decimal from 8 to 15 without leading zeros (RFC 7692, section 7.1.2).
fn window_bits(text: &str) -> Option<u8> {
    if text.starts_with(['0', '+']) {
        return None;
    }
    text.parse().ok().filter(|bits| (8..=MAX_WINDOW_BITS).contains(bits))
}

/// What is agreed when `answer` accepts `offer`, or why it cannot.
fn fit(offer: Params, answer: Params) -> Result<Compression, &'static str> {
    // Section 7.1.1.1: the server accepts the parameter by repeating it.
    if offer.server_no_context_takeover && !answer.server_no_context_takeover {
        return Err("it lacks the offered server_no_context_takeover");
    }
    // Section 7.1.2.1: it is repeated with the same or a smaller value; the server may add it unasked.
    match (offer.server_max_window_bits, answer.server_max_window_bits) {
        (Some(_), None) => return Err("it lacks the offered server_max_window_bits"),
        (Some(offered), Some(answered)) if answered > offered => {
            return Err("its server_max_window_bits is above the offered one");
        }
        _ => {}
    }
    // Section 7.1.2.2: the server may limit us only when we offered to be limited.
    let client_window_bits = match (offer.client_max_window_bits, answer.client_max_window_bits) {
        (ClientWindow::Absent, ClientWindow::Bits(_)) => {
            return Err("it has client_max_window_bits, which is not offered");
        }
        (ClientWindow::Bits(offered), ClientWindow::Bits(answered)) if answered > offered => {
            return Err("its client_max_window_bits is above the offered one");
        }
        // An offered value binds us even when the server leaves it out.
        (_, ClientWindow::Bits(bits)) | (ClientWindow::Bits(bits), _) => bits,
        _ => MAX_WINDOW_BITS,
    };
    Ok(Compression {
        server_no_context_takeover: answer.server_no_context_takeover,
        // Section 7.1.1.2: the server may ask for it unasked; an offered one binds us anyway.
        client_no_context_takeover: offer.client_no_context_takeover || answer.client_no_context_takeover,
        client_window_bits,
    })
}
