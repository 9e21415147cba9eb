//! Where the values of saved parameters are kept.

#[cfg(feature = "store-redb")]
mod disk;
#[cfg(feature = "store-redb")]
mod file;
#[cfg(feature = "store-redb")]
mod writer;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

#[cfg(feature = "store-redb")]
pub use self::file::{ElementStore, StoreError, StoreFile};

/// Keeps the values of parameters with `save="true"` (SAVE-02) over a restart of the element.
///
/// Values are bytes, as a device would send them: what they mean, the parameter's `Interprete` says (SAVE-03). It is called
/// on the element's task: an implementation that may take long hands the work on, as `StoreFile` does (feature
/// `store-redb`).
///
/// ```no_run
/// use std::{fs, path::PathBuf};
///
/// use genlock::Bytes;
///
/// /// One file a parameter.
/// struct Folder(PathBuf);
///
/// impl genlock::Store for Folder {
///     fn load(&mut self) -> Vec<(u32, Bytes)> {
///         let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
///         let value = |entry: fs::DirEntry| {
///             Some((entry.file_name().to_str()?.parse().ok()?, fs::read(entry.path()).ok()?.into()))
///         };
///         entries.filter_map(value).collect()
///     }
///
///     fn save(&mut self, pid: u32, value: Option<Bytes>) {
///         let path = self.0.join(pid.to_string());
///         let done = match value {
///             Some(value) => fs::write(path, value),
///             None => fs::remove_file(path),
///         };
///         if let Err(error) = done {
///             eprintln!("parameter {pid} was not saved: {error}");
///         }
///     }
/// }
/// ```
pub trait Store: Send + 'static {
    /// The values that are kept, by parameter id.
    fn load(&mut self) -> Vec<(u32, Bytes)>;

    /// Keeps a parameter's value, or forgets it. A failure is the store's to report; the element goes on (SAVE-11).
    fn save(&mut self, pid: u32, value: Option<Bytes>);
}

/// A store in memory. Clones share their values, so that an element that is started with a clone of the store of an
/// earlier one finds that one's values.
///
/// ```
/// use genlock::{MemoryStore, Store};
///
/// let mut store = MemoryStore::default();
/// store.save(8, Some("x-nmos/events/ws".into()));
/// assert_eq!(store.clone().load(), [(8, "x-nmos/events/ws".into())]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    values: Arc<Mutex<BTreeMap<u32, Bytes>>>,
}

impl Store for MemoryStore {
    fn load(&mut self) -> Vec<(u32, Bytes)> {
        // A panic while the lock is held can't leave a map half changed.
        let values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        values.iter().map(|(pid, value)| (*pid, value.clone())).collect()
    }

    fn save(&mut self, pid: u32, value: Option<Bytes>) {
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        match value {
            Some(value) => values.insert(pid, value),
            None => values.remove(&pid),
        };
    }
}
