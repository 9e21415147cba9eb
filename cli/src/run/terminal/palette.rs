//! Colours. Nothing is told by them alone.

use genlock::{AlarmLevel, ConnectionState, ElementState};
use ratatui::style::{Color, Modifier, Style};

use crate::run::told::Kind;

/// What is less important.
pub(super) const QUIET: Style = Style::new().add_modifier(Modifier::DIM);
/// What is more important.
pub(super) const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
/// What keys act on.
pub(super) const SELECTED: Style = Style::new().add_modifier(Modifier::REVERSED);

/// The colours of a view, or none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    is_coloured: bool,
}

impl Palette {
    pub(super) fn new(is_coloured: bool) -> Self {
        Self { is_coloured }
    }

    fn colour(self, colour: Color) -> Style {
        if self.is_coloured { Style::new().fg(colour) } else { Style::new() }
    }

    /// The colours that operators know alarms by.
    pub(super) fn alarm(self, level: AlarmLevel) -> Style {
        match level {
            AlarmLevel::Undefined => Style::new(),
            AlarmLevel::Normal => self.colour(Color::Green),
            AlarmLevel::Warning => self.colour(Color::Cyan),
            AlarmLevel::Minor => self.colour(Color::Yellow),
            AlarmLevel::Major => self.colour(Color::LightRed).add_modifier(Modifier::BOLD),
            AlarmLevel::Critical => self.colour(Color::Red).add_modifier(Modifier::BOLD | Modifier::REVERSED),
        }
    }

    pub(super) fn connection(self, state: ConnectionState) -> Style {
        match state {
            ConnectionState::Open => self.colour(Color::Green),
            ConnectionState::Connecting { .. } | ConnectionState::Closing => self.colour(Color::Yellow),
            _ => self.colour(Color::Red),
        }
    }

    /// How the last request of an HTTP connection ended.
    pub(super) fn request(self, is_good: Option<bool>) -> Style {
        match is_good {
            Some(true) => self.colour(Color::Green),
            Some(false) => self.colour(Color::Red),
            None => Style::new(),
        }
    }

    pub(super) fn element(self, state: ElementState) -> Style {
        match state {
            ElementState::Active => self.colour(Color::Green),
            ElementState::Timeout => self.colour(Color::Red),
            _ => self.colour(Color::Yellow),
        }
    }

    pub(super) fn line(self, kind: Kind) -> Style {
        match kind {
            Kind::Sent => self.colour(Color::Cyan),
            Kind::Received => self.colour(Color::Green),
            Kind::Unmatched | Kind::Warning | Kind::Pair => self.colour(Color::Yellow),
            Kind::Error => self.colour(Color::Red),
            _ => Style::new(),
        }
    }

    pub(super) fn notice(self, is_good: bool) -> Style {
        if is_good { self.colour(Color::Green) } else { self.colour(Color::Red).add_modifier(Modifier::BOLD) }
    }
}
