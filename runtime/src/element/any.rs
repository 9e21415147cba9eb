//! [`AnyElement`]: an element whose connector is not known when the program is compiled, or does not matter.

use std::fmt;
use std::sync::Arc;

use genlock_spec::{ConnectionIndex, PairIndex, ParamIndex, Spec, TriggerIndex};
use tokio::sync::{mpsc, oneshot};

use super::{Element, ElementStatus, Events, entry};
use crate::engine::{Counters, Snapshot, StreamEntry, Until};
use crate::error::Error;
use crate::handle::Protocol;
use crate::shell::{Reach, Request};
use crate::value::Value;

/// An element of any connector: its parameters, pairs and connections go by their ids in the connector file.
///
/// For what treats all elements alike: a page that shows them, a list, a log. Made of an [`Element`] by `From`, or by
/// [`Connector::element`](crate::Connector::element) for a connector that is read at run time. It is cheap to clone,
/// and counts as a handle: the element runs as long as there is one.
///
/// ```no_run
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// # async fn example(lamp: lamp::Element) -> Result<(), genlock::Error> {
/// use genlock::AnyElement;
///
/// let elements = [AnyElement::from(&lamp)]; // of whichever connectors
/// for element in &elements {
///     let snapshot = element.snapshot().await?;
///     println!("{} is {:?}", element.name(), snapshot.state);
///     for param in snapshot.params {
///         println!("  {} = {:?}", param.pid, param.value);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AnyElement {
    name: Arc<str>,
    reach: Reach,
    spec: &'static Spec<'static>,
    pages: Shown,
}

/// How an element is shown on pages.
#[derive(Clone, Copy)]
pub(super) enum Shown {
    /// Nobody has said it: all its parameters, by their names.
    Unsaid,
    /// What generated code has. Only making an [`AnyElement`] refers to it, so that a program without any does not hold it.
    Generated(fn() -> &'static str),
    /// What was read at run time.
    Read(&'static str),
}

impl<P: Protocol> From<&Element<P>> for AnyElement {
    fn from(element: &Element<P>) -> Self {
        element.any.clone().shown(Shown::Generated(P::pages))
    }
}

impl AnyElement {
    pub(super) fn new(name: Arc<str>, reach: Reach, spec: &'static Spec<'static>) -> Self {
        Self { name, reach, spec, pages: Shown::Unsaid }
    }

    pub(super) fn shown(self, pages: Shown) -> Self {
        Self { pages, ..self }
    }

    /// The element's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this is a handle of the same element.
    #[cfg(feature = "inspector")]
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.name, &other.name)
    }

    /// The connector's Name.
    pub fn protocol_name(&self) -> &'static str {
        self.spec.text(self.spec.name)
    }

    /// The connector's Version.
    pub fn protocol_version(&self) -> &'static str {
        self.spec.text(self.spec.version)
    }

    /// The same element with the types of its connector, if that is `P`.
    pub fn typed<P: Protocol>(&self) -> Option<Element<P>> {
        // Each connector has tables of its own, so their place tells them apart.
        std::ptr::eq(self.spec, P::spec()).then(|| Element::new(self.clone()))
    }

    /// The state of the element, as [`Element::status`] has it.
    pub fn status(&self) -> ElementStatus {
        self.reach.status.now()
    }

    /// The connector's tables.
    #[doc(hidden)]
    pub fn spec(&self) -> &'static Spec<'static> {
        self.spec
    }

    /// How the element is shown on pages, as `genlock_codegen::pages::Pages::to_json` writes it.
    #[doc(hidden)]
    pub fn pages(&self) -> &'static str {
        match self.pages {
            Shown::Unsaid => "{}",
            Shown::Generated(pages) => pages(),
            Shown::Read(pages) => pages,
        }
    }

    /// The parameter's value; `None` when it is not initialised (PARAM-06).
    ///
    /// # Errors
    /// There is no such parameter ([`Error::Unknown`]), or the element is stopped ([`Error::Stopped`]).
    pub async fn get(&self, pid: u32) -> Result<Option<Value>, Error> {
        let param = self.param(pid)?;
        self.request(|reply| Request::Get { param, reply }).await
    }

    /// Sets a parameter as an operator does, as [`Element::set`] has it.
    ///
    /// # Errors
    /// There is no such parameter ([`Error::Unknown`]), the value does not fit it ([`Error::Value`]), or the element is
    /// stopped ([`Error::Stopped`]).
    pub async fn set(&self, pid: u32, value: Value) -> Result<(), Error> {
        let param = self.param(pid)?;
        self.request(|reply| Request::Set { param, value, reply }).await?
    }

    /// Sets a parameter in the name of an operator, as [`Element::set_by`] has it (QA-51).
    ///
    /// # Errors
    /// Those of [`set`](Self::set).
    pub async fn set_by(&self, user: impl Into<Arc<str>>, pid: u32, value: Value) -> Result<(), Error> {
        let (user, param) = (user.into(), self.param(pid)?);
        self.request(|reply| Request::SetBy { param, value, user, reply }).await?
    }

    /// The value that an operator means by a text: of a parameter with discreets, one of their texts or values; else a
    /// number or a text, as the parameter's type says. Its range is checked when it is set.
    ///
    /// ```no_run
    /// # async fn example(element: genlock::AnyElement) -> Result<(), genlock::Error> {
    /// element.set(7, element.entered(7, "On")?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// There is no such parameter ([`Error::Unknown`]), or it is a number and the text is none ([`Error::Value`]).
    pub fn entered(&self, pid: u32, text: &str) -> Result<Value, Error> {
        entry::value_of(self.spec, self.param(pid)?, text)
    }

    /// Presses a button: sets the parameter to the first of its discreets, which is what a button has.
    ///
    /// # Errors
    /// Those of [`set`](Self::set); the parameter has no discreets ([`Error::Value`]).
    pub async fn press(&self, pid: u32) -> Result<(), Error> {
        let value = entry::of_button(self.spec, self.param(pid)?)?;
        self.set(pid, value).await
    }

    /// Runs a trigger, as [`Element::check_trigger`] has it (QA-42).
    ///
    /// # Errors
    /// There is no such trigger ([`Error::Unknown`]), it is on the timeout of a parameter ([`Error::TriggerRefused`]), or
    /// the element is stopped ([`Error::Stopped`]).
    pub async fn check_trigger(&self, id: u32) -> Result<(), Error> {
        let position = self.spec.triggers.iter().position(|row| row.id == id);
        let trigger = indexed(position, TriggerIndex).ok_or_else(|| unknown("trigger", id))?;
        self.request(|reply| Request::CheckTrigger { trigger, reply }).await?
    }

    /// Queues a pair with the values that its parameters have, and waits for the answer, as [`Element::execute`] has it:
    /// the values of the response's parameters by their ids, secret ones included.
    ///
    /// # Errors
    /// There is no such pair ([`Error::Unknown`]), or one of those of [`Element::send`].
    pub async fn execute(&self, id: u32) -> Result<Vec<(u32, Value)>, Error> {
        let position = self.spec.pairs.iter().position(|row| row.id == id);
        let pair = indexed(position, PairIndex).ok_or_else(|| unknown("pair", id))?;
        let until = Until::Answered;
        let values = self.request(|reply| Request::Execute { pair, fill: Vec::new(), until, reply }).await??;
        Ok(values.entries.into_iter().map(|(param, value)| (self.spec.param(param).pid, value)).collect())
    }

    /// Closes a connection and opens it again, or opens it at once when it is closed (BEY-03).
    ///
    /// # Errors
    /// There is no such connection ([`Error::Unknown`]), or the element is stopped ([`Error::Stopped`]).
    pub async fn reconnect(&self, id: u32) -> Result<(), Error> {
        let connection = connection_of(self.spec, id)?;
        self.request(|reply| Request::Reconnect { connection, reply }).await?
    }

    /// What happens in the element from now on, as [`Element::events`] has it.
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn events(&self) -> Result<Events, Error> {
        self.request(|reply| Request::Events { reply }).await.map(Events::new)
    }

    /// The element's stream log from now on, as [`Element::stream`] has it (BEY-24).
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn stream(&self) -> Result<Events<StreamEntry>, Error> {
        self.request(|reply| Request::Stream { reply }).await.map(Events::new)
    }

    /// How the element is at this moment, for who looks at it from now on: ask for [`events`](Self::events) first, so
    /// that nothing is missed in between.
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn snapshot(&self) -> Result<Snapshot, Error> {
        self.request(|reply| Request::Snapshot { reply }).await
    }

    /// What the element has done since it was started.
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn counters(&self) -> Result<Counters, Error> {
        self.request(|reply| Request::Counters { reply }).await
    }

    /// Pauses the element, as [`Element::pause`] has it (LIFE-31).
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn pause(&self) -> Result<(), Error> {
        self.request(|reply| Request::Pause { reply }).await?
    }

    /// A paused element goes on, as [`Element::resume`] has it.
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn resume(&self) -> Result<(), Error> {
        self.request(|reply| Request::Resume { reply }).await?
    }

    /// Stops the element, as [`Element::stop`] has it (LIFE-32).
    ///
    /// # Errors
    /// None today; an element that is stopped already stays so.
    pub async fn stop(&self) -> Result<(), Error> {
        match self.request(|reply| Request::Stop { reply }).await {
            Ok(()) | Err(Error::Stopped { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn weak_mailbox(&self) -> mpsc::WeakSender<Request> {
        self.reach.mailbox.downgrade()
    }

    pub(super) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    pub(super) async fn request<T>(&self, make: impl FnOnce(oneshot::Sender<T>) -> Request) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        let stopped = || Error::Stopped { element: self.name.to_string() };
        self.reach.mailbox.send(make(reply)).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())
    }

    fn param(&self, pid: u32) -> Result<ParamIndex, Error> {
        param_of(self.spec, pid)
    }
}

/// The parameter with this id.
pub(super) fn param_of(spec: &Spec<'_>, pid: u32) -> Result<ParamIndex, Error> {
    let position = spec.params.iter().position(|row| row.pid == pid);
    indexed(position, ParamIndex).ok_or_else(|| unknown("parameter", pid))
}

/// The connection with this id.
pub(super) fn connection_of(spec: &Spec<'_>, id: u32) -> Result<ConnectionIndex, Error> {
    let position = spec.connections.iter().position(|row| row.id == id);
    indexed(position, ConnectionIndex).ok_or_else(|| unknown("connection", id))
}

fn indexed<I>(position: Option<usize>, index: fn(u32) -> I) -> Option<I> {
    position.and_then(|position| u32::try_from(position).ok()).map(index)
}

fn unknown(what: &str, id: u32) -> Error {
    Error::Unknown { what: format!("{what} {id}") }
}

impl fmt::Debug for AnyElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyElement").field("name", &self.name).finish_non_exhaustive()
    }
}
