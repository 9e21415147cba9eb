//! What an allow names: a code, or the number of a rule of the platform's validator.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::{self, Diagnostic, Kind};
use crate::text::{nearest, quoted};

/// What can be allowed: the faults of a code such as `GL0412`, or those of a rule of the platform's validator such as
/// `5.1.6`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaultId(&'static str);

/// A text that names no [`FaultId`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFaultId {
    text: String,
}

impl FaultId {
    /// The code or the number.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The rules that `fault` falls under.
    pub(super) fn of(fault: &Diagnostic) -> impl Iterator<Item = Self> + use<> {
        [Some(fault.code), fault.validator_id].into_iter().flatten().map(Self)
    }

    /// The rule of the faults of `kind`.
    pub(super) const fn of_kind(kind: Kind) -> Self {
        Self(kind.code())
    }

    /// Whether `text` has the form of a rule, known or not.
    pub(super) fn is_like(text: &str) -> bool {
        is_like_a_code(text) || is_like_a_number(text)
    }
}

/// `GL` and digits.
fn is_like_a_code(text: &str) -> bool {
    let digits = text.get(..2).filter(|start| start.eq_ignore_ascii_case("GL")).and_then(|_| text.get(2..));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Three numbers with dots between them.
fn is_like_a_number(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').count() == 3 && text.split('.').all(is_number)
}

impl FromStr for FaultId {
    type Err = UnknownFaultId;

    fn from_str(text: &str) -> Result<Self, UnknownFaultId> {
        let code = Kind::ALL.iter().map(|kind| kind.code()).find(|code| code.eq_ignore_ascii_case(text));
        let id = code.or_else(|| diagnostic::rule(text).map(|rule| rule.id));
        id.map(Self).ok_or_else(|| UnknownFaultId { text: text.to_owned() })
    }
}

impl fmt::Display for FaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl UnknownFaultId {
    /// What to write instead.
    pub fn help(&self) -> String {
        let codes = Kind::ALL.iter().map(|kind| kind.code());
        match nearest(&self.text, codes).filter(|_| is_like_a_code(&self.text)) {
            Some(code) => format!("did you mean `{code}`? `genlock explain` lists the codes"),
            None => {
                "write a code such as `GL0412`, or the number of a rule of the platform's validator such as `5.1.6`; \
                     `genlock explain` lists the codes"
                    .to_owned()
            }
        }
    }
}

impl fmt::Display for UnknownFaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = quoted(&self.text);
        if is_like_a_code(&self.text) {
            write!(f, "there is no code {text}")
        } else if is_like_a_number(&self.text) {
            write!(f, "genlock has no rule {text} of the platform's validator")
        } else {
            write!(f, "{text} is neither a code nor the number of a rule")
        }
    }
}

impl std::error::Error for UnknownFaultId {}

#[cfg(test)]
mod tests {
    use super::FaultId;

    fn shown(text: &str) -> String {
        text.parse::<FaultId>().map_or_else(|unknown| format!("{unknown}: {}", unknown.help()), |id| id.to_string())
    }

    #[test]
    fn codes_and_numbers_are_known() {
        assert_eq!(shown("gl0412"), "GL0412");
        assert_eq!(shown("5.1.6"), "5.1.6");
    }

    #[test]
    fn what_is_unknown_has_a_help() {
        assert!(shown("GL0142").starts_with("there is no code `GL0142`: did you mean `GL0"));
        assert!(shown("99.1.1").starts_with("genlock has no rule `99.1.1` of the platform's validator: write a code"));
        assert!(shown("dangling").starts_with("`dangling` is neither a code nor the number of a rule: write a code"));
        assert!(shown("é").starts_with("`é` is neither"));
    }

    #[test]
    fn a_version_is_not_like_a_number() {
        assert!(FaultId::is_like("5.1.6") && FaultId::is_like("gl1"));
        assert!(
            !FaultId::is_like("1.0.0.1")
                && !FaultId::is_like("2.5")
                && !FaultId::is_like("GL")
                && !FaultId::is_like("5.1.")
        );
    }
}
