//! A store file survives a kill of its process at any moment (SAVE-02).
//!
//! The test runs itself as a child process, which saves without end and says which values are on disk, and kills it at
//! random moments.

#![cfg(feature = "store-redb")]
#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]
#![expect(clippy::disallowed_methods, reason = "the moments of the kills are real ones")]

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use genlock::{Bytes, Store, StoreFile};

const KILLS: u32 = 200;
const LONGEST: Duration = Duration::from_secs(300);
const PATH: &str = "GENLOCK_TEST_STORE";
const PARAMS: u32 = 4;
const SAID: &str = "on disk ";

/// What the child does: parameter n of round k is k, saved in the order of the parameters.
#[test]
#[ignore = "run by the other test, as a process of its own"]
fn saves_until_it_is_killed() {
    let Some(path) = std::env::var_os(PATH) else { return };
    let file = StoreFile::open(path).unwrap();
    let mut store = file.element("killed");
    let saved = store.load();
    // A round that the last kill interrupted is done once more, so that no parameter misses it.
    let oldest = saved.iter().map(|(_, value)| number(value)).min();
    let first = oldest.filter(|_| saved.len() == PARAMS as usize).unwrap_or_default();
    for round in first + 1.. {
        for pid in 1..=PARAMS {
            store.save(pid, Some(Bytes::from(round.to_string())));
        }
        if round % 3 == 0 {
            store.flush();
            println!("{SAID}{round}");
            std::io::stdout().flush().unwrap();
        }
    }
}

fn number(value: &[u8]) -> u64 {
    str::from_utf8(value).unwrap().parse().unwrap()
}

/// A path of the test's own.
fn path(test: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("genlock-store-{}-{test}", std::process::id()));
    let _ = std::fs::remove_file(&path);
    path
}

#[test]
fn save_02_a_store_file_survives_a_kill_at_any_moment() {
    let path = path("killed");
    let begun = Instant::now();
    let (mut promised, mut most) = (0, 0);
    for kill in 0..KILLS {
        assert!(begun.elapsed() < LONGEST, "{kill} kills took too long");
        if kill % 4 == 0 {
            let _ = std::fs::remove_file(&path); // the moments in which the file is made count too
            promised = 0;
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "saves_until_it_is_killed"])
            .env(PATH, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // From before the file is open to some commits later.
        std::thread::sleep(Duration::from_micros(fastrand::u64(..40_000)));
        child.kill().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = output.map_while(Result::ok).filter_map(|line| line.strip_prefix(SAID)?.parse().ok());
        promised = said.max().unwrap_or(promised);
        most = most.max(promised);
        child.wait().unwrap();

        let values = StoreFile::open(&path).unwrap().element("killed").load();
        let rounds: Vec<u64> = values.iter().map(|(_, value)| number(value)).collect();
        let (newest, oldest) = (rounds.iter().max().copied(), rounds.iter().min().copied());
        assert!(oldest.unwrap_or_default() >= promised, "kill {kill}: {rounds:?} where {promised} was on disk");
        assert!(newest.zip(oldest).is_none_or(|(newest, oldest)| newest - oldest <= 1), "kill {kill}: {rounds:?}");
        assert!(rounds.is_sorted_by(|earlier, later| earlier >= later), "kill {kill}: a later save without {rounds:?}");
        assert!(rounds.is_empty() || rounds.len() == PARAMS as usize || newest == Some(1), "kill {kill}: {rounds:?}");
    }
    let _ = std::fs::remove_file(path.with_extension("new")); // of a kill before the file was there
    assert!(most > 0, "no child lived long enough to save anything");
    let _ = std::fs::remove_file(path);
}

#[test]
fn elements_share_a_file_and_see_their_own_values() {
    let path = path("shared");
    let file = StoreFile::open(&path).unwrap();
    let (mut first, mut second) = (file.element("first"), file.element("second"));
    first.save(8, Some("a".into()));
    first.save(7, Some("b".into()));
    second.save(8, Some("c".into()));
    first.save(7, None);
    assert_eq!(first.load(), [(8, "a".into())]);
    drop((first, second, file));
    assert_eq!(StoreFile::open(&path).unwrap().element("second").load(), [(8, "c".into())]);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn save_11_a_file_that_is_no_store_is_refused_by_name() {
    let path = path("text");
    std::fs::write(&path, "not a store").unwrap();
    let error = StoreFile::open(&path).unwrap_err().to_string();
    assert!(error.starts_with("saved parameters can't be kept in `") && error.contains("-text`: "), "{error}");
    std::fs::remove_file(path).unwrap();
}
