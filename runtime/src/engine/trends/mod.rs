//! Trends of parameters: every change of a value, and what windows of five minutes keep (TRD-01 to TRD-06).

mod window;

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use genlock_spec::{ParamIndex, Spec, Table};

pub use self::window::TrendWindow;
use self::window::{Window, window_end};
use super::Engine;
use super::deadline::Deadline;
use super::event::{Event, TrendPoint};
use crate::error::Error;
use crate::value::{Value, parse_number};

/// What the trends of an element keep.
#[derive(Debug)]
pub(super) struct Trends {
    /// The operator's clock when the engine's began, since the Unix epoch; none when nobody wants trends.
    epoch: Option<Duration>,
    /// The value that was last told.
    told: Table<ParamIndex, Option<Value>>,
    /// The open windows. Without trends there are none.
    windows: BTreeMap<ParamIndex, Window>,
    /// When the last value of a parameter was that comes with times of its own (QA-45).
    latest: BTreeMap<ParamIndex, Duration>,
}

impl Trends {
    pub(super) fn new(spec: &Spec<'_>, epoch: Option<Duration>) -> Self {
        let params = if epoch.is_some() { spec.params.len() } else { 0 };
        Self { epoch, told: Table::new(params, |_| None), windows: BTreeMap::new(), latest: BTreeMap::new() }
    }
}

impl Engine<'_> {
    /// A parameter has a new value now; one branch when nobody wants trends.
    pub(super) fn update_trend(&mut self, param: ParamIndex) {
        if let Some(epoch) = self.trends.epoch {
            self.record(param, epoch + self.now.since_creation());
        }
    }

    /// QA-45: the time that the value which is set next is of. Times of a parameter ascend.
    pub(super) fn begin_history(&mut self, param: ParamIndex, at: Duration) -> Result<(), Error> {
        let row = self.spec.param(param);
        let refused = |reason: &str| Err(Error::Value { pid: row.pid, reason: reason.to_owned() });
        if !row.history_set {
            return refused("its values come without a time; write `historySet=\"true\"` on the parameter");
        }
        if self.trends.latest.get(&param).is_some_and(|latest| at < *latest) {
            return refused("its time is before that of the value before it; set values in the order of time");
        }
        self.trends.latest.insert(param, at);
        Ok(())
    }

    fn record(&mut self, param: ParamIndex, now: Duration) {
        let row = self.spec.param(param);
        let Some(value) = self.value(param).filter(|_| row.trend.is_some() && !self.is_secret(param)) else { return };
        // PARAM-100: trends use the value that the file gives an exception.
        let own = self.exception_of(param, value).map(|exception| self.spec.text(exception.value));
        let value = match own {
            Some(own) => parse_number(own).map_or_else(|| Value::Text(own.into()), Value::Number),
            None => value.clone().detached(),
        };
        // TRD-05
        let at = if row.history_set { self.trends.latest.get(&param).copied().unwrap_or(now) } else { now };
        if let Value::Number(number) = value {
            self.record_in_window(param, number, at);
        }
        if self.trends.told[param].as_ref() != Some(&value) {
            // TRD-02
            let point = TrendPoint::Value { at: SystemTime::UNIX_EPOCH + at, value: value.clone() };
            self.event(|_| Event::Trend { pid: row.pid, point });
        }
        self.trends.told[param] = Some(value);
    }

    fn record_in_window(&mut self, param: ParamIndex, number: f64, at: Duration) {
        // Of a parameter with times of its own, a later value closes the window (TRD-05); the next one begins with it.
        if self.trends.windows.get(&param).is_some_and(|window| at >= window.end()) {
            self.close_window(param);
            self.trends.windows.remove(&param);
        }
        if let Some(window) = self.trends.windows.get_mut(&param) {
            return window.add(number, at);
        }
        self.trends.windows.insert(param, Window::new(number, at)); // TRD-03
        if !self.deadlines.is_armed(Deadline::TrendWindow)
            && let Some(epoch) = self.trends.epoch
        {
            let end = window_end(at).saturating_sub(epoch);
            self.deadlines.arm(Deadline::TrendWindow, super::Time::after_creation(end));
        }
    }

    /// The clock has come to the end of the windows of all parameters without times of their own.
    pub(super) fn windows_end(&mut self) {
        let Some(epoch) = self.trends.epoch else { return };
        let now = epoch + self.now.since_creation();
        let open: Vec<ParamIndex> = self.trends.windows.keys().copied().collect();
        for param in open {
            // A value that came at the end of a window has closed it already.
            let is_over = self.trends.windows.get(&param).is_some_and(|window| window.end() <= now);
            if !is_over || self.spec.param(param).history_set {
                continue;
            }
            self.close_window(param);
            if let Some(window) = self.trends.windows.get_mut(&param) {
                window.restart(now);
            }
        }
        let end = window_end(now).saturating_sub(epoch);
        self.deadlines.arm(Deadline::TrendWindow, super::Time::after_creation(end));
    }

    fn close_window(&mut self, param: ParamIndex) {
        let row = self.spec.param(param);
        if let (Some(window), Some(kind)) = (self.trends.windows.get(&param), row.trend) {
            let point = TrendPoint::Window(window.closed(kind));
            self.event(|_| Event::Trend { pid: row.pid, point });
        }
    }
}
