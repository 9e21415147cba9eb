//! [`Elements`]: what the page shows.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;

use super::hub::Hub;
use crate::element::{AnyElement, Element};
use crate::handle::Protocol;
use crate::host::Host;

/// The elements that a page shows, in their order. It is cheap to clone, and all clones are one list: elements come and go
/// while the page is served.
///
/// The list keeps its elements running, as every handle does; one that was stopped stays listed until it is removed. Made
/// of a [`Host`], it follows the host: what is started and stopped there comes and goes here.
///
/// ```
/// use genlock::inspector::Elements;
///
/// let elements = Elements::default();
/// assert!(!elements.remove("camera 1")); // it was not there
/// ```
#[derive(Clone, Default)]
pub struct Elements {
    list: Arc<RwLock<List>>,
}

#[derive(Default)]
struct List {
    listed: Vec<Arc<Listed>>,
    /// The key of the next one.
    next: u64,
    /// Up to how many elements are followed at once, and until when; while the page is served.
    followed: Option<(usize, watch::Receiver<bool>)>,
    /// Whose elements these are, if not those of single calls.
    host: Option<Host>,
}

/// An element in the list.
pub(super) struct Listed {
    /// What addresses call it: two elements may have the same name.
    pub(super) key: u64,
    pub(super) element: AnyElement,
    pub(super) hub: Hub,
}

impl Elements {
    /// Adds an element at the end.
    pub fn add(&self, element: impl Into<AnyElement>) {
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        list.add(element.into());
        list.follow();
    }

    /// Removes the elements of this name. Answers whether there was one.
    pub fn remove(&self, name: &str) -> bool {
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        let before = list.listed.len();
        list.listed.retain(|listed| listed.element.name() != name);
        list.listed.len() < before
    }

    /// The page is served from now on.
    pub(super) fn begin(&self, watched: usize, closing: &watch::Receiver<bool>) {
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        list.followed = Some((watched, closing.clone()));
        list.renew();
        list.follow();
    }

    /// The element with this key.
    pub(super) fn get(&self, key: u64) -> Option<Arc<Listed>> {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        list.listed.iter().find(|listed| listed.key == key).cloned()
    }

    /// All of them.
    pub(super) fn all(&self) -> Vec<Arc<Listed>> {
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        list.renew();
        list.listed.clone()
    }
}

impl List {
    fn add(&mut self, element: AnyElement) {
        let listed = Arc::new(Listed { key: self.next, hub: Hub::new(element.clone()), element });
        self.next += 1;
        self.listed.push(listed);
    }

    /// What the host has now.
    fn renew(&mut self) {
        let Some(host) = &self.host else { return };
        // By name: a host has each once. A thousand elements are looked at every two seconds.
        let mut hosted: BTreeMap<String, AnyElement> =
            host.elements().into_iter().map(|element| (element.name().to_owned(), element)).collect();
        self.listed.retain(|listed| hosted.get(listed.element.name()).is_some_and(|now| now.is(&listed.element)));
        for listed in &self.listed {
            hosted.remove(listed.element.name());
        }
        if !hosted.is_empty() {
            for element in hosted.into_values() {
                self.add(element);
            }
            self.follow();
        }
    }

    /// Few elements are followed before anybody looks.
    fn follow(&self) {
        if let Some((watched, closing)) = &self.followed
            && self.listed.len() <= *watched
        {
            self.listed.iter().for_each(|listed| listed.hub.follow(closing));
        }
    }
}

impl From<&Self> for Elements {
    fn from(elements: &Self) -> Self {
        elements.clone()
    }
}

impl From<&Host> for Elements {
    fn from(host: &Host) -> Self {
        let list = Self::default();
        list.list.write().unwrap_or_else(PoisonError::into_inner).host = Some(host.clone());
        list
    }
}

impl<E: Into<AnyElement>> FromIterator<E> for Elements {
    fn from_iter<I: IntoIterator<Item = E>>(elements: I) -> Self {
        let list = Self::default();
        elements.into_iter().for_each(|element| list.add(element));
        list
    }
}

impl<E: Into<AnyElement>, const N: usize> From<[E; N]> for Elements {
    fn from(elements: [E; N]) -> Self {
        elements.into_iter().collect()
    }
}

impl<E: Into<AnyElement>> From<Vec<E>> for Elements {
    fn from(elements: Vec<E>) -> Self {
        elements.into_iter().collect()
    }
}

impl From<&[AnyElement]> for Elements {
    fn from(elements: &[AnyElement]) -> Self {
        elements.iter().cloned().collect()
    }
}

impl From<&Vec<AnyElement>> for Elements {
    fn from(elements: &Vec<AnyElement>) -> Self {
        elements.as_slice().into()
    }
}

impl<P: Protocol> From<&[Element<P>]> for Elements {
    fn from(elements: &[Element<P>]) -> Self {
        elements.iter().collect()
    }
}

impl<P: Protocol> From<&Vec<Element<P>>> for Elements {
    fn from(elements: &Vec<Element<P>>) -> Self {
        elements.as_slice().into()
    }
}

impl fmt::Debug for Elements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all().iter().map(|listed| listed.element.name().to_owned())).finish()
    }
}
