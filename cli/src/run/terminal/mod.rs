//! The view of a run on a terminal.
//!
//! `view` is what is known of the element, `keys` turns keys into changes of it and into commands, `draw` makes a screen
//! of it: none of them knows a terminal. Only this file does.

mod draw;
mod editor;
mod help;
mod journal;
mod keys;
mod messages;
mod palette;
mod params;
mod view;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{Event as Key, EventStream};
use futures_util::StreamExt as _;
use genlock::{AnyElement, Event, Events, EventsError, StreamEntry};
use ratatui::DefaultTerminal;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

use self::keys::Command;
pub(super) use self::view::View;

/// How often the screen is drawn at most, but for keys, which are answered at once.
const FRAME: Duration = Duration::from_millis(50);
/// How often it is drawn at least: waits are counted down on it.
const IDLE_FRAMES: u32 = 5;
/// How many commands may be under way.
const ANSWERS: usize = 16;

/// The terminal in the state that the view needs; dropped, it is as it was before. A panic restores it first, so that its
/// message can be read.
struct Screen(DefaultTerminal);

impl Screen {
    fn take() -> io::Result<Self> {
        ratatui::try_init().map(Self)
    }

    fn draw(&mut self, view: &View) -> io::Result<()> {
        self.0.draw(|frame| draw::draw(view, frame)).map(|_| ())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        ratatui::restore();
    }
}

/// How a command that was given to the element ended.
struct Answer {
    command: Command,
    result: Result<(), String>,
}

/// What comes next.
enum Next {
    Key(Option<io::Result<Key>>),
    Event(Result<Event, EventsError>),
    Stream(Result<StreamEntry, EventsError>),
    Answer(Option<Answer>),
    Frame,
    End(io::Result<()>),
}

/// Shows the element until the user or `ends` ends it.
pub(super) async fn show(
    mut view: View,
    element: AnyElement,
    mut events: Events,
    mut stream: Events<StreamEntry>,
    began: Instant,
    ends: impl Future<Output = io::Result<()>>,
) -> io::Result<()> {
    let mut screen = Screen::take()?;
    let mut ends = std::pin::pin!(ends);
    let mut keys = EventStream::new();
    let (answer, mut answers) = mpsc::channel(ANSWERS);
    let mut frames = interval(FRAME);
    frames.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut is_stale, mut idle, mut streams) = (true, 0, true);
    if let Ok(snapshot) = element.snapshot().await {
        view.is_now(began.elapsed(), snapshot);
    }
    loop {
        let next = tokio::select! {
            biased;
            end = &mut ends => Next::End(end),
            key = keys.next() => Next::Key(key),
            answer = answers.recv() => Next::Answer(answer),
            _ = frames.tick() => Next::Frame,
            event = events.next() => Next::Event(event),
            entry = stream.next(), if streams => Next::Stream(entry),
        };
        view.now = began.elapsed();
        is_stale |= !matches!(next, Next::Frame);
        match next {
            Next::End(end) => return end,
            Next::Key(Some(Ok(key))) => {
                match keys::pressed(&mut view, &key) {
                    Some(Command::Quit) => return Ok(()),
                    Some(command) => carry_out(command, element.clone(), answer.clone()),
                    None => {}
                }
                screen.draw(&view)?;
                (is_stale, idle) = (false, 0);
            }
            Next::Key(Some(Err(error))) => return Err(error),
            Next::Answer(Some(Answer { command, result })) => view.answered(&command, result),
            Next::Answer(None) => {}
            Next::Event(Ok(event)) => view.happened(began.elapsed(), &event),
            Next::Event(Err(EventsError::Missed(count))) => {
                view.missed(began.elapsed(), count);
                if let Ok(snapshot) = element.snapshot().await {
                    view.is_now(began.elapsed(), snapshot);
                }
            }
            // The terminal is gone, or the element has stopped.
            Next::Key(None) | Next::Event(Err(_)) => return Ok(()),
            Next::Stream(Ok(entry)) => view.streamed(began.elapsed(), &entry),
            Next::Stream(Err(EventsError::Missed(count))) => view.missed_messages(began.elapsed(), count),
            Next::Stream(Err(_)) => streams = false,
            Next::Frame if is_stale || idle >= IDLE_FRAMES => {
                screen.draw(&view)?;
                (is_stale, idle) = (false, 0);
            }
            Next::Frame => idle += 1,
        }
    }
}

/// Gives a command to the element, beside the view: its answer may take as long as the engine is busy.
fn carry_out(command: Command, element: AnyElement, answer: mpsc::Sender<Answer>) {
    tokio::spawn(async move {
        let result = match &command {
            Command::Enter { pid, text } => match element.entered(*pid, text) {
                Ok(value) => element.set(*pid, value).await,
                Err(error) => Err(error),
            },
            Command::Press { pid } => element.press(*pid).await,
            Command::Reconnect { id } => element.reconnect(*id).await,
            Command::Pause => element.pause().await,
            Command::Resume => element.resume().await,
            Command::Quit => Ok(()),
        };
        // A view that has ended shows no answer.
        let _ = answer.send(Answer { command, result: result.map_err(|error| error.to_string()) }).await;
    });
}
