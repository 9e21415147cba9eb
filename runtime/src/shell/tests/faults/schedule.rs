//! What goes wrong: what becomes of each attempt to connect, and what happens to all connections at once.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fastrand::Rng;
use tokio::io::{AsyncWriteExt as _, DuplexStream};
use tokio::sync::watch;
use tokio::time::sleep;

use super::ledger::{Attempt, Counted, Held, Line};
use super::moment;
use crate::sim::{LineEnd, LinePlan, Orders, Way, carry};
use crate::ws::{Io, OpenError};

/// How many bytes a pipe holds.
const PIPE: usize = 16 * 1024;

/// Bytes up to which most faults happen: the handshake and the first frames.
const EARLY: u64 = 700;

/// No schedule has as many attempts, unless something runs in circles.
const MOST_ATTEMPTS: u64 = 5000;

/// Where bytes may come that nobody sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Garbage {
    Anywhere,
    /// Ahead of all that the device sends: further on, a request or an answer may be another one, which nobody can know.
    Ahead,
}

/// What becomes of an attempt to connect.
enum Fate {
    Refused(Duration),
    /// Neither accepted nor refused.
    Ignored,
    /// Something answers for the device that it is not there for so many seconds (`Retry-After`).
    Busy(u64),
    Accepted(Duration, LinePlan),
}

/// A device: it serves one connection until that is at its end.
pub(super) type Serve = fn(DuplexStream, Attempt, Rng) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// The network between one connection of the element and its device.
#[derive(Clone)]
pub(super) struct Network {
    line: Line,
    serve: Serve,
    random: Arc<Mutex<Rng>>,
    orders: watch::Sender<Orders>,
    down: watch::Sender<bool>,
    plans: Plans,
}

/// What goes wrong on connections.
#[derive(Clone)]
enum Plans {
    AtRandom(Garbage),
    /// This on the first one, then nothing does.
    Once(LinePlan),
}

impl Network {
    /// A network that fails at random.
    pub(super) fn new(line: &Line, serve: Serve, garbage: Garbage, random: Rng) -> Self {
        Self {
            line: line.clone(),
            serve,
            plans: Plans::AtRandom(garbage),
            random: Arc::new(random.into()),
            orders: watch::Sender::new(Orders::Planned),
            down: watch::Sender::new(false),
        }
    }

    /// A network that fails once.
    pub(super) fn planned(line: &Line, serve: Serve, plan: LinePlan) -> Self {
        line.entries().is_healed = true;
        Self { plans: Plans::Once(plan), ..Self::new(line, serve, Garbage::Anywhere, Rng::with_seed(0)) }
    }

    /// Connects the element.
    pub(super) async fn connect(self) -> Result<Box<dyn Io>, OpenError> {
        let refused = || OpenError::Io(std::io::ErrorKind::ConnectionRefused.into());
        let mut attempt = self.line.dialled();
        let number = attempt.number;
        if number > MOST_ATTEMPTS {
            if number == MOST_ATTEMPTS + 1 {
                self.line.violation(format!("more than {MOST_ATTEMPTS} attempts"));
            }
            return std::future::pending().await; // else no time would pass
        }
        let fate = self.fate(number);
        {
            let mut entries = self.line.entries();
            match &fate {
                Fate::Refused(_) | Fate::Ignored | Fate::Busy(_) => entries.refused += 1,
                Fate::Accepted(_, plan) => entries.spoilt += u64::from(*plan != LinePlan::default()),
            }
        }
        let (ours, mut near) = tokio::io::duplex(PIPE);
        let (delay, plan) = match fate {
            Fate::Refused(delay) => {
                let _held = Held(attempt);
                self.line.tell(|| format!("attempt {number} is refused after {delay:?}"));
                sleep(delay).await;
                return Err(refused());
            }
            Fate::Ignored => {
                let _held = Held(attempt);
                self.line.tell(|| format!("attempt {number} is ignored"));
                return std::future::pending().await;
            }
            Fate::Busy(seconds) => {
                self.line.tell(|| format!("attempt {number} is answered with 503, Retry-After: {seconds}"));
                if let Some(waits) = &mut self.line.entries().waits {
                    waits.refused(Duration::from_secs(seconds));
                }
                let answer = format!(
                    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: {seconds}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                );
                tokio::spawn(async move { drop(near.write_all(answer.as_bytes()).await) });
                return Ok(Box::new(Counted::new(ours, Held(attempt))));
            }
            Fate::Accepted(delay, plan) => (delay, plan),
        };
        self.line.tell(|| format!("attempt {number} is accepted after {delay:?}: {plan:?}"));
        attempt.is_spoilt = plan != LinePlan::default();
        attempt.is_garbled = plan.inserts();
        if attempt.is_garbled
            && let Some(waits) = &mut self.line.entries().waits
        {
            waits.garbage();
        }
        let mut held = Held(attempt);
        sleep(delay).await;
        held.0.carried();
        let (mut far, theirs) = tokio::io::duplex(PIPE);
        let random = self.random.lock().unwrap().fork();
        tokio::spawn((self.serve)(theirs, held.0.clone(), random));
        let (orders, line) = (self.orders.subscribe(), self.line.clone());
        tokio::spawn(async move {
            let end = carry(&mut near, &mut far, plan, orders).await;
            line.tell(|| format!("connection {number} has ended: {end:?}"));
        });
        Ok(Box::new(Counted::new(ours, held)))
    }

    fn fate(&self, number: u64) -> Fate {
        let random = &mut *self.random.lock().unwrap();
        let garbage = match &self.plans {
            Plans::Once(plan) if number == 1 => return Fate::Accepted(Duration::ZERO, plan.clone()),
            Plans::Once(_) => return Fate::Accepted(Duration::ZERO, LinePlan::default()),
            Plans::AtRandom(garbage) => *garbage,
        };
        if *self.orders.borrow() == Orders::Healthy {
            return Fate::Accepted(moment(random, 50), LinePlan::default());
        }
        if *self.down.borrow() {
            return Fate::Refused(Duration::ZERO);
        }
        match random.u8(0..12) {
            0 => Fate::Refused(moment(random, 3000)),
            1 => Fate::Ignored,
            2 => Fate::Busy(random.u64(0..20)),
            _ => Fate::Accepted(moment(random, 1000), any_plan(garbage, random)),
        }
    }

    /// Restarts the device now and then, until `end`; then everything is well.
    pub(super) async fn run(self, end: Duration, mut random: Rng) {
        let ledger = &self.line.ledger;
        self.orders.send_replace(Orders::Planned);
        self.line.entries().is_healed = false;
        while ledger.elapsed() < end {
            sleep(moment(&mut random, 60_000).min(end.saturating_sub(ledger.elapsed()))).await;
            if random.u8(0..3) > 0 {
                continue;
            }
            let how = any_end(&mut random);
            let down = moment(&mut random, 30_000);
            self.line.tell(|| format!("all connections end: {how:?}; down for {down:?}"));
            {
                let mut entries = self.line.entries();
                (entries.ends, entries.last_end) = (entries.ends + 1, Some(ledger.elapsed()));
                entries.is_silent = how == LineEnd::Silence;
            }
            self.orders.send_replace(Orders::End(how));
            self.down.send_replace(true);
            sleep(down).await;
            self.down.send_replace(false);
        }
        self.line.tell(|| "from now on everything is well".to_owned());
        self.line.entries().is_healed = true;
        self.orders.send_replace(Orders::Healthy);
    }
}

/// What goes wrong on one connection; on some, nothing does.
fn any_plan(garbage: Garbage, random: &mut Rng) -> LinePlan {
    let mut plan = LinePlan::default();
    for _ in 0..random.u8(0..3) {
        let way = if random.bool() { Way::ToDevice } else { Way::ToElement };
        let latest = if random.u8(0..4) == 0 { 10 * EARLY } else { EARLY };
        let byte = random.u64(0..latest);
        plan = match random.u8(0..6) {
            0 | 1 => plan.end_at(way, byte, any_end(random)),
            2 => plan.stall(way, byte, moment(random, 20_000)),
            3 => plan.trickle(way, byte, moment(random, 100)),
            4 if garbage == Garbage::Ahead => plan.insert(Way::ToElement, 0, any_bytes(random)),
            4 => plan.insert(way, byte, any_bytes(random)),
            _ => plan.end_after(moment(random, 60_000), any_end(random)),
        };
    }
    plan
}

fn any_end(random: &mut Rng) -> LineEnd {
    [LineEnd::Cut, LineEnd::Reset, LineEnd::Silence][random.usize(0..3)]
}

/// Noise, or something that looks like a frame.
fn any_bytes(random: &mut Rng) -> Vec<u8> {
    let noise = (0..random.usize(1..40)).map(|_| random.u8(..)).collect();
    let frames: [&[u8]; 6] =
        [b"\x81\x05hello", b"\x88\x00", b"\x88\x02\x03\xf4", b"\x81\x7f\x00\x00", b"\x89\x00", b"\r\n\r\n"];
    if random.bool() { noise } else { frames[random.usize(0..frames.len())].to_vec() }
}
