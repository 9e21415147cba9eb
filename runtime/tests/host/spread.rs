//! Starts at even distances.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use genlock::host::{HostedState, Planned};
use genlock::{Bytes, Error, Host, Store};
use tokio::time::{Instant, timeout};

use crate::lamp;

struct Silent;

impl lamp::QActions for Silent {
    fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }
}

/// Notes when its element starts.
struct Noting(Arc<Mutex<Vec<Duration>>>, Instant);

impl Store for Noting {
    fn load(&mut self) -> Vec<(u32, Bytes)> {
        self.0.lock().unwrap().push(self.1.elapsed());
        Vec::new()
    }

    fn save(&mut self, _: u32, _: Option<Bytes>) {}
}

fn lamps(count: u32, starts: &Arc<Mutex<Vec<Duration>>>) -> Vec<Planned> {
    let began = Instant::now();
    let lamp = |number| {
        lamp::element(format!("lamp {number}"), Silent)
            .connection(lamp::connections::LINK, |link| link.host("ws://127.0.0.1:1"))
            .store(Noting(Arc::clone(starts), began))
            .into()
    };
    (0..count).map(lamp).collect()
}

#[tokio::test(start_paused = true)]
async fn starts_are_spread_over_the_time_that_was_given() {
    let (host, starts) = (Host::default(), Arc::default());
    let errors = host.start_all(Duration::from_secs(10), lamps(5, &starts)).await;
    assert_eq!(errors, []);
    let seconds: Vec<u64> = starts.lock().unwrap().iter().map(Duration::as_secs).collect();
    assert_eq!(seconds, [0, 2, 4, 6, 8]);
}

#[tokio::test(start_paused = true)]
async fn a_start_that_is_given_up_leaves_the_names_free() {
    let (host, starts) = (Host::default(), Arc::default());
    let waiting = || host.list().iter().filter(|hosted| hosted.state == HostedState::Waiting).count();
    let start = host.start_all(Duration::from_secs(10), lamps(5, &starts));
    assert!(timeout(Duration::from_secs(3), start).await.is_err());
    assert_eq!((host.list().len(), waiting()), (2, 0));
    assert_eq!(host.start_all(Duration::ZERO, lamps(5, &starts)).await.len(), 2, "the two that run");
    assert_eq!(host.elements().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_stop_reaches_those_that_wait_for_their_start() {
    let (host, starts) = (Host::default(), Arc::default());
    let spread = {
        let host = host.clone();
        let lamps = lamps(5, &starts);
        async move { host.start_all(Duration::from_secs(10), lamps).await }
    };
    let spread = tokio::spawn(spread);
    tokio::time::sleep(Duration::from_secs(3)).await;
    host.stop("lamp 4").await.unwrap();
    host.stop_all().await.unwrap();
    let errors = spread.await.unwrap();
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert!(errors.iter().all(|error| matches!(error, Error::Stopped { .. })));
    assert_eq!((host.list().len(), starts.lock().unwrap().len()), (0, 2));
}

#[tokio::test(start_paused = true)]
async fn a_start_that_was_stopped_leaves_the_next_one_of_its_name_alone() {
    let (host, starts, later) = (Host::default(), Arc::default(), Arc::default());
    let spread = |starts, time| {
        let (host, lamps) = (host.clone(), lamps(5, starts));
        tokio::spawn(async move { host.start_all(Duration::from_secs(time), lamps).await })
    };
    let first = spread(&starts, 10);
    tokio::time::sleep(Duration::from_secs(3)).await;
    host.stop_all().await.unwrap();
    // Those of the first whose turns come now find places that are kept for the second.
    let second = spread(&later, 20);
    assert_eq!(first.await.unwrap().len(), 3);
    assert_eq!(second.await.unwrap(), []);
    let [starts, later] = [starts, later].map(|starts| starts.lock().unwrap().len());
    assert_eq!((starts, later, host.elements().len()), (2, 5, 5));
}
