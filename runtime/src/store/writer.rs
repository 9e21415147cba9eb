//! The thread that writes the values of a store file.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use bytes::Bytes;

use super::disk::Disk;

/// Values that are to be written, by the element's name and the parameter's id; `None` forgets one. There is at most one
/// entry a parameter, however fast values come.
pub(super) type Batch = BTreeMap<(Arc<str>, u32), Option<Bytes>>;

/// A file and the thread that writes it.
#[derive(Debug)]
pub(super) struct Writer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    disk: Disk,
    state: Mutex<State>,
    /// Something was asked for, or done.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: Batch,
    /// What could not be written: it is tried again with the next value.
    failed: Batch,
    /// How many saves were asked for, and how many of them were tried.
    asked: u64,
    tried: u64,
    closing: bool,
}

impl Writer {
    pub(super) fn start(disk: Disk) -> io::Result<Self> {
        let shared = Arc::new(Shared { disk, state: Mutex::default(), changed: Condvar::new() });
        let beside = Arc::clone(&shared);
        let thread = thread::Builder::new().name("genlock store".to_owned()).spawn(move || beside.run())?;
        Ok(Self { shared, thread: Some(thread) })
    }

    pub(super) fn disk(&self) -> &Disk {
        &self.shared.disk
    }

    pub(super) fn save(&self, element: Arc<str>, pid: u32, value: Option<Bytes>) {
        let mut state = self.shared.lock();
        state.waiting.insert((element, pid), value);
        state.asked += 1;
        self.shared.changed.notify_all();
    }

    /// Waits until all that was asked for before has been tried.
    pub(super) fn flush(&self) {
        let mut state = self.shared.lock();
        let asked = state.asked;
        while state.tried < asked {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.lock().closing = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A thread that has panicked has nothing left to write.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic while the lock is held can't leave a map half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let mut state = self.lock();
        loop {
            if state.waiting.is_empty() {
                if state.closing {
                    return;
                }
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let mut batch = std::mem::take(&mut state.failed);
            batch.append(&mut state.waiting); // newer values win
            let asked = state.asked;
            drop(state); // nobody waits for the disk
            let written = self.disk.write(&batch);
            state = self.lock();
            if let Err(error) = written {
                // SAVE-11
                tracing::error!(target: "genlock::store", "{} saved parameters are not on disk yet: {error}", batch.len());
                state.failed = batch;
            }
            state.tried = asked;
            self.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use redb::{Database, TableDefinition};

    use super::super::disk::{Disk, open};
    use super::*;

    #[test]
    fn save_11_what_could_not_be_written_is_tried_again_with_the_next_value() {
        let path = std::env::temp_dir().join(format!("genlock-writer-{}", std::process::id()));
        let (good, bad) = (path.with_extension("good"), path.with_extension("bad"));
        // The first file refuses every write: its table is of another type.
        let database = Database::create(&bad).unwrap();
        let transaction = database.begin_write().unwrap();
        transaction.open_table(TableDefinition::<u32, u32>::new("genlock values")).unwrap();
        transaction.commit().unwrap();
        drop(database);
        let mended = AtomicBool::new(false);
        let again = (good.clone(), bad.clone());
        let disk = Disk::new(move || {
            if mended.swap(true, Ordering::Relaxed) { open(&again.0) } else { Ok(Database::open(&again.1)?) }
        });

        let writer = Writer::start(disk.unwrap()).unwrap();
        writer.save("element".into(), 1, Some("a".into()));
        writer.flush(); // it does not wait for what fails
        writer.save("element".into(), 2, Some("b".into()));
        writer.flush();
        assert_eq!(writer.disk().read("element").unwrap(), [(1, "a".into()), (2, "b".into())]);
        drop(writer);
        for path in [good, bad] {
            std::fs::remove_file(path).unwrap();
        }
    }
}
