//! [`Elements`]: what the page shows.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;

use super::hub::Hub;
use crate::element::{AnyElement, Element};
use crate::handle::Protocol;

/// The elements that a page shows, in their order. It is cheap to clone, and all clones are one list: elements come and go
/// while the page is served.
///
/// The list keeps its elements running, as every handle does; one that was stopped stays listed until it is removed.
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
        let element = element.into();
        let listed = Arc::new(Listed { key: list.next, hub: Hub::new(element.clone()), element });
        list.next += 1;
        list.listed.push(listed);
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
        list.follow();
    }

    /// The element with this key.
    pub(super) fn get(&self, key: u64) -> Option<Arc<Listed>> {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        list.listed.iter().find(|listed| listed.key == key).cloned()
    }

    /// All of them.
    pub(super) fn all(&self) -> Vec<Arc<Listed>> {
        self.list.read().unwrap_or_else(PoisonError::into_inner).listed.clone()
    }
}

impl List {
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
