//! What the keys are.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Wrap};

use super::draw::pane;

const KEYS: &str = "\
Tab, Shift-Tab   next pane, the one before
↑ ↓ PgUp PgDn    choose, or scroll
Home End         first or last; newest line
← →              page of parameters
Enter            set the parameter (*), press the
                 button, reconnect the connection
r                reconnect
p                pause, and go on
q, Ctrl-C        quit
In an entry: ↑ ↓ take a choice, Enter sets, Esc leaves.
Alarms are told by a word and a colour.
With --format text or json there is no view.";

const WIDTH: u16 = 60;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect) {
    let height = u16::try_from(KEYS.lines().count()).unwrap_or(u16::MAX).saturating_add(2);
    let area = area.centered(Constraint::Max(WIDTH), Constraint::Max(height));
    frame.render_widget(Clear, area);
    let text = Paragraph::new(KEYS).wrap(Wrap { trim: false });
    frame.render_widget(text.block(pane(Line::raw(" Keys "), true)), area);
}
