//! The tables that `genlock-codegen` lowers a connector file to and that the `genlock` engine runs.
//!
//! Rows are plain `Copy` data: every reference is a dense index ([`ParamIndex`], …), every list a range into one
//! pool ([`List`]), every text a range into one string ([`Text`]). [`Spec`] borrows the tables (generated code holds
//! one in a `static`); [`OwnedSpec`] owns them (the code generator and the simulator build one at run time).
//!
//! ```
//! use genlock_spec::{OwnedSpec, Timer, TimerIndex};
//!
//! let mut spec = OwnedSpec::default();
//! let name = spec.push_text("Health");
//! spec.timers.push(Timer { id: 1, name, line: 12, period_ms: 5000, interval_ms: 75, ..Timer::BLANK });
//!
//! let spec = spec.view();
//! assert_eq!(spec.text(spec.timer(TimerIndex(0)).name), "Health");
//! ```
#![no_std]

extern crate alloc;

mod access;
mod actions;
mod arrays;
mod blank;
mod checksums;
mod condition;
mod connections;
mod formats;
mod groups;
mod index;
mod messages;
mod monitoring;
mod params;
mod requests;
mod rows;
mod tables;
mod triggers;

pub use access::Table;
pub use actions::{Action, ActionKind, Messages, NewScale, NewSequence, QueuePlace, Replacement, Stuffing, TimerVerb};
pub use arrays::{Array, Column, ColumnKind, Mapping, Matrix, Relation, Setting};
pub use checksums::{Checksum, ChecksumAlgorithm};
pub use condition::{Arithmetic, Comparison, ConditionStep};
pub use connections::{Connection, ConnectionKind, PortType, ReportTrigger, SlowPoll, Unserved, UnservedPart};
pub use formats::{BitField, EntryRange, Exception, Format, Operand, Operation, Other, Rounding, Scale, SequenceStep};
pub use groups::{ColumnGroup, Group, GroupItem, GroupKind, Timer, TimerStart};
pub use index::{
    ActionIndex, ArrayIndex, ChecksumIndex, CommandIndex, ConnectionIndex, ContentPosition, FormatIndex, GroupIndex,
    HookIndex, Index, List, MonitoringIndex, PairIndex, PairPosition, ParamIndex, QActionIndex, RequestIndex,
    ResponseIndex, SessionIndex, SessionItemIndex, Text, TimerIndex, TriggerIndex,
};
pub use messages::{Command, MessageType, Pair, Response};
pub use monitoring::{Monitoring, Nominal};
pub use params::{
    AlarmLevel, AlarmThreshold, Discreet, InitialBytes, LengthType, Param, ParamKind, RawType, TrendKind, ValueType,
};
pub use requests::{Body, Header, LoginMethod, Request, Session, SessionItem, Source};
pub use rows::Rows;
pub use tables::{OwnedSpec, Spec};
pub use triggers::{Hook, QAction, Trigger, TriggerContent};

/// The version of the table layout. Generated code names the version that it was made for, and the compiler refuses
/// a runtime with another one.
pub const ABI: u32 = 3;
