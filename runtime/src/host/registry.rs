//! The elements of a host by their names.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Hosted, HostedState};
use crate::element::AnyElement;
use crate::engine::ElementState;
use crate::error::Error;

#[derive(Debug, Default)]
pub(super) struct Registry {
    entries: Mutex<BTreeMap<Arc<str>, Entry>>,
}

/// What is known of a name.
#[derive(Debug)]
enum Entry {
    /// The place is kept for an element that is to start; whoever has this number fills it.
    Kept {
        starting: bool,
        number: Arc<()>,
    },
    Started(AnyElement),
    Failed(Error),
}

/// A name that is kept for an element. Dropped before the element is there, it is free again.
#[derive(Debug)]
pub(super) struct Place {
    registry: Arc<Registry>,
    name: Arc<str>,
    number: Arc<()>,
}

impl Registry {
    fn entries(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, Entry>> {
        // A panic while the lock is held can't leave a map half changed.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a place for an element of this name.
    pub(super) fn reserve(self: &Arc<Self>, name: &Arc<str>) -> Result<Place, Error> {
        let mut entries = self.entries();
        let is_taken = match entries.get(name) {
            None | Some(Entry::Failed(_)) => false,
            Some(Entry::Kept { .. }) => true,
            Some(Entry::Started(element)) => element.status().state != ElementState::Stopped,
        };
        if is_taken {
            return Err(Error::NameTaken { element: name.to_string() });
        }
        let number = Arc::new(());
        entries.insert(Arc::clone(name), Entry::Kept { starting: false, number: Arc::clone(&number) });
        Ok(Place { registry: Arc::clone(self), name: Arc::clone(name), number })
    }

    pub(super) fn element(&self, name: &str) -> Option<AnyElement> {
        match self.entries().get(name)? {
            Entry::Started(element) => Some(element.clone()),
            Entry::Kept { .. } | Entry::Failed(_) => None,
        }
    }

    pub(super) fn elements(&self) -> Vec<AnyElement> {
        let entries = self.entries();
        let started = |entry: &Entry| if let Entry::Started(element) = entry { Some(element.clone()) } else { None };
        entries.values().filter_map(started).collect()
    }

    pub(super) fn list(&self) -> Vec<Hosted> {
        let state = |entry: &Entry| match entry {
            Entry::Kept { starting: false, .. } => HostedState::Waiting,
            Entry::Kept { starting: true, .. } => HostedState::Starting,
            Entry::Started(element) => HostedState::Started(element.status()),
            Entry::Failed(error) => HostedState::Failed(error.clone()),
        };
        self.entries().iter().map(|(name, entry)| Hosted { name: Arc::clone(name), state: state(entry) }).collect()
    }

    /// Forgets a name. Gives its element, if that has started.
    pub(super) fn remove(&self, name: &str) -> Result<Option<AnyElement>, Error> {
        let removed = self.entries().remove(name);
        removed.map(Entry::into_element).ok_or_else(|| Error::NotHosted { element: name.to_owned() })
    }

    /// Forgets all names.
    pub(super) fn clear(&self) -> Vec<AnyElement> {
        let entries = std::mem::take(&mut *self.entries());
        entries.into_values().filter_map(Entry::into_element).collect()
    }
}

impl Entry {
    fn into_element(self) -> Option<AnyElement> {
        if let Self::Started(element) = self { Some(element) } else { None }
    }

    fn is_kept_for(&self, number: &Arc<()>) -> bool {
        matches!(self, Self::Kept { number: kept, .. } if Arc::ptr_eq(kept, number))
    }
}

impl Place {
    /// The element's turn to start has come.
    pub(super) fn starting(&self) -> Result<(), Error> {
        self.fill(Entry::Kept { starting: true, number: Arc::clone(&self.number) })
    }

    /// The element has started, or failed to.
    pub(super) fn started(&self, started: Result<AnyElement, Error>) -> Result<AnyElement, Error> {
        match started {
            Ok(element) => self.fill(Entry::Started(element.clone())).map(|()| element),
            Err(error) => {
                // Whether or not anybody has stopped it meanwhile.
                let _ = self.fill(Entry::Failed(error.clone()));
                Err(error)
            }
        }
    }

    /// An error says that the element was stopped meanwhile: what fills its place is dropped, and ends with that.
    fn fill(&self, entry: Entry) -> Result<(), Error> {
        match self.registry.entries().get_mut(&self.name).filter(|kept| kept.is_kept_for(&self.number)) {
            Some(kept) => {
                *kept = entry;
                Ok(())
            }
            None => Err(Error::Stopped { element: self.name.to_string() }),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut entries = self.registry.entries();
        if entries.get(&self.name).is_some_and(|entry| entry.is_kept_for(&self.number)) {
            entries.remove(&self.name);
        }
    }
}
