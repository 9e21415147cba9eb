//! Takes clients in, each to a task of its own.

use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::client::{Ending, Service, serve};
use super::tally::Tally;
use super::{Leave, Ledger, Options};
use crate::log::{Actor, Log};

/// More clients than this are turned away.
const CLIENT_LIMIT: usize = 32;

/// The task that takes clients in.
pub(crate) struct Reception {
    pub(crate) listener: TcpListener,
    pub(crate) options: Options,
    pub(crate) tallies: watch::Receiver<Vec<Tally>>,
    pub(crate) leave: watch::Sender<Option<Leave>>,
    pub(crate) ledger: Ledger,
    pub(crate) log: Log,
}

impl Reception {
    pub(crate) async fn receive(self) {
        let mut leaving = self.leave.subscribe();
        let mut clients = JoinSet::new();
        let mut number = 0;
        let mut reboot_at = self.options.reboot_after.map(|after| Instant::now() + after);
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, from)) if clients.len() < CLIENT_LIMIT => {
                        number += 1;
                        self.log.line(Actor::Device, "connection", format_args!("client {number}: from {from}"));
                        clients.spawn(attend(stream, self.service(number)));
                    }
                    Ok((_, from)) => {
                        self.log.line(Actor::Device, "turned away", format_args!("{from}: {CLIENT_LIMIT} clients are here"));
                    }
                    Err(error) => {
                        // Out of file descriptors, as a rule: a pause lets some come back.
                        self.log.line(Actor::Device, "not accepted", error);
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                },
                Some(_) = clients.join_next() => {}
                () = sleep_until(reboot_at.unwrap_or_else(Instant::now)), if reboot_at.is_some() => {
                    reboot_at = None;
                    self.leave.send_replace(Some(Leave::Reboot));
                }
                () = shutdown(&mut leaving) => {
                    while clients.join_next().await.is_some() {}
                    self.log.line(Actor::Device, "stopped", "");
                    return;
                }
            }
        }
    }

    fn service(&self, number: u64) -> Service {
        Service {
            number,
            deflate: self.options.deflate,
            tallies: self.tallies.clone(),
            // A client that comes after a reboot is told of later changes only.
            leave: self.leave.subscribe(),
            drop_at: self.options.drop_after.filter(|_| number == 1).map(|after| Instant::now() + after),
            quiet: self.options.beat / 2,
            ledger: self.ledger.clone(),
            log: self.log.clone(),
        }
    }
}

async fn shutdown(leaving: &mut watch::Receiver<Option<Leave>>) {
    // Without a sender left nobody can keep the device running either.
    let _ = leaving.wait_for(|leave| *leave == Some(Leave::Shutdown)).await;
}

async fn attend(stream: TcpStream, service: Service) {
    let (number, log) = (service.number, service.log.clone());
    // Each message is worth a segment of its own at once.
    let outcome = match stream.set_nodelay(true) {
        Ok(()) => serve(stream, service).await,
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok((_, Ending::Closed)) => {}
        Ok((stream, Ending::BreakOff)) => {
            // With no time to linger the client gets a reset instead of an orderly end.
            if let Err(error) = stream.set_zero_linger() {
                log.line(Actor::Device, "not reset", error);
            }
        }
        Err(fault) => log.line(Actor::Device, "lost", format_args!("client {number}: {fault}")),
    }
}
