//! A screen of a [`View`].

use std::time::Duration;

use genlock::ConnectionState;
use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph};

use super::palette::{QUIET, SELECTED, STRONG};
use super::view::{Link, Mode, Pane, View};
use super::{help, messages, params};
use crate::run::told::element_word;

/// On lower screens only the pane that keys act on is shown.
const ROOM_FOR_ALL: u16 = 16;
/// How many lines connections have, beside the rest.
const LINKS: u16 = 4;
/// No screen fits into less.
const LEAST: (u16, u16) = (16, 4);

/// Draws all of it.
pub(super) fn draw(view: &View, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        frame.render_widget(Paragraph::new("too small"), area);
        return;
    }
    let [title, body, foot] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(0), Constraint::Length(1)]).areas(area);
    self::title(view, frame, title);
    if area.height < ROOM_FOR_ALL {
        one(view, frame, body);
    } else {
        let needed = u16::try_from(view.links.len() * lines_each(view)).unwrap_or(LINKS);
        let links = needed.clamp(1, LINKS) + 2;
        let [top, middle, bottom] =
            Layout::vertical([Constraint::Length(links), Constraint::Fill(3), Constraint::Fill(2)]).areas(body);
        connections(view, frame, top);
        params::draw(view, frame, middle);
        messages::draw(view, frame, bottom);
    }
    self::foot(view, frame, foot);
    match &view.mode {
        Mode::Browse => {}
        Mode::Edit(editor) => params::draw_editor(editor, frame, body),
        Mode::Ask(question) => params::draw_question(question, frame, body),
        Mode::Help => help::draw(frame, area),
    }
}

/// The pane that keys act on.
fn one(view: &View, frame: &mut Frame<'_>, area: Rect) {
    match view.pane {
        Pane::Connections => connections(view, frame, area),
        Pane::Params => params::draw(view, frame, area),
        Pane::Stream | Pane::Log => messages::draw(view, frame, area),
    }
}

/// The frame of a pane; the one that keys act on has a thick one.
pub(super) fn pane(title: Line<'_>, has_focus: bool) -> Block<'_> {
    let border = if has_focus { BorderType::Thick } else { BorderType::Plain };
    Block::bordered().border_type(border).title(title)
}

fn title(view: &View, frame: &mut Frame<'_>, area: Rect) {
    let palette = view.palette;
    let left = Line::from(vec![
        Span::styled(view.name.as_str(), STRONG),
        Span::raw("  "),
        Span::styled(view.connector.as_str(), QUIET),
    ]);
    let state = Span::styled(element_word(view.state), palette.element(view.state));
    let right = Line::from(vec![state, Span::raw("  "), Span::raw(clock(view.now))]);
    let width = u16::try_from(right.width()).unwrap_or(area.width).min(area.width);
    let [left_area, right_area] =
        Layout::horizontal([Constraint::Min(0), Constraint::Length(width)]).spacing(1).areas(area);
    frame.render_widget(left, left_area);
    frame.render_widget(Paragraph::new(right).alignment(Alignment::Right), right_area);
}

fn foot(view: &View, frame: &mut Frame<'_>, area: Rect) {
    if let Some(notice) = &view.notice {
        let mark = if notice.is_good { "✓ " } else { "✗ " };
        frame.render_widget(Line::styled(format!("{mark}{}", notice.text), view.palette.notice(notice.is_good)), area);
        return;
    }
    let keys = match (&view.mode, view.pane) {
        (Mode::Edit(_), _) => "Enter set  Esc leave  ↑↓ choose",
        (Mode::Ask(_), _) => "y yes  n no",
        (Mode::Help, _) => "any key: back",
        (Mode::Browse, Pane::Connections) => "Tab pane  ↑↓ choose  Enter reconnect  p pause  ? help  q quit",
        (Mode::Browse, Pane::Params) => "Tab pane  ↑↓ choose  ←→ page  Enter set  r reconnect  ? help  q quit",
        (Mode::Browse, Pane::Stream | Pane::Log) => "Tab pane  ↑↓ scroll  End newest  r reconnect  ? help  q quit",
    };
    frame.render_widget(Line::styled(keys, QUIET), area);
}

fn connections(view: &View, frame: &mut Frame<'_>, area: Rect) {
    let has_focus = view.pane == Pane::Connections;
    let block = pane(Line::raw(" Connections "), has_focus);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    if view.links.is_empty() {
        frame.render_widget(Line::styled("the connector has none", QUIET), inner);
    }
    let height = usize::from(inner.height);
    let lines_each = lines_each(view).min(height.max(1));
    let at_once = height / lines_each;
    let first = (view.link + 1).saturating_sub(at_once);
    let mut rows = inner.rows();
    for (position, link) in view.links.iter().enumerate().skip(first).take(at_once) {
        let is_selected = has_focus && position == view.link;
        let style = if is_selected { SELECTED } else { Style::new() };
        for (shown, row) in connection(view, link, lines_each > 1).into_iter().zip(rows.by_ref()) {
            frame.render_widget(shown.style(style), row);
        }
    }
}

/// Few connections have a line of their own for why they are not open.
fn lines_each(view: &View) -> usize {
    if view.links.len() * 2 <= usize::from(LINKS) { 2 } else { 1 }
}

/// Its state, since when, when the next attempt begins, and why.
fn connection<'v>(view: &'v View, link: &'v Link, on_two_lines: bool) -> Vec<Line<'v>> {
    let (state, style) = state(view, link);
    let mut parts = Line::from(vec![Span::raw(format!("{} {}  ", link.id, link.name)), Span::styled(state, style)]);
    let has_state = link.requests.is_none();
    if has_state && matches!(link.state, ConnectionState::Open) {
        parts.push_span(Span::styled(format!(" for {}", clock(view.now.saturating_sub(link.since))), QUIET));
    }
    if on_two_lines {
        parts.push_span(Span::styled(format!("  {}", link.address), QUIET));
        let reason = if has_state { link.reason.as_str() } else { "" };
        return vec![parts, Line::raw(format!("    {reason}"))];
    }
    if has_state && !link.reason.is_empty() {
        parts.push_span(Span::raw(format!(": {}", link.reason)));
    }
    vec![parts]
}

/// Its state in words, and in a colour.
fn state(view: &View, link: &Link) -> (String, Style) {
    if let Some(requests) = &link.requests {
        let outcome = if requests.outcome.is_empty() { "no answer yet" } else { &requests.outcome };
        return (outcome.to_owned(), view.palette.request(requests.is_good));
    }
    let text = match (link.state, link.next) {
        (ConnectionState::Backoff { .. }, Some(next)) => {
            format!("closed, next attempt in {:.1} s", next.saturating_sub(view.now).as_secs_f64())
        }
        (state, _) => state.to_string(),
    };
    (text, view.palette.connection(link.state))
}

/// A time since something, in whole seconds.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
