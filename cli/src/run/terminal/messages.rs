//! The panes of the stream log and of the element's log, in one place.

use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::draw::pane;
use super::palette::{QUIET, STRONG};
use super::view::{Pane, View};
use crate::run::told::{Kind, Told};

/// The one that keys act on; when neither, the stream log, once there is something in it.
pub(super) fn draw(view: &View, frame: &mut Frame<'_>, area: Rect) {
    let is_log = view.pane == Pane::Log || view.pane != Pane::Stream && view.stream.is_empty();
    let has_focus = matches!(view.pane, Pane::Stream | Pane::Log);
    let journal = if is_log { &view.log } else { &view.stream };
    let name = |text: &'static str, is_shown: bool| Span::styled(text, if is_shown { STRONG } else { QUIET });
    let (messages, log) = if is_log { (" Messages ", "[Log] ") } else { (" [Messages] ", "Log ") };
    let mut title = Line::from(vec![name(messages, !is_log), name(log, is_log)]);
    if journal.back() > 0 {
        title.push_span(Span::raw(format!("{} newer below ", journal.back())));
    }
    let block = pane(title, has_focus);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    for ((at, told), row) in journal.shown(usize::from(inner.height)).zip(inner.rows()) {
        frame.render_widget(line(view, *at, told), row);
    }
}

fn line<'v>(view: &View, at: Duration, told: &'v Told) -> Line<'v> {
    let mark = match told.kind {
        Kind::Sent => "→".to_owned(),
        Kind::Received => "←".to_owned(),
        kind => kind.word().to_owned(),
    };
    Line::from(vec![
        Span::styled(format!("{:>9.3} ", at.as_secs_f64()), QUIET),
        Span::styled(format!("{mark} "), view.palette.line(told.kind)),
        Span::raw(told.text.as_str()),
    ])
}
