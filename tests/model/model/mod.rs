//! The model: what an element does, written from the rules of `docs/reference/runtime.md` alone.
//!
//! Small, slow and obvious: maps by id, lists searched from the front, every decision taken when it is asked for.

mod conditions;
mod events;
mod groups;
mod messages;
mod pairs;
mod queue;
mod timers;
mod triggers;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::protocol::{Item, Protocol, Value};
use crate::script::{Input, Script, Step};

use pairs::{Exchange, Link};
use queue::Queue;
use timers::TimerState;

/// More lines of trace than this for one input and the time up to the next, and a connector has run away. The engine has
/// limits of its own for that, which are not the rules'.
const MOST_LINES: usize = 1500;

/// A connector runs away.
#[derive(Debug)]
struct RanAway;

type Done = Result<(), RanAway>;

pub(crate) struct Model<'p> {
    protocol: &'p Protocol,
    script: &'p Script,
    now: u64,
    trace: Vec<String>,
    /// How many lines the trace had before the input.
    earlier: usize,
    /// None: the element has stopped.
    element: Option<Element>,
    /// Whether the last action had nothing to work on.
    has_failed: bool,
    /// Whether the last action of one of the triggers of the last moment had (RSP-24).
    rejects: bool,
    /// How often each QAction has run; a restart changes nothing.
    runs: BTreeMap<u32, usize>,
}

/// One run of the element, from its start to its stop.
struct Element {
    memory: BTreeMap<u32, Memory>,
    /// How many change events are nested now, and groups whose commands are composed among them (PARAM-68).
    nested: usize,
    /// The response that is processed, and whether `read` was called for it (RSP-20).
    reading: Option<(u32, bool)>,
    /// What after startup asked to run before the element is operational (LIFE-19).
    deferred: Option<Vec<u32>>,
    /// The bytes of each command's last make (CMD-02).
    made: BTreeMap<u32, String>,
    exchange: Option<Exchange>,
    link: Link,
    queue: Queue,
    timers: BTreeMap<u32, TimerState>,
    /// What is to be done later, in the order in which it was asked for.
    deadlines: Vec<(u64, Deadline)>,
}

/// What a parameter holds (PARAM-06, PARAM-62).
#[derive(Clone, Debug)]
struct Memory {
    value: Option<Value>,
    /// Since a clear: the next value is new whatever it is.
    is_cleared: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deadline {
    /// A timer ticks.
    Tick(u32),
    /// A pause of the running group is over.
    Pause,
    /// The pair that waits has waited long enough.
    Answer,
    /// The connection has been failing long enough.
    ElementTimeout,
}

impl<'p> Model<'p> {
    /// The trace of `protocol` by `script`; of a connector that runs away, how many inputs it takes before it does.
    pub(crate) fn trace(protocol: &'p Protocol, script: &'p Script) -> Result<Vec<String>, usize> {
        let mut model = Self {
            protocol,
            script,
            now: 0,
            trace: Vec::new(),
            earlier: 0,
            element: None,
            has_failed: false,
            rejects: false,
            runs: BTreeMap::new(),
        };
        let run_away = |count: usize| move |RanAway| count;
        model.start().and_then(|()| model.run_due(0)).map_err(run_away(0))?;
        let mut inputs = script.inputs.iter().enumerate().peekable();
        while let Some((count, (at, input))) = inputs.next() {
            model.earlier = model.trace.len();
            // At one moment the lines of the script come first, then what is due.
            let is_last = inputs.peek().is_none_or(|(_, (next, _))| next > at);
            let mut step = || {
                model.advance(*at)?;
                model.input(input)?;
                if is_last { model.run_due(*at) } else { Ok(()) }
            };
            step().map_err(run_away(count))?;
        }
        model.earlier = model.trace.len();
        let end = script.end();
        model.advance(end).and_then(|()| model.run_due(end)).map_err(run_away(script.inputs.len()))?;
        Ok(model.trace)
    }

    fn input(&mut self, input: &Input) -> Done {
        match input {
            Input::Start => return self.start(),
            // What is asked of a stopped element is refused.
            _ if self.element.is_none() => return Ok(()),
            Input::Stop => return self.stop(),
            // PARAM-148: what the API sets is set as by a hook.
            Input::Set(pid, value) => self.set(*pid, value.clone())?,
            Input::CheckTrigger(id) => self.check_trigger(*id)?,
            Input::Execute(group) => self.queue("execute", &[*group])?,
            Input::ExecutePair(pair) => self.queue_pair(*pair)?,
            Input::Receive(text) => self.receive(text)?,
            Input::Drop => self.lost()?,
            Input::Reopen => self.opened()?,
        }
        self.work()?;
        self.settle()
    }

    /// LIFE-15, TRACE-03: after startup, then the timers, then the protocol thread.
    fn start(&mut self) -> Done {
        let memory = self.protocol.params.iter().map(|param| (param.pid, events::at_start(param))).collect();
        self.element = Some(Element {
            memory,
            nested: 0,
            reading: None,
            deferred: Some(Vec::new()),
            made: BTreeMap::new(),
            exchange: None,
            link: Link::default(),
            queue: Queue::default(),
            timers: BTreeMap::new(),
            deadlines: Vec::new(),
        });
        // LIFE-09.
        for command in &self.protocol.commands {
            self.make(command.id);
        }
        self.line("element", json!({ "state": "active" }))?;
        self.fire_all(Item::Protocol, "after startup")?;
        let deferred = self.element().deferred.take();
        self.start_timers()?;
        for pid in deferred.into_iter().flatten() {
            self.run_actions(pid)?;
        }
        // LIFE-08.
        self.element().queue.is_running = true;
        self.work()?;
        // The peer accepts at once.
        self.opened()?;
        self.work()
    }

    /// LIFE-32, LIFE-33.
    fn stop(&mut self) -> Done {
        self.end_waiting()?;
        self.element = None;
        self.line("element", json!({ "state": "stopped" }))
    }

    /// Moves to `at`, doing on the way what is due before it.
    fn advance(&mut self, at: u64) -> Done {
        while self.next_due().is_some_and(|due| due < at) {
            self.run_next()?;
        }
        self.now = at;
        Ok(())
    }

    /// Does what is due at `at`.
    fn run_due(&mut self, at: u64) -> Done {
        while self.next_due().is_some_and(|due| due <= at) {
            self.run_next()?;
        }
        Ok(())
    }

    fn next_due(&self) -> Option<u64> {
        self.element.as_ref()?.deadlines.iter().map(|(due, _)| *due).min()
    }

    /// Does what is due next; of several at one moment, what was asked for first.
    fn run_next(&mut self) -> Done {
        let Some(due) = self.next_due() else { return Ok(()) };
        let Some(element) = &mut self.element else { return Ok(()) };
        let Some(first) = element.deadlines.iter().position(|(at, _)| *at == due) else { return Ok(()) };
        let (at, deadline) = element.deadlines.remove(first);
        self.now = at.max(self.now);
        match deadline {
            Deadline::Tick(timer) => self.tick(timer)?,
            Deadline::Pause => self.element().queue.resume(),
            Deadline::Answer => self.answer_is_late()?,
            Deadline::ElementTimeout => self.element_times_out()?,
        }
        self.work()?;
        // The socket comes behind all that is due at the moment.
        if self.next_due().is_some_and(|due| due <= self.now) { Ok(()) } else { self.settle() }
    }

    fn later(&mut self, at: u64, deadline: Deadline) {
        self.element().deadlines.push((at, deadline));
    }

    /// Says whether it was to be done.
    fn forget(&mut self, deadline: Deadline) -> bool {
        let deadlines = &mut self.element().deadlines;
        let count = deadlines.len();
        deadlines.retain(|(_, other)| *other != deadline);
        deadlines.len() < count
    }

    /// The running element: nothing of it is asked for while it is stopped.
    fn element(&mut self) -> &mut Element {
        self.element.as_mut().unwrap()
    }

    fn line(&mut self, what: &str, details: Json) -> Done {
        let line = [("at".to_owned(), json!(self.now)), (what.to_owned(), details)];
        self.trace.push(Json::Object(line.into_iter().collect()).to_string());
        if self.trace.len() - self.earlier > MOST_LINES { Err(RanAway) } else { Ok(()) }
    }

    /// The steps of the next run of a QAction.
    fn next_run(&mut self, qaction: u32) -> &'p [Step] {
        let runs = self.script.hooks.iter().filter(|(id, _)| *id == qaction);
        let runs: Vec<&'p [Step]> = runs.map(|(_, steps)| steps.as_slice()).collect();
        let count = self.runs.entry(qaction).or_default();
        *count += 1;
        runs.get(*count - 1).or(runs.last()).copied().unwrap_or_default()
    }
}
