//! Handles: the constants that generated code gives each item of a connector.
//!
//! Each handle carries the marker type of its protocol, so that a handle of another connector is a type error and not
//! a wrong write.

use std::fmt;
use std::marker::PhantomData;

use genlock_spec::{
    ActionIndex, ArrayIndex, CommandIndex, ConnectionIndex, GroupIndex, PairIndex, ParamIndex, ResponseIndex, Spec,
    TimerIndex, TrendKind, TriggerIndex,
};

/// A connector that was compiled by `include_protocol!` or a build script. Generated code implements it.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a protocol that genlock generated")]
pub trait Protocol: Sized + 'static {
    /// The connector's tables.
    #[doc(hidden)]
    fn spec() -> &'static Spec<'static>;

    /// How an element of the connector is shown, as JSON. Only pages ask for it, so that a driver without any has none of
    /// it in its binary.
    #[doc(hidden)]
    fn pages() -> &'static str;
}

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident<P $(, $extra:ident)?>: $index:ident, $row:ident, $id:ident -> $id_type:ty;)+) => {$(
        $(#[$doc])*
        pub struct $name<P $(, $extra)?> {
            index: $index,
            marker: PhantomData<fn() -> (P, $($extra)?)>,
        }

        impl<P $(, $extra)?> $name<P $(, $extra)?> {
            pub(crate) const fn new(index: u32) -> Self {
                Self { index: $index(index), marker: PhantomData }
            }
        }

        impl<P: Protocol $(, $extra)?> $name<P $(, $extra)?> {
            /// The id in the connector file.
            pub fn $id(self) -> $id_type {
                P::spec().$row(self.index).$id
            }

            /// The Name in the connector file.
            pub fn name(self) -> &'static str {
                P::spec().text(P::spec().$row(self.index).name)
            }
        }

        impl<P $(, $extra)?> Clone for $name<P $(, $extra)?> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<P $(, $extra)?> Copy for $name<P $(, $extra)?> {}

        impl<P $(, $extra)?> PartialEq for $name<P $(, $extra)?> {
            fn eq(&self, other: &Self) -> bool {
                self.index == other.index
            }
        }

        impl<P $(, $extra)?> Eq for $name<P $(, $extra)?> {}

        impl<P: Protocol $(, $extra)?> fmt::Debug for $name<P $(, $extra)?> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} {:?})"), (*self).$id(), (*self).name())
            }
        }
    )+};
}

handles! {
    /// A parameter of protocol `P` whose values are `T`.
    Param<P, T>: ParamIndex, param, pid -> u32;
    /// A command of protocol `P`.
    Command<P>: CommandIndex, command, id -> u32;
    /// A response of protocol `P` that gives an `R`.
    Response<P, R>: ResponseIndex, response, id -> u32;
    /// A pair of protocol `P`; `C` is its command, filled in parameter by parameter.
    Pair<P, C>: PairIndex, pair, id -> u32;
    /// A group of protocol `P`.
    Group<P>: GroupIndex, group, id -> i64;
    /// A timer of protocol `P`.
    Timer<P>: TimerIndex, timer, id -> u32;
    /// A trigger of protocol `P`.
    Trigger<P>: TriggerIndex, trigger, id -> u32;
    /// An action of protocol `P`.
    Action<P>: ActionIndex, action, id -> u32;
    /// A connection of protocol `P`.
    Connection<P>: ConnectionIndex, connection, id -> u32;
    /// A table of protocol `P` whose rows are `R`.
    Table<P, R>: ArrayIndex, array, pid -> u32;
}

impl<P: Protocol, T> Param<P, T> {
    /// What the trend of the parameter keeps of five minutes; `None` when it is not trended (TRD-01, TRD-06).
    pub fn trend(self) -> Option<TrendKind> {
        P::spec().param(self.index).trend
    }
}

macro_rules! indexed {
    ($($name:ident<P $(, $extra:ident)?>: $index:ident;)+) => {$(
        impl<P $(, $extra)?> $name<P $(, $extra)?> {
            pub(crate) const fn index(self) -> $index {
                self.index
            }
        }
    )+};
}

// The handles that a call to an element or a context takes.
indexed! {
    Param<P, T>: ParamIndex;
    Response<P, R>: ResponseIndex;
    Pair<P, C>: PairIndex;
    Trigger<P>: TriggerIndex;
    Connection<P>: ConnectionIndex;
}
