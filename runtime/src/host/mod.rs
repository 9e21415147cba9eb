//! Several elements in one process: started together, found by name, stopped together.
//!
//! A [`Host`] keeps elements of whichever connectors. Each has a task of its own, and nothing that happens to one is
//! felt by another: a hook that panics, a start that fails or takes long, a device that cannot be reached.

mod defaults;
mod planned;
mod registry;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

pub use self::defaults::Defaults;
pub use self::planned::Planned;
use self::registry::{Place, Registry};
use crate::context::EntryPoints;
use crate::element::{AnyElement, Element, ElementBuilder, ElementStatus};
use crate::error::Error;
use crate::handle::Protocol;
use crate::panic::panic_text;

/// Several elements of whichever connectors, in one process.
///
/// It keeps a handle of each, so they run until they are stopped, or until the last clone of the host is dropped. It is
/// cheap to clone.
///
/// ```no_run
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// # struct Driver;
/// #
/// # impl lamp::QActions for Driver {
/// #     fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
/// #         Ok(())
/// #     }
/// # }
/// # async fn example() -> Result<(), genlock::Error> {
/// use std::time::Duration;
///
/// use genlock::Host;
/// use genlock::host::Defaults;
///
/// let defaults = Defaults::default().connections(|link| link.timeout(Duration::from_secs(2)));
/// let host = Host::new(defaults);
/// let lamps = (1..=200).map(|number| {
///     lamp::element(format!("lamp {number}"), Driver)
///         .connection(lamp::connections::LINK, |link| link.host(format!("ws://10.0.0.{number}")))
/// });
/// for error in host.start_all(Duration::from_secs(20), lamps).await {
///     eprintln!("{error}"); // the others run
/// }
///
/// if let Some(lamp) = host.get::<lamp::Protocol>("lamp 7") {
///     lamp.set(lamp::params::LEVEL, 50).await?; // typed
/// }
///
/// for hosted in host.list() {
///     println!("{}: {:?}", hosted.name, hosted.state);
/// }
/// host.stop_all().await
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Host {
    defaults: Arc<Defaults>,
    registry: Arc<Registry>,
}

/// An element of a [`Host`], as its list has it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hosted {
    /// The element's name.
    pub name: Arc<str>,
    /// Where it is.
    pub state: HostedState,
}

/// Where an element of a [`Host`] is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum HostedState {
    /// Its turn to start has not come.
    Waiting,
    /// It is being started.
    Starting,
    /// It was started; its status says whether it still runs.
    Started(ElementStatus),
    /// Its start failed.
    Failed(Error),
}

impl Default for Host {
    fn default() -> Self {
        Self::new(Defaults::default())
    }
}

impl Host {
    /// A host without elements.
    pub fn new(defaults: Defaults) -> Self {
        Self { defaults: Arc::new(defaults), registry: Arc::default() }
    }

    /// Starts one element. Its name must be free; that of an element that has stopped, or failed to start, is.
    ///
    /// # Errors
    /// There is an element of this name ([`Error::NameTaken`]), its start panicked ([`Error::Settings`]), or it failed as
    /// [`ElementBuilder::start`] says.
    pub async fn start<P: Protocol + EntryPoints<S>, S: Send + 'static>(
        &self,
        element: ElementBuilder<P, S>,
    ) -> Result<Element<P>, Error> {
        self.start_any(element).await.map(Element::new)
    }

    /// Starts one element of whichever connector, as [`start`](Self::start) has it.
    ///
    /// # Errors
    /// Those of [`start`](Self::start).
    pub async fn start_any(&self, element: impl Into<Planned>) -> Result<AnyElement, Error> {
        let planned = element.into();
        let place = self.registry.reserve(planned.name())?;
        self.start_in(place, planned).await
    }

    /// Starts many elements, of one connector or, as [`Planned`], of several, one after the other at even distances over
    /// `time`, so that their devices and the network are not asked all at once. It ends when the last one has started,
    /// and gives the errors of those that did not; the others run. When it is dropped, those whose turn has not come
    /// are not started, and one whose start is under way is stopped.
    pub async fn start_all<B: Into<Planned>>(
        &self,
        time: Duration,
        elements: impl IntoIterator<Item = B>,
    ) -> Vec<Error> {
        let mut errors = Vec::new();
        let mut waiting = Vec::new();
        for planned in elements.into_iter().map(Into::into) {
            match self.registry.reserve(planned.name()) {
                Ok(place) => waiting.push((place, planned)),
                Err(error) => errors.push(error),
            }
        }
        let distance = u32::try_from(waiting.len()).map_or(Duration::ZERO, |count| time / count.max(1));
        let mut starts = JoinSet::new();
        #[expect(clippy::disallowed_methods, reason = "when elements start is the host's to say")]
        let mut turn = Instant::now();
        for (place, planned) in waiting {
            #[expect(clippy::disallowed_methods, reason = "when elements start is the host's to say")]
            sleep_until(turn).await;
            turn += distance;
            let host = self.clone();
            // A start that takes long holds up no other.
            starts.spawn(async move { host.start_in(place, planned).await });
        }
        while let Some(started) = starts.join_next().await {
            // The task does not panic, as the start's own panic is caught in it.
            errors.extend(started.ok().and_then(Result::err));
        }
        errors
    }

    async fn start_in(&self, place: Place, planned: Planned) -> Result<AnyElement, Error> {
        place.starting()?;
        // On a task of its own: the first hooks run before `start` returns, and one that blocks or panics is not ours.
        let defaults = Arc::clone(&self.defaults);
        let name = Arc::clone(planned.name());
        let started = tokio::spawn(async move { planned.start(&defaults) }).await.unwrap_or_else(|ended| {
            let panic = ended.try_into_panic().ok();
            let text = panic.as_deref().map_or("the runtime shuts down", panic_text);
            Err(Error::Settings { element: name.to_string(), reason: format!("its start panicked: {text}") })
        });
        place.started(started)
    }

    /// The element of this name, if it has started and is one of protocol `P`.
    pub fn get<P: Protocol>(&self, name: &str) -> Option<Element<P>> {
        self.element(name)?.typed()
    }

    /// The element of this name, if it has started.
    pub fn element(&self, name: &str) -> Option<AnyElement> {
        self.registry.element(name)
    }

    /// All elements that have started, by name.
    pub fn elements(&self) -> Vec<AnyElement> {
        self.registry.elements()
    }

    /// All elements and where they are, by name. It asks none of them, so none can hold it up.
    pub fn list(&self) -> Vec<Hosted> {
        self.registry.list()
    }

    /// Stops an element and forgets it. One whose start is under way, or whose turn to start has not come, is stopped as
    /// well.
    ///
    /// # Errors
    /// There is no element of this name ([`Error::NotHosted`]), or it has not stopped in time, which is 5 s or what
    /// [`Defaults::stop_time`] says, because a hook of its own holds it ([`Error::StillRunning`]); it stops when that
    /// returns.
    pub async fn stop(&self, name: &str) -> Result<(), Error> {
        let element = self.registry.remove(name)?;
        stop_within(self.defaults.stop_time, element.into_iter().collect()).await
    }

    /// Stops all elements, at the same time, and forgets them. It takes no longer than one of them may.
    ///
    /// # Errors
    /// Some have not stopped in time because hooks of their own hold them ([`Error::StillRunning`]); each stops when
    /// its hook returns.
    pub async fn stop_all(&self) -> Result<(), Error> {
        stop_within(self.defaults.stop_time, self.registry.clear()).await
    }
}

async fn stop_within(time: Duration, elements: Vec<AnyElement>) -> Result<(), Error> {
    let mut stops = JoinSet::new();
    for element in elements {
        stops.spawn(bounded_stop(time, element));
    }
    let mut left = Vec::new();
    while let Some(stopped) = stops.join_next().await {
        left.extend(stopped.ok().flatten());
    }
    left.sort_unstable();
    if left.is_empty() { Ok(()) } else { Err(Error::StillRunning { elements: left }) }
}

/// The element's name, if it has not stopped in time.
#[expect(clippy::disallowed_methods, reason = "the bound is the host's: the element is held by a hook when it counts")]
async fn bounded_stop(time: Duration, element: AnyElement) -> Option<String> {
    timeout(time, element.stop()).await.is_err().then(|| element.name().to_owned())
}
