//! What is kept of an element for who looks at it later; all of it bounded.

use std::collections::{BTreeMap, VecDeque};

use genlock_spec::Spec;
use serde_json::{Value as Json, json};

/// How many lines of each list are kept.
const LINES: usize = 300;
/// How many points of all trends of an element are kept, and of one at most.
const POINTS: usize = 100_000;
const POINTS_OF_ONE: usize = 3_600;

/// What is kept of an element.
#[derive(Debug)]
pub(super) struct History {
    /// How many events and lines are in it, those that it no longer keeps included.
    pub(super) seen: u64,
    connections: Lines,
    stream: Lines,
    activity: Lines,
    log: Lines,
    trends: BTreeMap<u32, VecDeque<(u64, f64)>>,
    /// How many points of one trend are kept.
    points: usize,
}

/// The last lines of a list.
#[derive(Debug, Default)]
struct Lines(VecDeque<Json>);

impl Lines {
    fn extend(&mut self, lines: &[Json]) {
        self.0.extend(lines.iter().cloned());
        let surplus = self.0.len().saturating_sub(LINES);
        self.0.drain(..surplus);
    }
}

/// What a batch adds to the lists.
#[derive(Debug, Default)]
pub(super) struct Added {
    pub(super) connections: Vec<Json>,
    pub(super) stream: Vec<Json>,
    pub(super) activity: Vec<Json>,
    pub(super) log: Vec<Json>,
}

impl History {
    pub(super) fn new(spec: &Spec<'_>) -> Self {
        let trended = spec.params.iter().filter(|row| row.trend.is_some() && !row.secret);
        let trends: BTreeMap<u32, VecDeque<(u64, f64)>> = trended.map(|row| (row.pid, VecDeque::new())).collect();
        let points = (POINTS / trends.len().max(1)).clamp(2, POINTS_OF_ONE);
        let lines = Lines::default;
        Self { seen: 0, connections: lines(), stream: lines(), activity: lines(), log: lines(), trends, points }
    }

    pub(super) fn add(&mut self, added: &Added) {
        self.connections.extend(&added.connections);
        self.stream.extend(&added.stream);
        self.activity.extend(&added.activity);
        self.log.extend(&added.log);
    }

    /// A value of a parameter that may be trended.
    pub(super) fn point(&mut self, pid: u32, at: u64, number: f64) {
        let Some(points) = self.trends.get_mut(&pid).filter(|_| number.is_finite()) else { return };
        points.push_back((at, number));
        if points.len() > self.points {
            points.pop_front();
        }
    }

    pub(super) fn to_json(&self) -> Json {
        let trends = self.trends.iter().map(|(pid, points)| {
            let (times, numbers): (Vec<u64>, Vec<f64>) = points.iter().copied().unzip();
            (pid.to_string(), json!([times, numbers]))
        });
        json!({
            "connections": self.connections.0,
            "stream": self.stream.0,
            "activity": self.activity.0,
            "log": self.log.0,
            "trends": trends.collect::<serde_json::Map<_, _>>(),
        })
    }
}
