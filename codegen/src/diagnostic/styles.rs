//! How the parts of a rendered fault look.

use anstyle::{AnsiColor, Style};

use super::Severity;

/// How the parts of a rendered fault look: plain, or coloured as rustc does it.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    error: Style,
    warning: Style,
    /// Notes, and related places.
    pub(super) note: Style,
    /// What is said, and the names of what is added to it.
    pub(super) message: Style,
    /// Line numbers and the lines around the XML.
    pub(super) frame: Style,
}

impl Styles {
    /// Without any style.
    pub const fn plain() -> Self {
        let plain = Style::new();
        Self { error: plain, warning: plain, note: plain, message: plain, frame: plain }
    }

    /// In the colours of rustc, for terminals.
    pub const fn coloured() -> Self {
        const fn bold(color: AnsiColor) -> Style {
            color.on_default().bold()
        }
        Self {
            error: bold(AnsiColor::BrightRed),
            warning: bold(AnsiColor::Yellow),
            note: bold(AnsiColor::BrightGreen),
            message: Style::new().bold(),
            frame: bold(AnsiColor::BrightBlue),
        }
    }

    pub(super) const fn of(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }
}
