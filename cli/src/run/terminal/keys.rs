//! What keys do.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use genlock::ElementState;
use genlock_codegen::pages::Form;
use tui_input::InputRequest;

use super::editor::Editor;
use super::view::{Mode, Notice, Pane, View};
use crate::run::sheet::Choice;

/// How far a page key goes.
const PAGE: usize = 10;

/// What the element, or the whole run, is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Quit,
    /// Set a parameter to what a text means.
    Enter {
        pid: u32,
        text: String,
    },
    Press {
        pid: u32,
    },
    Reconnect {
        id: u32,
    },
    Pause,
    Resume,
}

/// What is asked before a command is carried out (PARAM-148).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) text: String,
    pub(super) command: Command,
}

/// Changes the view as a key asks for. Answers what is to be done beyond.
pub(super) fn pressed(view: &mut View, event: &Event) -> Option<Command> {
    let Event::Key(key) = event else { return None }; // a new size: the view is drawn anew in any case
    if key.kind == KeyEventKind::Release {
        return None;
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
        return Some(Command::Quit); // in this state of the terminal, it is a key and no signal
    }
    match &mut view.mode {
        Mode::Help => {
            view.mode = Mode::Browse;
            None
        }
        Mode::Edit(editor) => {
            let entered = edited(editor, *key)?;
            view.mode = Mode::Browse;
            ask(view, entered?)
        }
        Mode::Ask(question) => {
            let command = question.command.clone();
            view.mode = Mode::Browse;
            matches!(key.code, KeyCode::Char('y' | 'Y') | KeyCode::Enter).then_some(command)
        }
        Mode::Browse => {
            view.notice = None;
            browsed(view, *key)
        }
    }
}

/// `None`: the entry goes on; without a question it was given up.
#[expect(clippy::option_option, reason = "whether it is over, and what comes of it, are two questions")]
fn edited(editor: &mut Editor, key: KeyEvent) -> Option<Option<Question>> {
    let request = match key.code {
        KeyCode::Esc => return Some(None),
        KeyCode::Enter => {
            let command = Command::Enter { pid: editor.pid, text: editor.entered() };
            return Some(Some(Question { text: editor.question().to_owned(), command }));
        }
        KeyCode::Down | KeyCode::Up | KeyCode::Tab | KeyCode::BackTab => {
            editor.choose(matches!(key.code, KeyCode::Down | KeyCode::Tab));
            return None;
        }
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        KeyCode::Char('u') if key.modifiers.contains(KeyModifiers::CONTROL) => InputRequest::DeleteLine,
        KeyCode::Char('w') if key.modifiers.contains(KeyModifiers::CONTROL) => InputRequest::DeletePrevWord,
        KeyCode::Char(_) if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => return None,
        KeyCode::Char(letter) => InputRequest::InsertChar(letter),
        _ => return None,
    };
    editor.handle(request);
    None
}

fn browsed(view: &mut View, key: KeyEvent) -> Option<Command> {
    match key.code {
        KeyCode::Char('q') => return Some(Command::Quit),
        KeyCode::Char('?' | 'h') | KeyCode::F(1) => view.mode = Mode::Help,
        KeyCode::Tab => view.pane = next_pane(view.pane),
        KeyCode::BackTab => view.pane = next_pane(next_pane(next_pane(view.pane))),
        KeyCode::Left => turn(view, false),
        KeyCode::Right => turn(view, true),
        KeyCode::Up | KeyCode::Char('k') => go(view, false, 1),
        KeyCode::Down | KeyCode::Char('j') => go(view, true, 1),
        KeyCode::PageUp => go(view, false, PAGE),
        KeyCode::PageDown => go(view, true, PAGE),
        KeyCode::Home => go(view, false, usize::MAX),
        KeyCode::End => go(view, true, usize::MAX),
        KeyCode::Char('r') => return view.links.get(view.link).map(|link| Command::Reconnect { id: link.id }),
        KeyCode::Char('p') if view.state == ElementState::Paused => return Some(Command::Resume),
        KeyCode::Char('p') => return Some(Command::Pause),
        KeyCode::Enter => match view.pane {
            Pane::Connections => return view.links.get(view.link).map(|link| Command::Reconnect { id: link.id }),
            Pane::Params => return set(view),
            Pane::Stream | Pane::Log => {}
        },
        _ => {}
    }
    None
}

fn next_pane(pane: Pane) -> Pane {
    match pane {
        Pane::Connections => Pane::Params,
        Pane::Params => Pane::Stream,
        Pane::Stream => Pane::Log,
        Pane::Log => Pane::Connections,
    }
}

/// The page before, or the next one.
fn turn(view: &mut View, forward: bool) {
    let last = view.sheet.pages.len().saturating_sub(1);
    let page = moved(view.page, forward, 1, last);
    if page != view.page {
        (view.page, view.row) = (page, 0);
    }
    view.pane = Pane::Params;
}

fn go(view: &mut View, forward: bool, steps: usize) {
    match view.pane {
        Pane::Connections => view.link = moved(view.link, forward, steps, view.links.len().saturating_sub(1)),
        Pane::Params => view.row = moved(view.row, forward, steps, view.rows().len().saturating_sub(1)),
        Pane::Stream if forward => view.stream.go_on(steps),
        Pane::Stream => view.stream.go_back(steps),
        Pane::Log if forward => view.log.go_on(steps),
        Pane::Log => view.log.go_back(steps),
    }
}

fn moved(position: usize, forward: bool, steps: usize, last: usize) -> usize {
    if forward { position.saturating_add(steps).min(last) } else { position.saturating_sub(steps) }
}

/// The command, once the user is sure of it where there is something to ask.
fn ask(view: &mut View, question: Question) -> Option<Command> {
    if question.text.is_empty() {
        return Some(question.command);
    }
    view.mode = Mode::Ask(question);
    None
}

/// Begins to set the selected parameter, presses it, or opens the page that it names.
fn set(view: &mut View) -> Option<Command> {
    let field = view.selected()?;
    let pid = field.pid;
    if field.form == Form::PageButton {
        open_page(view);
        return None;
    }
    let setter = field.setter.and_then(|setter| view.sheet.position(setter));
    let Some(setter) = setter.and_then(|setter| view.sheet.fields.get(setter)) else {
        let text = format!("{} is only read; the device sets it", field.caption);
        view.notice = Some(Notice { is_good: false, text });
        return None;
    };
    let now = view.text_of(pid);
    let of_choice = |choice: &Choice, command: Command| {
        let own = if choice.question.is_empty() { &setter.question } else { &choice.question };
        Question { text: own.clone(), command }
    };
    let question = match (setter.only_choice(), setter.other_choice(&now)) {
        (Some(only), _) => of_choice(only, Command::Press { pid: setter.pid }),
        (_, Some(other)) => of_choice(other, Command::Enter { pid: setter.pid, text: other.text.clone() }),
        _ => {
            let decides = setter.depends_on.map(|decides| view.text_of(decides));
            view.mode = Mode::Edit(Box::new(Editor::new(setter, &now, decides.as_deref())));
            return None;
        }
    };
    ask(view, question)
}

/// Its discreet is the name of the page (PARAM-146).
fn open_page(view: &mut View) {
    let Some(name) = view.selected().map(|field| view.sheet.opened_by(field)) else { return };
    if let Some(page) = view.sheet.pages.iter().position(|page| name == Some(page.name.as_str())) {
        (view.page, view.row) = (page, 0);
    }
}
