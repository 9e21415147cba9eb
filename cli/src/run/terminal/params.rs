//! The pane of parameters, and the entry of a value.

use genlock_codegen::pages::Form;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Cell, Clear, Paragraph, Row, Table, TableState, Wrap};

use super::draw::pane;
use super::editor::Editor;
use super::keys::Question;
use super::palette::{QUIET, SELECTED, STRONG};
use super::view::{Pane, View};
use crate::run::sheet::alarm_word;

/// Narrower panes leave out the ids.
const ROOM_FOR_IDS: u16 = 56;
/// How many choices are listed at once.
const CHOICES: u16 = 8;
/// The widest entry.
const ENTRY: u16 = 64;
/// How many lines a question has, with its frame.
const QUESTION: u16 = 6;

pub(super) fn draw(view: &View, frame: &mut Frame<'_>, area: Rect) {
    let has_focus = view.pane == Pane::Params;
    let rows = view.rows().iter().filter_map(|position| row(view, *position, area.width >= ROOM_FOR_IDS));
    let mut widths = vec![Constraint::Fill(2), Constraint::Fill(3), Constraint::Length(8), Constraint::Length(1)];
    if area.width >= ROOM_FOR_IDS {
        widths.insert(0, Constraint::Length(6));
    }
    let selected = has_focus.then_some(view.row);
    let table = Table::new(rows, widths).block(pane(tabs(view), has_focus)).row_highlight_style(SELECTED);
    frame.render_stateful_widget(table, area, &mut TableState::new().with_selected(selected));
}

/// The names of the pages, the one that is shown in brackets.
fn tabs(view: &View) -> Line<'_> {
    let mut line = Line::raw(" ");
    // Those before the one that is shown give way when there is no room.
    for (position, page) in view.sheet.pages.iter().enumerate().skip(view.page.saturating_sub(1)) {
        let is_shown = position == view.page;
        let name = if is_shown && view.sheet.pages.len() > 1 { format!("[{}]", page.name) } else { page.name.clone() };
        line.push_span(Span::styled(name, if is_shown { STRONG } else { QUIET }));
        line.push_span(Span::raw(" "));
    }
    line
}

fn row(view: &View, position: usize, with_id: bool) -> Option<Row<'_>> {
    let (field, shown) = (view.sheet.fields.get(position)?, view.params.get(position)?);
    let is_title = field.form == Form::Title;
    let value = match (field.form, field.only_choice()) {
        (Form::Title, _) => String::new(),
        (Form::PageButton, _) => "[ opens a page ]".to_owned(),
        (_, Some(only)) => format!("[ {} ]", only.text),
        _ => view.sheet.value(field.pid, shown.value.as_ref()),
    };
    let style = view.palette.alarm(shown.alarm);
    let mark = if field.setter.is_some() && !is_title { "*" } else { "" };
    let mut cells = vec![
        Cell::new(Span::styled(field.caption.as_str(), if is_title { STRONG } else { Style::new() })),
        Cell::new(value).style(style),
        Cell::new(Span::styled(alarm_word(shown.alarm), style)),
        Cell::new(mark),
    ];
    if with_id {
        cells.insert(0, Cell::new(Line::styled(field.pid.to_string(), QUIET).right_aligned()));
    }
    Some(Row::new(cells))
}

/// The entry of a value, over the rest.
pub(super) fn draw_editor(editor: &Editor, frame: &mut Frame<'_>, area: Rect) {
    let choices = u16::try_from(editor.choices.len()).unwrap_or(CHOICES).min(CHOICES);
    let hint = u16::try_from(editor.hints.len()).unwrap_or_default();
    let area = area.centered(Constraint::Max(ENTRY), Constraint::Max(3 + hint + choices));
    frame.render_widget(Clear, area);
    let block = pane(Line::raw(format!(" Set {} ({}) ", editor.caption, editor.pid)), true);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let heights = [Constraint::Length(1), Constraint::Length(hint), Constraint::Fill(1)];
    let [input, hint_area, list] = Layout::vertical(heights).areas(inner);
    let (text, cursor) = editor.seen();
    let cursor = u16::try_from(cursor).unwrap_or(u16::MAX);
    // The end of a long entry stays in view.
    let hidden = (cursor + 1).saturating_sub(input.width);
    frame.render_widget(Paragraph::new(text).scroll((0, hidden)), input);
    frame.set_cursor_position(Position::new(input.x + (cursor - hidden).min(input.width.saturating_sub(1)), input.y));
    for (hint, row) in editor.hints.iter().zip(hint_area.rows()) {
        frame.render_widget(Line::styled(hint.as_str(), QUIET), row);
    }
    let height = usize::from(list.height);
    let first = editor.chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(height));
    for ((position, choice), row) in editor.choices.iter().enumerate().skip(first).zip(list.rows()) {
        let is_chosen = editor.chosen == Some(position);
        let style = if is_chosen { SELECTED } else { QUIET };
        let mark = if is_chosen { "> " } else { "  " };
        frame.render_widget(Line::styled(format!("{mark}{}", choice.text), style), row);
    }
}

/// What the user is asked, over the rest.
pub(super) fn draw_question(question: &Question, frame: &mut Frame<'_>, area: Rect) {
    let area = area.centered(Constraint::Max(ENTRY), Constraint::Max(QUESTION));
    frame.render_widget(Clear, area);
    let text = Paragraph::new(question.text.as_str()).wrap(Wrap { trim: true });
    frame.render_widget(text.block(pane(Line::raw(" Sure? "), true)), area);
}
