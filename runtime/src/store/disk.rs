//! The database of a store file, opened anew after it has failed.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use redb::{Database, Error, ReadableDatabase, TableDefinition};

use super::writer::Batch;

/// Values by the element's name and the parameter's id.
const VALUES: TableDefinition<'_, (&str, u32), &[u8]> = TableDefinition::new("genlock values");

/// Opens the database.
type Open = Box<dyn Fn() -> Result<Database, Error> + Send + Sync>;

/// The database: none after a failure, because one that has failed once refuses whatever comes later.
pub(super) struct Disk {
    open: Open,
    database: Mutex<Option<Database>>,
}

impl Disk {
    pub(super) fn new(open: impl Fn() -> Result<Database, Error> + Send + Sync + 'static) -> Result<Self, Error> {
        let database = Mutex::new(Some(open()?));
        Ok(Self { open: Box::new(open), database })
    }

    fn with<T>(&self, work: impl FnOnce(&Database) -> Result<T, Error>) -> Result<T, Error> {
        // A panic of redb leaves no half of a transaction behind.
        let mut slot = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        let database = slot.take().map_or_else(&self.open, Ok)?;
        let result = work(&database)?;
        *slot = Some(database);
        Ok(result)
    }

    /// What is kept of an element.
    pub(super) fn read(&self, element: &str) -> Result<Vec<(u32, Bytes)>, Error> {
        self.with(|database| {
            let values = database.begin_read()?.open_table(VALUES)?;
            let entries = values.range((element, 0)..=(element, u32::MAX))?;
            entries
                .map(|entry| {
                    let (key, value) = entry?;
                    Ok((key.value().1, Bytes::copy_from_slice(value.value())))
                })
                .collect()
        })
    }

    /// Writes all of the batch or nothing.
    pub(super) fn write(&self, batch: &Batch) -> Result<(), Error> {
        self.with(|database| {
            let transaction = database.begin_write()?;
            {
                let mut values = transaction.open_table(VALUES)?;
                for ((element, pid), value) in batch {
                    let key = (&**element, *pid);
                    match value {
                        Some(value) => values.insert(key, &**value)?,
                        None => values.remove(key)?,
                    };
                }
            }
            Ok(transaction.commit()?)
        })
    }
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disk").field("database", &self.database).finish_non_exhaustive()
    }
}

/// Opens the file, or makes it.
pub(super) fn open(path: &Path) -> Result<Database, Error> {
    // A kill while redb makes a file leaves one that it refuses. So a new one gets its name when it is whole.
    if fs::metadata(path).map_or(0, |file| file.len()) == 0 {
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(".new");
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => drop(open_with_table(Path::new(&unfinished))?),
        }
        fs::rename(&unfinished, path)?;
    }
    open_with_table(path)
}

/// The table is there from the beginning, so that reading need not care.
fn open_with_table(path: &Path) -> Result<Database, Error> {
    let database = Database::create(path)?;
    let transaction = database.begin_write()?;
    transaction.open_table(VALUES)?;
    transaction.commit()?;
    Ok(database)
}
