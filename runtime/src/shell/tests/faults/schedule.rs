//! What goes wrong: what becomes of each attempt to connect, and what happens to all connections at once.

use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use tokio::sync::watch;
use tokio::time::sleep;

use super::ledger::Ledger;
use super::{device, moment};
use crate::shell::Dial;
use crate::sim::{LineEnd, LinePlan, Orders, Way, carry};
use crate::ws::{Io, OpenError};

/// How many bytes a pipe holds.
const PIPE: usize = 16 * 1024;

/// Bytes up to which most faults happen: the handshake and the first frames.
const EARLY: u64 = 700;

/// What becomes of an attempt to connect.
enum Attempt {
    Refused(Duration),
    /// Neither accepted nor refused.
    Ignored,
    Accepted(Duration, LinePlan),
}

/// The network between the element and its device.
#[derive(Clone)]
pub(super) struct Network {
    ledger: Ledger,
    random: Arc<std::sync::Mutex<Rng>>,
    orders: watch::Sender<Orders>,
    down: watch::Sender<bool>,
    /// What goes wrong on the first connection; then nothing does.
    planned: Option<LinePlan>,
}

impl Network {
    /// A network that fails at random.
    pub(super) fn new(ledger: Ledger, random: Rng) -> Self {
        Self {
            ledger,
            planned: None,
            random: Arc::new(random.into()),
            orders: watch::Sender::new(Orders::Planned),
            down: watch::Sender::new(false),
        }
    }

    /// A network that fails once.
    pub(super) fn planned(ledger: Ledger, plan: LinePlan) -> Self {
        Self { planned: Some(plan), ..Self::new(ledger, Rng::with_seed(0)) }
    }

    pub(super) fn dial(&self) -> Dial {
        let network = self.clone();
        Arc::new(move |_| {
            let network = network.clone();
            Box::pin(async move { network.connect().await })
        })
    }

    async fn connect(self) -> Result<Box<dyn Io>, OpenError> {
        let refused = || OpenError::Io(std::io::ErrorKind::ConnectionRefused.into());
        let attempt = self.attempt();
        let number = {
            let mut entries = self.ledger.entries();
            entries.dialled += 1;
            match &attempt {
                Attempt::Refused(_) | Attempt::Ignored => entries.refused += 1,
                Attempt::Accepted(_, plan) => entries.spoilt += u64::from(*plan != LinePlan::default()),
            }
            entries.dialled
        };
        let (delay, plan) = match attempt {
            Attempt::Refused(delay) => {
                self.ledger.tell(|| format!("attempt {number} is refused after {delay:?}"));
                sleep(delay).await;
                return Err(refused());
            }
            Attempt::Ignored => {
                self.ledger.tell(|| format!("attempt {number} is ignored"));
                return std::future::pending().await;
            }
            Attempt::Accepted(delay, plan) => (delay, plan),
        };
        self.ledger.tell(|| format!("attempt {number} is accepted after {delay:?}: {plan:?}"));
        sleep(delay).await;
        let (ours, mut near) = tokio::io::duplex(PIPE);
        let (mut far, theirs) = tokio::io::duplex(PIPE);
        let random = self.random.lock().unwrap().fork();
        tokio::spawn(device::serve(theirs, self.ledger.clone(), random));
        let orders = self.orders.subscribe();
        let ledger = self.ledger.clone();
        tokio::spawn(async move {
            let end = carry(&mut near, &mut far, plan, orders).await;
            ledger.tell(|| format!("connection {number} has ended: {end:?}"));
        });
        Ok(Box::new(self.ledger.socket(ours)))
    }

    fn attempt(&self) -> Attempt {
        let random = &mut *self.random.lock().unwrap();
        if let Some(plan) = &self.planned {
            let is_first = self.ledger.entries().dialled == 0;
            return Attempt::Accepted(Duration::ZERO, if is_first { plan.clone() } else { LinePlan::default() });
        }
        if *self.orders.borrow() == Orders::Healthy {
            return Attempt::Accepted(moment(random, 50), LinePlan::default());
        }
        if *self.down.borrow() {
            return Attempt::Refused(Duration::ZERO);
        }
        match random.u8(0..10) {
            0 => Attempt::Refused(moment(random, 3000)),
            1 => Attempt::Ignored,
            _ => Attempt::Accepted(moment(random, 1000), any_plan(random)),
        }
    }

    /// Restarts the device now and then, until `end`; then everything is well.
    pub(super) async fn run(self, end: Duration, mut random: Rng) {
        while self.ledger.elapsed() < end {
            sleep(moment(&mut random, 60_000).min(end.saturating_sub(self.ledger.elapsed()))).await;
            if random.u8(0..3) > 0 {
                continue;
            }
            let how = any_end(&mut random);
            let down = moment(&mut random, 30_000);
            self.ledger.tell(|| format!("all connections end: {how:?}; down for {down:?}"));
            self.orders.send_replace(Orders::End(how));
            self.down.send_replace(true);
            sleep(down).await;
            self.down.send_replace(false);
        }
        self.ledger.tell(|| "from now on everything is well".to_owned());
        self.orders.send_replace(Orders::Healthy);
    }
}

/// What goes wrong on one connection; on some, nothing does.
fn any_plan(random: &mut Rng) -> LinePlan {
    let mut plan = LinePlan::default();
    for _ in 0..random.u8(0..3) {
        let way = if random.bool() { Way::ToDevice } else { Way::ToElement };
        let latest = if random.u8(0..4) == 0 { 10 * EARLY } else { EARLY };
        let byte = random.u64(0..latest);
        plan = match random.u8(0..6) {
            0 | 1 => plan.end_at(way, byte, any_end(random)),
            2 => plan.stall(way, byte, moment(random, 20_000)),
            3 => plan.trickle(way, byte, moment(random, 100)),
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
