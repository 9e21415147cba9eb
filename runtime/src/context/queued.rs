//! [`QueuedContext`]: what a hook can do that runs beside the element (QA-22).

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::task::{self, Poll};

use tokio::sync::{mpsc, oneshot};

use super::runner::report_if_slow;
use super::{Context, Entry, EntryPoints, Queued};
use crate::engine::{Call, Engine};
use crate::error::{Error, HookError};
use crate::handle::{Connection, Param, Protocol, Trigger};
use crate::panic::panic_text;
use crate::shell::{Clock, Request};
use crate::value::{IntoValue, ParamType};

/// Work for an element's task: it gets the engine, the user's state, whose type only its maker knows, and the clock if
/// there is one.
pub(crate) type Inside = Box<dyn FnOnce(&mut Engine<'static>, &mut dyn Any, Option<&mut Clock>) + Send>;

/// How a queued hook reaches its element. It does not keep it alive.
pub(crate) type Mailbox = mpsc::WeakSender<Request>;

/// What a queued hook can reach: it owns this, and may keep it as long as it likes.
///
/// The hook runs beside the element, which goes on meanwhile: every call goes through the element's mailbox, is carried
/// out between two events and takes effect as in other hooks. Two runs of one hook may overlap (QA-23); the state is
/// reached by one of them at a time, in [`with`](Self::with). Once the element has stopped, every call answers
/// [`Error::Inactive`](crate::Error::Inactive), so a hook that uses `?` ends by itself (QA-56); one that has not ended ten
/// seconds later is dropped where it waits.
///
/// ```no_run
/// # mod probe { genlock::protocol! { r#"<Protocol>
/// #     <Name>Probe</Name><Version>1.0.0.1</Version><ElementType>Probe</ElementType><Type>virtual</Type>
/// #     <Params>
/// #         <Param id="1"><Name>Host</Name><Type>write</Type><Interprete>
/// #             <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
/// #         </Interprete></Param>
/// #         <Param id="2"><Name>Address</Name><Type>read</Type><Interprete>
/// #             <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
/// #         </Interprete></Param>
/// #     </Params>
/// #     <QActions><QAction id="1" name="Look Up" encoding="csharp" triggers="1" options="queued"/></QActions>
/// # </Protocol>"# } }
/// struct Driver {
///     lookups: u64,
/// }
///
/// impl probe::QActions for Driver {
///     /// <QAction id="1" name="Look Up" triggers="1" options="queued">
///     async fn look_up(cx: probe::QueuedContext<Self>) -> genlock::HookResult {
///         let Some(host) = cx.get(probe::params::HOST).await? else { return Ok(()) };
///         let mut addresses = tokio::net::lookup_host((host.as_str(), 80)).await?; // the element goes on meanwhile
///         let Some(address) = addresses.next() else { return Err("no address".into()) };
///         cx.set(probe::params::ADDRESS, address.ip().to_string()).await?;
///         cx.with(|cx| cx.state.lookups += 1).await?;
///         Ok(())
///     }
/// }
/// ```
pub struct QueuedContext<P, S> {
    call: Arc<Call>,
    element: Arc<str>,
    mailbox: Mailbox,
    protocol: PhantomData<fn() -> (P, S)>,
}

impl<P: EntryPoints<S>, S: Send + 'static> QueuedContext<P, S> {
    pub(crate) fn new(call: Arc<Call>, element: Arc<str>, mailbox: Mailbox) -> Self {
        Self { call, element, mailbox, protocol: PhantomData }
    }

    /// Does work inside the element, with all that other hooks have: the state, and [`Context`]. Nothing else happens in
    /// the element meanwhile, so what is read and set here belongs together. The work should be short: the element waits
    /// for it.
    ///
    /// # Errors
    /// The element has stopped ([`Error::Inactive`](crate::Error::Inactive)).
    ///
    /// # Panics
    /// When `work` does; the panic goes on in the hook, and ends this run of it.
    pub async fn with<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Context<'_, P, S>) -> R + Send + 'static,
    ) -> Result<R, HookError> {
        let inactive = || Error::Inactive { element: self.element.to_string() };
        let (reply, answer) = oneshot::channel();
        let call = Arc::clone(&self.call);
        let inside: Inside = Box::new(move |engine, state, clock| {
            let Some(state) = state.downcast_mut::<S>() else { return };
            let mut context = Context { state, engine, call: &call, protocol: PhantomData };
            let result = catch_unwind(AssertUnwindSafe(|| work(&mut context)));
            report_if_slow(clock, engine, &call);
            // A hook that was dropped meanwhile waits for nothing.
            let _ = reply.send(result);
        });
        let mailbox = self.mailbox.upgrade().ok_or_else(inactive)?;
        mailbox.send(Request::Inside(inside)).await.map_err(|_| inactive())?;
        drop(mailbox); // an element whose last handle is dropped stops, whatever its hooks wait for
        match answer.await {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Err(inactive().into()),
        }
    }

    /// [`Context::get`].
    ///
    /// # Errors
    /// The element has stopped.
    pub async fn get<T: ParamType + Send>(&self, param: Param<P, T>) -> Result<Option<T>, HookError> {
        self.with(move |cx| cx.get_detached(param)).await
    }

    /// [`Context::set`].
    ///
    /// # Errors
    /// The value does not fit the parameter, or the element has stopped.
    pub async fn set<T: 'static>(&self, param: Param<P, T>, value: impl IntoValue<T>) -> Result<(), HookError> {
        let value = value.into_value();
        self.with(move |cx| cx.set_index(param.index(), value)).await?
    }

    /// [`Context::clear`].
    ///
    /// # Errors
    /// The element has stopped.
    pub async fn clear<T: 'static>(&self, param: Param<P, T>) -> Result<(), HookError> {
        self.with(move |cx| cx.clear(param)).await
    }

    /// [`Context::check_trigger`].
    ///
    /// # Errors
    /// The trigger is on the timeout of a parameter, or the element has stopped.
    pub async fn check_trigger(&self, trigger: Trigger<P>) -> Result<(), HookError> {
        self.with(move |cx| cx.check_trigger(trigger)).await?
    }

    /// [`Context::reconnect`].
    ///
    /// # Errors
    /// The element has stopped.
    pub async fn reconnect(&self, connection: Connection<P>) -> Result<(), HookError> {
        self.with(move |cx| cx.reconnect(connection)).await
    }

    /// [`Context::log`].
    ///
    /// # Errors
    /// The element has stopped.
    pub async fn log(&self, line: impl fmt::Display) -> Result<(), HookError> {
        let line = line.to_string();
        self.with(move |cx| cx.log(line)).await
    }

    /// The element's name.
    pub fn element_name(&self) -> &str {
        &self.element
    }

    /// Whether the element still runs (QA-52); each call finds out by itself.
    pub fn is_active(&self) -> bool {
        self.mailbox.upgrade().is_some_and(|mailbox| !mailbox.is_closed())
    }
}

impl<P: Protocol, S> fmt::Debug for QueuedContext<P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QueuedContext")
            .field("element", &self.element)
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

/// A run of a queued hook, to be polled beside the element.
pub(crate) struct QueuedRun {
    call: Arc<Call>,
    future: Queued,
}

impl QueuedRun {
    /// Begins the run of `call`; none when its hook is not a queued one.
    pub(crate) fn new<P: EntryPoints<S>, S: Send + 'static>(
        call: Call,
        engine: &Engine<'static>,
        mailbox: Mailbox,
    ) -> Option<Self> {
        let position = engine.spec().hook(call.hook).entry;
        let Some(Entry::Queued(entry)) = P::entry(position, true) else { return None };
        let call = Arc::new(call);
        let future = entry(QueuedContext::new(Arc::clone(&call), engine.shared_name(), mailbox));
        Some(Self { call, future })
    }

    /// The end of the run: why it failed, if it did. A panic ends it like an error (QA-34).
    pub(crate) fn poll_end(&mut self, cx: &mut task::Context<'_>) -> Poll<Option<String>> {
        let polled = catch_unwind(AssertUnwindSafe(|| self.future.as_mut().poll(cx)));
        match polled {
            Ok(polled) => polled.map(|result| result.err().map(|error| error.to_string())),
            Err(panic) => Poll::Ready(Some(format!("panicked: {}", panic_text(&*panic)))),
        }
    }

    /// What was run.
    pub(crate) fn into_call(self) -> Box<Call> {
        Box::new(Arc::unwrap_or_clone(self.call))
    }
}
