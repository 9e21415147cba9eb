//! [`Hub`]: what happens in an element, gathered once for all who look at it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use genlock_spec::AlarmLevel;
use serde_json::{Value as Json, json};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use super::history::{Added, History};
use super::{activity, clock, value};
use crate::element::{AnyElement, Events, EventsError};
use crate::engine::{ElementState, Event, Snapshot, StreamEntry};
use crate::error::Error;
use crate::value::Value;

/// How long events are gathered before they are told.
const GATHERED: Duration = Duration::from_millis(100);
/// How many lines of each list a batch has at most; what is beyond is counted.
const LINES: usize = 100;
/// How many batches a browser may fall behind before it misses some.
const BATCHES: usize = 32;

/// Follows one element while somebody looks at it, and keeps what happened lately.
pub(super) struct Hub {
    element: AnyElement,
    history: Arc<Mutex<History>>,
    batches: broadcast::Sender<Arc<Batch>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

/// What happened in a tenth of a second.
#[derive(Debug)]
pub(super) struct Batch {
    /// How many events there were up to its end.
    pub(super) seen: u64,
    /// What a browser is told.
    pub(super) json: String,
}

impl Hub {
    pub(super) fn new(element: AnyElement) -> Self {
        let history = Arc::new(Mutex::new(History::new(element.spec())));
        Self { element, history, batches: broadcast::Sender::new(BATCHES), task: Mutex::default() }
    }

    /// Follows the element from now on, unless it is followed already.
    pub(super) fn follow(&self, closing: &watch::Receiver<bool>) {
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        // An element may be added where no runtime is; it is followed when somebody looks.
        let Ok(runtime) = Handle::try_current() else { return };
        if task.as_ref().is_none_or(JoinHandle::is_finished) {
            let (element, history) = (self.element.clone(), Arc::clone(&self.history));
            let (batches, mut closing) = (self.batches.clone(), closing.clone());
            *task = Some(runtime.spawn(async move {
                tokio::select! {
                    () = follow(&element, &history, &batches) => {}
                    // An error says that the page is gone.
                    _ = closing.wait_for(|closing| *closing) => {}
                }
            }));
        }
    }

    /// What happens from now on.
    pub(super) fn listen(&self) -> broadcast::Receiver<Arc<Batch>> {
        self.batches.subscribe()
    }

    /// How the element is, and what happened lately: what a browser begins with.
    pub(super) async fn state(&self) -> Batch {
        let now = self.element.snapshot().await.ok();
        let history = lock(&self.history);
        let mut state = now.as_ref().map_or_else(|| json!({ "element": "stopped" }), snapshot);
        if let Some(state) = state.as_object_mut() {
            state.insert("at".to_owned(), json!(clock::now()));
            state.insert("history".to_owned(), history.to_json());
        }
        Batch { seen: history.seen, json: state.to_string() }
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        if let Some(task) = self.task.get_mut().unwrap_or_else(PoisonError::into_inner) {
            task.abort();
        }
    }
}

fn lock(history: &Mutex<History>) -> MutexGuard<'_, History> {
    history.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How an element is.
fn snapshot(now: &Snapshot) -> Json {
    let connections = now.connections.iter().map(|connection| {
        json!({
            "id": connection.id,
            "state": value::connection(&connection.state),
            "text": connection.state.to_string(),
            "reason": connection.reason.to_string(),
            "opened": connection.opened,
        })
    });
    let params = now.params.iter().map(|param| json!([param.pid, value::value(param.value.as_ref())]));
    let alarms = now.params.iter().filter(|param| param.alarm != AlarmLevel::Undefined);
    json!({
        "element": value::element(now.state),
        "connections": connections.collect::<Vec<_>>(),
        "params": params.collect::<Vec<_>>(),
        "alarms": alarms.map(|param| json!([param.pid, param.alarm.word()])).collect::<Vec<_>>(),
    })
}

/// Gathers and tells until the element stops.
async fn follow(element: &AnyElement, history: &Mutex<History>, batches: &broadcast::Sender<Arc<Batch>>) {
    let Ok((mut events, mut stream)) = subscribe(element, history).await else { return };
    loop {
        let mut gathered = Gathered::default();
        // Nothing is told while nothing happens.
        let mut runs = gathered.next(&mut events, &mut stream).await;
        let end = clock::wait(GATHERED);
        tokio::pin!(end);
        while runs {
            tokio::select! {
                more = gathered.next(&mut events, &mut stream) => runs = more,
                () = &mut end => break,
            }
        }
        if !runs {
            gathered.element = Some(ElementState::Stopped);
        }
        let batch = Arc::new(gathered.finish(&mut lock(history)));
        // Nobody may look just now.
        let _ = batches.send(batch);
        if !runs {
            return;
        }
    }
}

/// Subscribes, and begins the trends with the values of now.
async fn subscribe(element: &AnyElement, history: &Mutex<History>) -> Result<(Events, Events<StreamEntry>), Error> {
    let (events, stream) = (element.events().await?, element.stream().await?);
    let (now, at) = (element.snapshot().await?, clock::now());
    let mut history = lock(history);
    for param in now.params {
        if let Some(Value::Number(number)) = param.value {
            history.point(param.pid, at, number);
        }
    }
    Ok((events, stream))
}

/// What happened since the last batch.
#[derive(Debug, Default)]
struct Gathered {
    count: u64,
    missed: u64,
    element: Option<ElementState>,
    params: BTreeMap<u32, (Option<Value>, u64)>,
    alarms: BTreeMap<u32, AlarmLevel>,
    added: Added,
    /// How many lines found no place.
    skipped: u64,
}

impl Gathered {
    /// Takes the next event or line of the stream log. False when the element has stopped.
    async fn next(&mut self, events: &mut Events, stream: &mut Events<StreamEntry>) -> bool {
        let end = tokio::select! {
            event = events.next() => event.map(|event| self.event(event)),
            entry = stream.next() => entry.map(|entry| self.stream(&entry)),
        };
        match end {
            Ok(()) => {}
            Err(EventsError::Missed(count)) => self.missed = self.missed.saturating_add(count),
            Err(EventsError::Stopped) => return false,
        }
        true
    }

    fn event(&mut self, event: Event) {
        self.count += 1;
        let at = clock::now();
        match event {
            Event::Param { pid, value, .. } => {
                self.params.insert(pid, (value, at));
            }
            Event::Alarm { pid, level } => {
                self.alarms.insert(pid, level);
            }
            Event::Element { state } => self.element = Some(state),
            event => {
                let lists = &mut self.added;
                let (list, line) = if let Some(line) = activity::activity(&event, at) {
                    (&mut lists.activity, line)
                } else if let Some(line) = activity::log(&event, at) {
                    (&mut lists.log, line)
                } else if let Some(line) = activity::connection(&event, at) {
                    (&mut lists.connections, line)
                } else {
                    return;
                };
                self.skipped += u64::from(!push(list, line));
            }
        }
    }

    fn stream(&mut self, entry: &StreamEntry) {
        self.count += 1;
        if let Some(line) = activity::stream(entry, clock::now()) {
            self.skipped += u64::from(!push(&mut self.added.stream, line));
            return;
        }
        // It is about the message before, which may have gone with the last batch or have found no place.
        let is_open = |line: &&mut Json| line.get("way").is_some_and(|way| way == "received");
        if let Some(line) = self.added.stream.last_mut().filter(is_open) {
            activity::amend(line, entry);
        }
    }

    /// Puts it into the history, and makes a batch of it.
    fn finish(self, history: &mut History) -> Batch {
        history.seen = history.seen.saturating_add(self.count).saturating_add(self.missed);
        history.add(&self.added);
        for (pid, (value, at)) in &self.params {
            if let Some(Value::Number(number)) = value {
                history.point(*pid, *at, *number);
            }
        }
        let params = self.params.iter().map(|(pid, (param, at))| json!([pid, value::value(param.as_ref()), at]));
        let alarms = self.alarms.iter().map(|(pid, level)| json!([pid, level.word()]));
        let json = json!({
            "at": clock::now(),
            "element": self.element.map(value::element),
            "params": params.collect::<Vec<_>>(),
            "alarms": alarms.collect::<Vec<_>>(),
            "connections": self.added.connections,
            "stream": self.added.stream,
            "activity": self.added.activity,
            "log": self.added.log,
            "skipped": self.skipped,
            "missed": self.missed,
        });
        Batch { seen: history.seen, json: json.to_string() }
    }
}

/// Adds a line, unless the batch is full.
fn push(list: &mut Vec<Json>, line: Json) -> bool {
    let fits = list.len() < LINES;
    if fits {
        list.push(line);
    }
    fits
}
