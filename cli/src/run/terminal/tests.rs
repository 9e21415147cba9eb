//! Screens, as files to look at, and what keys do. `GENLOCK_BLESS=1` writes the files anew.

use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use genlock::{AlarmLevel, ConnectionState, Connector, Event, LogLevel, RequestOutcome, StreamEntry, Value};
use genlock_codegen::{Options, SourceSet, compile};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::draw::draw;
use super::keys::{Command, pressed};
use super::view::{Mode, Pane, View};
use crate::run::sheet::Sheet;

const SCREENS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens");

type Failure = Box<dyn std::error::Error>;

/// A mixer that has just started.
fn mixer() -> Result<View, Failure> {
    of(&fs::read_to_string(Path::new(SCREENS).join("mixer.xml"))?)
}

/// An element of this connector.
fn of(xml: &str) -> Result<View, Failure> {
    let output = compile(&SourceSet::new("mixer.xml", xml), &Options::default());
    let faults: Vec<String> = output.errors().map(|fault| fault.message.clone()).collect();
    let connector = Connector::new(output.spec.ok_or(faults.join("; "))?);
    Ok(View::new("mixer 1", connector, Sheet::new(connector.spec(), &output.pages), true))
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn param(pid: u32, value: Value) -> Event {
    Event::Param { pid, value: Some(value), change: true }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// A mixer that answers.
fn open_mixer() -> Result<View, Failure> {
    let mut view = mixer()?;
    let reason = String::new;
    let note = "not run, for want of a script engine: QAction 1 (On Level)".to_owned();
    for (at, event) in [
        (0, Event::Log { level: LogLevel::Warning, text: note }),
        (0, Event::Connect { id: 1, url: "ws://10.0.0.7:8050/mixer".to_owned() }),
        (0, Event::Connection { id: 1, state: ConnectionState::Connecting { attempt: 1 }, reason: reason() }),
        (1, Event::Connection { id: 1, state: ConnectionState::Open, reason: reason() }),
        (1, param(1, Value::Number(10.0))),
        (1, param(4, Value::Number(-6.5))),
        (2, Event::Alarm { pid: 4, level: AlarmLevel::Normal }),
        (3, param(5, Value::Number(81.0))),
        (3, Event::Alarm { pid: 5, level: AlarmLevel::Critical }),
        (3, Event::Param { pid: 2, value: None, change: true }),
        (4, param(6, text("line 1\r\nline 2 \u{1b}[31mred"))),
    ] {
        view.happened(seconds(at), &event);
    }
    for (at, entry) in [
        (1, StreamEntry::Sent { connection: 1, message: Some(text("{\"get\":\"level\"}")) }),
        (1, StreamEntry::Received { connection: 1, message: Some(text("{\"level\":-6.5}")) }),
        (1, StreamEntry::Matched { response: 1 }),
        (2, StreamEntry::Sent { connection: 1, message: None }),
        (3, StreamEntry::Received { connection: 1, message: Some(text("\u{1b}]0;owned\u{7}")) }),
        (3, StreamEntry::Unmatched { connection: 1, candidates: Vec::new() }),
    ] {
        view.streamed(seconds(at), &entry);
    }
    view.now = seconds(64);
    Ok(view)
}

fn screen(view: &View, width: u16, height: u16) -> Result<Buffer, Failure> {
    let mut terminal = Terminal::new(TestBackend::new(width, height))?;
    terminal.draw(|frame| draw(view, frame))?;
    Ok(terminal.backend().buffer().clone())
}

fn lines(buffer: &Buffer) -> String {
    let rows = buffer.area.rows().map(|row| {
        let cells = row.columns().filter_map(|cell| buffer.cell(cell.as_position()));
        let cells: String = cells.map(Cell::symbol).collect();
        format!("{}\n", cells.trim_end())
    });
    rows.collect()
}

/// Compares a screen with its file.
fn looks_like(name: &str, view: &View, width: u16, height: u16) -> Result<(), Failure> {
    let path = Path::new(SCREENS).join(format!("{name}.txt"));
    let shown = lines(&screen(view, width, height)?);
    if env::var_os("GENLOCK_BLESS").is_some() {
        return Ok(fs::write(path, shown)?);
    }
    let wanted = fs::read_to_string(&path)?.replace("\r\n", "\n");
    assert!(shown == wanted, "{name} looks different; GENLOCK_BLESS=1 writes it anew:\n{shown}");
    Ok(())
}

fn press(view: &mut View, code: KeyCode) -> Option<Command> {
    pressed(view, &Input::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

fn enter(view: &mut View, letters: &str) {
    letters.chars().for_each(|letter| assert_eq!(press(view, KeyCode::Char(letter)), None));
}

/// Selects the parameter with this id, on the page that has all.
fn select(view: &mut View, pid: u32) {
    view.page = view.sheet.pages.len() - 1;
    press(view, KeyCode::Home);
    while view.selected().is_some_and(|field| field.pid != pid) {
        let before = view.row;
        press(view, KeyCode::Down);
        assert_ne!(view.row, before, "parameter {pid} is shown");
    }
}

#[test]
fn an_open_connection_with_alarms_and_messages() -> Result<(), Failure> {
    looks_like("open", &open_mixer()?, 80, 24)
}

#[test]
fn a_lost_connection_says_why_and_counts_down() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    let state = ConnectionState::Backoff { failures: 2, delay: Duration::from_millis(2600) };
    let reason = "cannot connect to 10.0.0.7:8050: Connection refused (os error 111)".to_owned();
    view.happened(seconds(64), &Event::Connection { id: 1, state, reason });
    view.now = Duration::from_millis(65_100);
    view.pane = Pane::Log;
    looks_like("lost", &view, 80, 24)
}

#[test]
fn an_http_connection_shows_how_its_last_request_ended() -> Result<(), Failure> {
    let xml = fs::read_to_string(Path::new(SCREENS).join("mixer.xml"))?.replace("<WebSocket>true</WebSocket>", "");
    let mut view = of(&xml)?;
    assert!(lines(&screen(&view, 80, 24)?).contains("1 Control  no answer yet"));
    let (verb, url) = ("GET".to_owned(), "http://10.0.0.7/level".to_owned());
    view.happened(seconds(1), &Event::Request { session: 3, request: 1, connection: 1, verb, url });
    let outcome = RequestOutcome::Answered { status: 200 };
    view.happened(seconds(2), &Event::Answer { session: 3, request: 1, outcome });
    let shown = lines(&screen(&view, 80, 24)?);
    for wanted in
        ["1 Control  answered with 200  http://10.0.0.7/level", "→ 1: GET http", "← session 3, request 1: answered"]
    {
        assert!(shown.contains(wanted), "{shown}");
    }
    Ok(())
}

#[test]
fn a_choice_a_number_and_a_password_are_entered() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    select(&mut view, 1);
    assert_eq!(press(&mut view, KeyCode::Enter), None);
    press(&mut view, KeyCode::Down);
    looks_like("choice", &view, 80, 24)?;
    assert_eq!(press(&mut view, KeyCode::Enter), Some(Command::Enter { pid: 1, text: "Camera 2".to_owned() }));

    select(&mut view, 3);
    press(&mut view, KeyCode::Enter);
    enter(&mut view, "-12");
    looks_like("number", &view, 80, 24)?;
    press(&mut view, KeyCode::Backspace);
    assert_eq!(press(&mut view, KeyCode::Enter), Some(Command::Enter { pid: 3, text: "-1".to_owned() }));

    select(&mut view, 2);
    press(&mut view, KeyCode::Enter);
    enter(&mut view, "hunter2");
    looks_like("password", &view, 80, 24)?;
    assert!(!lines(&screen(&view, 80, 24)?).contains("hunter2"));
    assert_eq!(press(&mut view, KeyCode::Enter), Some(Command::Enter { pid: 2, text: "hunter2".to_owned() }));
    assert!(matches!(view.mode, Mode::Browse));
    Ok(())
}

#[test]
fn the_answer_of_the_engine_is_shown_and_kept() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    let command = Command::Enter { pid: 3, text: "40".to_owned() };
    let refusal = "parameter 3 can't take this value: 40 is out of its range; enter at most 10";
    view.answered(&command, Err(refusal.to_owned()));
    looks_like("refused", &view, 80, 24)?;
    assert_eq!(press(&mut view, KeyCode::Down), None);
    assert!(view.notice.is_none(), "the next key takes it away");
    view.answered(&Command::Press { pid: 7 }, Ok(()));
    view.pane = Pane::Log;
    let shown = lines(&screen(&view, 80, 24)?);
    assert!(shown.contains("Reset (7) pressed") && shown.contains("error parameter 3"), "{shown}");
    Ok(())
}

#[test]
fn buttons_are_pressed_and_what_is_only_read_is_not_set() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    select(&mut view, 11);
    assert_eq!(press(&mut view, KeyCode::Enter), Some(Command::Press { pid: 11 }));
    select(&mut view, 5);
    assert_eq!(press(&mut view, KeyCode::Enter), None);
    assert!(view.notice.as_ref().is_some_and(|notice| notice.text.contains("only read")));
    Ok(())
}

#[test]
fn pages_are_those_of_the_file_and_one_with_all() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    let names: Vec<&str> = view.sheet.pages.iter().map(|page| page.name.as_str()).collect();
    assert_eq!(names, ["General", "Audio", "All"]);
    press(&mut view, KeyCode::Right);
    looks_like("audio", &view, 80, 24)?;
    // The limit is set through the level that shows it.
    assert_eq!(view.rows().len(), 3);
    press(&mut view, KeyCode::End);
    press(&mut view, KeyCode::Enter);
    assert_eq!(view.sheet.pages[view.page].name, "General", "a page button opens its page");
    Ok(())
}

#[test]
fn a_dangerous_set_is_asked_about() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    select(&mut view, 7);
    assert_eq!(press(&mut view, KeyCode::Enter), None);
    looks_like("question", &view, 80, 24)?;
    assert_eq!(press(&mut view, KeyCode::Char('n')), None);
    press(&mut view, KeyCode::Enter);
    assert_eq!(press(&mut view, KeyCode::Char('y')), Some(Command::Press { pid: 7 }));
    Ok(())
}

#[test]
fn a_toggle_button_sets_the_other_text() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    view.happened(seconds(5), &param(9, Value::Number(1.0)));
    select(&mut view, 9);
    assert_eq!(press(&mut view, KeyCode::Enter), Some(Command::Enter { pid: 10, text: "Off".to_owned() }));
    Ok(())
}

#[test]
fn keys_reach_every_pane_and_command() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    for pane in [Pane::Stream, Pane::Log, Pane::Connections, Pane::Params] {
        press(&mut view, KeyCode::Tab);
        assert_eq!(view.pane, pane);
    }
    press(&mut view, KeyCode::BackTab);
    assert_eq!(view.pane, Pane::Connections);
    assert_eq!(press(&mut view, KeyCode::Enter), Some(Command::Reconnect { id: 1 }));
    assert_eq!(press(&mut view, KeyCode::Char('r')), Some(Command::Reconnect { id: 1 }));
    assert_eq!(press(&mut view, KeyCode::Char('p')), Some(Command::Pause));
    view.happened(seconds(70), &Event::Element { state: genlock::ElementState::Paused });
    assert_eq!(press(&mut view, KeyCode::Char('p')), Some(Command::Resume));
    press(&mut view, KeyCode::Char('?'));
    looks_like("help", &view, 80, 24)?;
    assert_eq!(press(&mut view, KeyCode::Char('q')), None, "it only closes the help");
    assert_eq!(press(&mut view, KeyCode::Char('q')), Some(Command::Quit));
    let interrupt = Input::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    assert_eq!(pressed(&mut view, &interrupt), Some(Command::Quit));
    Ok(())
}

#[test]
fn a_low_screen_shows_the_pane_that_keys_act_on() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    looks_like("low", &view, 40, 10)?;
    press(&mut view, KeyCode::Tab);
    looks_like("low-messages", &view, 40, 10)
}

#[test]
fn no_size_of_screen_breaks_the_view() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    select(&mut view, 7);
    let modes: [fn(&mut View); 4] = [
        |_| {},
        |view| view.mode = Mode::Help,
        |view| {
            view.mode = Mode::Browse;
            select(view, 1);
            press(view, KeyCode::Enter);
        },
        |view| {
            view.mode = Mode::Browse;
            view.pane = Pane::Connections;
        },
    ];
    for mode in modes {
        mode(&mut view);
        for width in [1, 15, 16, 25, 56, 200] {
            for height in [1, 3, 4, 6, 15, 16, 60] {
                screen(&view, width, height)?;
            }
        }
    }
    Ok(())
}

#[test]
fn alarms_have_colours_unless_colours_are_off() -> Result<(), Failure> {
    let mut view = open_mixer()?;
    let level = |view: &View| -> Result<_, Failure> {
        let buffer = screen(view, 80, 24)?;
        let cells = buffer.area.positions().filter_map(|position| Some((position, buffer.cell(position)?)));
        let row = lines(&buffer).lines().position(|line| line.contains("critical")).ok_or("no critical alarm")?;
        let mut cells = cells.filter(|(position, _)| usize::from(position.y) == row);
        cells
            .find(|(_, cell)| cell.modifier.contains(Modifier::REVERSED))
            .map(|(_, cell)| cell.fg)
            .ok_or("not marked".into())
    };
    assert_eq!(level(&view)?, Color::Red);
    view.palette = super::palette::Palette::new(false);
    assert_eq!(level(&view)?, Color::Reset);
    Ok(())
}

#[test]
fn nothing_of_a_device_reaches_the_terminal_as_a_command() -> Result<(), Failure> {
    let buffer = screen(&open_mixer()?, 120, 40)?;
    assert!(buffer.content.iter().all(|cell| !cell.symbol().chars().any(char::is_control)));
    assert!(lines(&buffer).contains("␛]0;owned"));
    Ok(())
}
