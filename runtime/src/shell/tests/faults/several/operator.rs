//! Those who use the element: they set, ask, send requests and reconnect.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use fastrand::Rng;
use tokio::time::{Instant, sleep, timeout};

use super::super::moment;
use super::connector::{self, connections, pairs, params, triggers};
use super::lines::Lines;

/// The longest time until a command or a request is at its end. The queue is one for all connections: ahead of a command
/// may be the levels of the operator's sets and the other command, for 5 s or twice 3 s each, and three sessions of two
/// requests, each of which may take 2 s twice, and as long again after a redirect.
pub(super) const LONGEST_COMMAND: Duration = Duration::from_secs(3 * 2 * 8 + 4 * 6);

/// The longest time between two commands, in ms.
const PAUSE: u64 = 5000;

/// The users of an element, until they are told to go.
#[derive(Clone)]
pub(super) struct Users {
    pub(super) element: connector::Element,
    pub(super) lines: Lines,
    pub(super) go: Arc<AtomicBool>,
}

impl Users {
    fn stay(&self) -> bool {
        !self.go.load(Ordering::Relaxed)
    }

    /// Sends commands on one of the WebSockets, one after the other; the answer is how long the longest one took.
    pub(super) async fn ask(self, line: usize, mut random: Rng) -> Duration {
        let mut longest = Duration::ZERO;
        while self.stay() {
            sleep(moment(&mut random, PAUSE)).await;
            let begun = Instant::now();
            let is_answered = if line == 0 {
                let level = self.level().await;
                let pair = self.element.send(pairs::LEVEL);
                self.ended(line, pair.level_request(format!("level:{level}")).answer().into_future()).await
            } else {
                let pair = self.element.send(pairs::WATCH);
                self.ended(line, pair.watch_request("watch:1").answer().into_future()).await
            };
            longest = longest.max(begun.elapsed());
            self.lines.all[line].entries().exchanged += u64::from(is_answered);
        }
        longest
    }

    async fn level(&self) -> String {
        self.element.get(params::LEVEL).await.unwrap().map(|level| level.to_string()).unwrap_or_default()
    }

    /// Whether a command was answered. Every call has an end, in whichever way.
    async fn ended<T, E>(&self, line: usize, command: impl Future<Output = Result<T, E>>) -> bool {
        if let Ok(answer) = timeout(LONGEST_COMMAND, command).await {
            return answer.is_ok();
        }
        self.lines.all[line].violation("a command is neither answered nor refused");
        false
    }

    /// Sends up to three sessions of requests at a time.
    pub(super) async fn read_details(self, mut random: Rng) {
        let mut number = 0;
        while self.stay() {
            sleep(moment(&mut random, PAUSE)).await;
            for _ in 0..random.u8(1..4) {
                number += 1;
                self.lines.requests().queue(number);
                self.element.set(params::RESOURCE_PATH, format!("resources/{number}")).await.unwrap();
                self.element.set(params::TAKEN_PATH, format!("taken/{number}")).await.unwrap();
                self.element.check_trigger(triggers::READ_DETAILS).await.unwrap();
            }
            let done = async {
                while !self.lines.requests().are_done() {
                    sleep(Duration::from_millis(20)).await;
                }
            };
            if timeout(LONGEST_COMMAND, done).await.is_err() {
                let requests = format!("{:?}", self.lines.requests());
                self.lines.all[2].violation(format!("neither answered nor given up: {requests}"));
                return;
            }
            sleep(Duration::from_millis(1)).await;
            let sockets = self.lines.all[2].entries().sockets;
            if sockets != 0 {
                self.lines.all[2].violation(format!("{sockets} sockets after the end of the session")); // HTTP-02
            }
        }
    }

    /// Sets levels, and closes connections that may be open; the answer is the level that was accepted last.
    pub(super) async fn operate(self, mut random: Rng) -> Option<String> {
        let mut accepted = None;
        let mut number = 0;
        while self.stay() {
            sleep(moment(&mut random, 20_000)).await;
            // Whose network is well comes back by itself, or not at all.
            let fails = |line: usize| !self.lines.all[line].entries().is_healed;
            match random.u8(0..6) {
                0..3 => {
                    number += 1;
                    let level = number.to_string();
                    if self.element.set(params::LEVEL, &*level).await.is_ok() {
                        accepted = Some(level);
                    }
                    let now = self.element.get(params::LEVEL).await.unwrap().map(|level| level.to_string());
                    if now != accepted {
                        self.lines.ledger().violation(format!("{accepted:?} was accepted, and it is {now:?}"));
                    }
                }
                3 if fails(1) => {
                    let address = ["ws://meters", "ws://meters/all"][random.usize(0..2)];
                    let line = &self.lines.all[1];
                    line.tell(|| format!("operator: {address}"));
                    line.ask(self.element.set(params::METERS_ADDRESS, address)).await.unwrap();
                }
                _ => {
                    let line = random.usize(0..2);
                    if fails(line) {
                        self.reconnect(line).await;
                    }
                }
            }
        }
        accepted
    }

    pub(super) async fn reconnect(&self, line: usize) {
        let connection = [connections::CONTROL, connections::METERS][line];
        let line = &self.lines.all[line];
        line.tell(|| "operator: reconnect".to_owned());
        line.ask(self.element.reconnect(connection)).await.unwrap();
    }
}
