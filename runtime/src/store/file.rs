//! [`StoreFile`]: saved parameters in a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use super::Store;
use super::disk::{Disk, open};
use super::writer::Writer;

/// Why a file can't be used as a store.
#[derive(Debug, thiserror::Error)]
#[error(
    "saved parameters can't be kept in `{path}`: {reason}; name a file of this store or a new one, in a folder that is \
     there, which no other process has open"
)]
pub struct StoreError {
    path: PathBuf,
    reason: String,
}

/// A file that keeps the saved parameters of any number of elements (feature `store-redb`).
///
/// It survives a kill of the process at any moment: what it has is always what was saved up to some moment. Saving hands
/// the value to a thread of the file's own, so no element waits for a disk; values that come faster than the disk takes
/// them are written together. [`flush`](ElementStore::flush), a stop of the element and the end of the last handle wait
/// until all is on disk. A failure to write is logged, and tried again together with the next value (SAVE-11).
///
/// ```no_run
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// # struct Driver;
/// # impl lamp::QActions for Driver {
/// #     fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
/// #         Ok(())
/// #     }
/// # }
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let file = genlock::StoreFile::open("lamps.redb")?;
/// let first = lamp::element("lamp 1", Driver)
///     .connection(lamp::connections::LINK, |link| link.host("ws://10.0.0.1"))
///     .store(file.element("lamp 1"))
///     .start()
///     .await?;
/// # first.stop().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct StoreFile {
    writer: Arc<Writer>,
}

impl StoreFile {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// The file is something else, its folder is not there, or another process has it open.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let refused = |error: redb::Error| StoreError { path: path.to_owned(), reason: error.to_string() };
        let again = path.to_owned();
        let disk = Disk::new(move || open(&again)).map_err(refused)?;
        let writer = Writer::start(disk).map_err(|error| refused(error.into()))?;
        Ok(Self { writer: Arc::new(writer) })
    }

    /// The part of the file that belongs to the element of this name.
    pub fn element(&self, name: impl Into<Arc<str>>) -> ElementStore {
        ElementStore { file: self.clone(), element: name.into() }
    }
}

/// The saved parameters of one element in a [`StoreFile`].
#[derive(Debug)]
pub struct ElementStore {
    file: StoreFile,
    element: Arc<str>,
}

impl ElementStore {
    /// Waits until all that was saved is on disk, or was tried and logged.
    pub fn flush(&self) {
        self.file.writer.flush();
    }
}

impl Store for ElementStore {
    fn load(&mut self) -> Vec<(u32, Bytes)> {
        self.flush();
        self.file.writer.disk().read(&self.element).unwrap_or_else(|error| {
            let element = &*self.element;
            tracing::error!(target: "genlock::store", element, "saved parameters can't be read, and defaults are used: {error}");
            Vec::new()
        })
    }

    fn save(&mut self, pid: u32, value: Option<Bytes>) {
        self.file.writer.save(Arc::clone(&self.element), pid, value);
    }
}

impl Drop for ElementStore {
    fn drop(&mut self) {
        self.flush();
    }
}
