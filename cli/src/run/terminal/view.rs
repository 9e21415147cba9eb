//! [`View`]: what is known of the element, and what the user looks at.

use std::time::Duration;

use genlock::{
    AlarmLevel, ConnectionState, Connector, ElementState, Event, RequestOutcome, Snapshot, StreamEntry, Value,
};
use genlock_spec::ConnectionKind;

use super::editor::Editor;
use super::journal::Journal;
use super::keys::{Command, Question};
use super::palette::Palette;
use crate::run::sheet::{Field, Sheet};
use crate::run::told::{self, Kind, Told};
use crate::run::visible::visible;

/// Everything that a screen is made of.
pub(crate) struct View {
    /// The element's name.
    pub(super) name: String,
    /// The connector's name and version.
    pub(super) connector: String,
    pub(super) palette: Palette,
    pub(super) state: ElementState,
    pub(super) links: Vec<Link>,
    pub(super) sheet: Sheet,
    /// One for each field of the sheet.
    pub(super) params: Vec<Shown>,
    pub(super) stream: Journal,
    pub(super) log: Journal,
    pub(super) pane: Pane,
    /// The selected connection.
    pub(super) link: usize,
    pub(super) page: usize,
    /// The selected row of the page.
    pub(super) row: usize,
    pub(super) mode: Mode,
    /// How the last command ended.
    pub(super) notice: Option<Notice>,
    /// The time since the start.
    pub(super) now: Duration,
}

/// A connection.
pub(super) struct Link {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) state: ConnectionState,
    pub(super) reason: String,
    pub(super) address: String,
    /// When it came into its state.
    pub(super) since: Duration,
    /// When the next attempt begins.
    pub(super) next: Option<Duration>,
    /// Of an HTTP connection, which is neither open nor closed, how its requests fare.
    pub(super) requests: Option<Requests>,
}

/// The last request of a connection.
#[derive(Debug, Default)]
pub(super) struct Requests {
    /// Its session and its id.
    sent: Option<(u32, u32)>,
    /// Whether it was answered; nothing before any was.
    pub(super) is_good: Option<bool>,
    pub(super) outcome: String,
}

/// What is known of a parameter.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) value: Option<Value>,
    pub(super) alarm: AlarmLevel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pane {
    Connections,
    Params,
    Stream,
    Log,
}

/// What keys mean.
#[derive(Debug)]
pub(super) enum Mode {
    Browse,
    Edit(Box<Editor>),
    /// Whether the user is sure.
    Ask(Question),
    Help,
}

/// A sentence below all.
#[derive(Debug)]
pub(super) struct Notice {
    pub(super) is_good: bool,
    pub(super) text: String,
}

impl View {
    pub(crate) fn new(name: &str, connector: Connector, sheet: Sheet, is_coloured: bool) -> Self {
        let spec = connector.spec();
        let links = spec.connections.iter().map(|row| Link {
            id: row.id,
            name: visible(spec.text(row.name)).into_owned(),
            state: ConnectionState::Idle,
            reason: String::new(),
            address: String::new(),
            since: Duration::ZERO,
            next: None,
            requests: (row.kind == ConnectionKind::Http).then(Requests::default),
        });
        let page = sheet.first_page();
        let params = vec![Shown { value: None, alarm: AlarmLevel::Undefined }; sheet.fields.len()];
        Self {
            name: visible(name).into_owned(),
            connector: visible(&format!("{} {}", connector.name(), connector.version())).into_owned(),
            palette: Palette::new(is_coloured),
            state: ElementState::Active,
            links: links.collect(),
            sheet,
            params,
            stream: Journal::default(),
            log: Journal::default(),
            pane: Pane::Params,
            link: 0,
            page,
            row: 0,
            mode: Mode::Browse,
            notice: None,
            now: Duration::ZERO,
        }
    }

    /// Says where the element's page is, if there is one.
    pub(crate) fn page_is(&mut self, told: Option<String>) {
        self.notice = told.map(|text| Notice { is_good: true, text });
    }

    /// Takes over how the element is.
    pub(crate) fn is_now(&mut self, at: Duration, snapshot: Snapshot) {
        self.state = snapshot.state;
        for connection in snapshot.connections {
            let reason = match connection.state {
                ConnectionState::Open => String::new(),
                _ => connection.reason.to_string(),
            };
            self.connection_is(at, connection.id, connection.state, &reason);
        }
        for param in snapshot.params {
            if let Some(shown) = self.param(param.pid) {
                *shown = Shown { value: param.value, alarm: param.alarm };
            }
        }
    }

    /// Something happened in the element.
    pub(crate) fn happened(&mut self, at: Duration, event: &Event) {
        match event {
            Event::Element { state } => self.state = *state,
            Event::Connection { id, state, reason } => self.connection_is(at, *id, *state, reason),
            Event::Connect { id, url } => {
                if let Some(link) = self.links.iter_mut().find(|link| link.id == *id) {
                    link.address = visible(url).into_owned();
                }
            }
            Event::Request { .. } | Event::Answer { .. } => {
                self.requested(event);
                // HTTP has no lines of its own in the stream log.
                self.stream.extend(at, told::of_event(&self.sheet, event));
                return;
            }
            Event::Param { pid, value, .. } => {
                if let Some(shown) = self.param(*pid) {
                    shown.value.clone_from(value);
                }
                return;
            }
            Event::Alarm { pid, level } => {
                if let Some(shown) = self.param(*pid) {
                    shown.alarm = *level;
                }
            }
            _ => {}
        }
        self.log.extend(at, told::of_event(&self.sheet, event));
    }

    /// A request is sent, or has an outcome.
    fn requested(&mut self, event: &Event) {
        match event {
            Event::Request { session, request, connection, url, .. } => {
                let Some(link) = self.links.iter_mut().find(|link| link.id == *connection) else { return };
                link.address = visible(url).into_owned();
                link.requests.get_or_insert_default().sent = Some((*session, *request));
            }
            Event::Answer { session, request, outcome } => {
                let all = self.links.iter_mut().filter_map(|link| link.requests.as_mut());
                for requests in all.filter(|requests| requests.sent == Some((*session, *request))) {
                    requests.is_good = Some(matches!(outcome, RequestOutcome::Answered { .. }));
                    requests.outcome = visible(&told::outcome_text(outcome)).into_owned();
                }
            }
            _ => {}
        }
    }

    /// A line of the stream log.
    pub(crate) fn streamed(&mut self, at: Duration, entry: &StreamEntry) {
        self.stream.push(at, told::of_stream(&self.sheet, entry));
    }

    pub(crate) fn missed(&mut self, at: Duration, count: u64) {
        self.log.push(at, told::missed(count, "events"));
    }

    pub(crate) fn missed_messages(&mut self, at: Duration, count: u64) {
        self.stream.push(at, told::missed(count, "messages"));
    }

    /// How a command ended, which stays in the log, too.
    pub(super) fn answered(&mut self, command: &Command, result: Result<(), String>) {
        let what = match command {
            Command::Enter { pid, .. } => format!("{} set", self.sheet.label(*pid)),
            Command::Press { pid } => format!("{} pressed", self.sheet.label(*pid)),
            Command::Reconnect { id } => format!("connection {id}: reconnect asked for"),
            Command::Pause => "paused".to_owned(),
            Command::Resume => "resumed".to_owned(),
            Command::Quit => return,
        };
        let (is_good, text) = match result {
            Ok(()) => (true, what),
            Err(error) => (false, visible(&error).into_owned()),
        };
        let kind = if is_good { Kind::Note } else { Kind::Error };
        self.log.push(self.now, Told { kind, text: text.clone() });
        self.notice = Some(Notice { is_good, text });
    }

    /// The fields of the page that is shown.
    pub(super) fn rows(&self) -> &[usize] {
        self.sheet.pages.get(self.page).map_or(&[], |page| &page.fields)
    }

    /// The selected field.
    pub(super) fn selected(&self) -> Option<&Field> {
        self.rows().get(self.row).and_then(|position| self.sheet.fields.get(*position))
    }

    /// What a parameter shows.
    pub(super) fn text_of(&self, pid: u32) -> String {
        let shown = self.sheet.position(pid).and_then(|position| self.params.get(position));
        self.sheet.value(pid, shown.and_then(|shown| shown.value.as_ref()))
    }

    fn connection_is(&mut self, at: Duration, id: u32, state: ConnectionState, reason: &str) {
        let Some(link) = self.links.iter_mut().find(|link| link.id == id) else { return };
        link.next = match state {
            ConnectionState::Backoff { delay, .. } => at.checked_add(delay),
            _ => None,
        };
        // While the next attempt runs, why the last one failed is still of interest.
        if !reason.is_empty() || state == ConnectionState::Open {
            link.reason = visible(reason).into_owned();
        }
        (link.state, link.since) = (state, at);
    }

    fn param(&mut self, pid: u32) -> Option<&mut Shown> {
        let position = self.sheet.position(pid)?;
        self.params.get_mut(position)
    }
}
