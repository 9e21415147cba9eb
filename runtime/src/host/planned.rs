//! [`Planned`]: an element that a host is to start, whichever connector it is of.

use std::fmt;
use std::sync::Arc;

use super::Defaults;
use crate::element::AnyElement;
use crate::error::Error;

/// An element that a [`Host`](super::Host) is to start; made of an
/// [`ElementBuilder`](crate::ElementBuilder) or an [`AnyElementBuilder`](crate::AnyElementBuilder) by `From`. With it, elements of
/// several connectors go into one list:
///
/// ```no_run
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// # mod camera { genlock::include_protocol!("docs/lamp.xml"); }
/// # struct Driver;
/// # impl lamp::QActions for Driver {
/// #     fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult { Ok(()) }
/// # }
/// # impl camera::QActions for Driver {
/// #     fn parse_answer(_: &mut camera::Context<'_, Self>) -> genlock::HookResult { Ok(()) }
/// # }
/// # async fn example(host: genlock::Host) {
/// use genlock::host::Planned;
///
/// let studio = [Planned::from(lamp::element("lamp 1", Driver)), camera::element("camera 1", Driver).into()];
/// let errors = host.start_all(std::time::Duration::ZERO, studio).await;
/// # }
/// ```
#[must_use = "a host starts it"]
pub struct Planned {
    name: Arc<str>,
    start: Box<Start>,
}

type Start = dyn FnOnce(&Defaults) -> Result<AnyElement, Error> + Send;

impl Planned {
    pub(crate) fn new(
        name: Arc<str>,
        start: impl FnOnce(&Defaults) -> Result<AnyElement, Error> + Send + 'static,
    ) -> Self {
        Self { name, start: Box::new(start) }
    }

    pub(super) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(super) fn start(self, defaults: &Defaults) -> Result<AnyElement, Error> {
        (self.start)(defaults)
    }
}

impl fmt::Debug for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Planned").field("name", &self.name).finish_non_exhaustive()
    }
}
