//! [`Spec`] and [`OwnedSpec`]: the same tables, borrowed and owned.

use alloc::string::String;
use alloc::vec::Vec;

use crate::actions::{Action, Replacement};
use crate::arrays::{Array, Column, Mapping, Matrix, Relation, Setting};
use crate::checksums::Checksum;
use crate::condition::ConditionStep;
use crate::connections::{Connection, ReportTrigger, Unserved};
use crate::formats::{Exception, Format, Other, SequenceStep};
use crate::index::{Index, List, Text, TriggerIndex};
use crate::monitoring::Monitoring;
use crate::requests::{Header, Request, Session, SessionItem, Source};
use crate::rows::{
    AlarmThreshold, ColumnGroup, Command, Discreet, Group, GroupItem, Hook, Pair, Param, QAction, Response, Timer,
    Trigger,
};

macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident: $row:ty,)+) => {
        /// All tables of one connector, borrowed. Generated code holds one in a `static`.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Spec<'s> {
            /// The protocol's Name.
            pub name: Text,
            /// The protocol's Version.
            pub version: Text,
            /// Triggers that fire once the protocol has started (LIFE-15).
            pub after_startup: List<TriggerIndex>,
            /// The pool that every [`Text`] points into.
            pub strings: &'s str,
            /// The pool that every [`List`] points into.
            pub indices: &'s [u32],
            $($(#[$doc])* pub $table: &'s [$row],)+
        }

        /// All tables of one connector, owned.
        #[derive(Clone, Debug, PartialEq)]
        pub struct OwnedSpec {
            /// The protocol's Name.
            pub name: Text,
            /// The protocol's Version.
            pub version: Text,
            /// Triggers that fire once the protocol has started (LIFE-15).
            pub after_startup: List<TriggerIndex>,
            /// The pool that every [`Text`] points into.
            pub strings: String,
            /// The pool that every [`List`] points into.
            pub indices: Vec<u32>,
            $($(#[$doc])* pub $table: Vec<$row>,)+
        }

        impl Spec<'_> {
            /// No tables: what generated code starts from, so that it lists only those that have rows.
            pub const EMPTY: Self = Self {
                name: Text::new(0, 0),
                version: Text::new(0, 0),
                after_startup: List::new(0, 0),
                strings: "",
                indices: &[],
                $($table: &[],)+
            };
        }

        impl Default for OwnedSpec {
            fn default() -> Self {
                Self {
                    name: Text::new(0, 0),
                    version: Text::new(0, 0),
                    after_startup: List::new(0, 0),
                    strings: String::new(),
                    indices: Vec::new(),
                    $($table: Vec::new(),)+
                }
            }
        }

        impl OwnedSpec {
            /// The tables, borrowed.
            pub fn view(&self) -> Spec<'_> {
                Spec {
                    name: self.name,
                    version: self.version,
                    after_startup: self.after_startup,
                    strings: &self.strings,
                    indices: &self.indices,
                    $($table: &self.$table,)+
                }
            }
        }
    };
}

tables! {
    /// The parameters, in document order.
    params: Param,
    /// The discreets of all parameters.
    discreets: Discreet,
    /// The alarm thresholds of all parameters.
    alarms: AlarmThreshold,
    /// The commands, in document order.
    commands: Command,
    /// The responses, in document order.
    responses: Response,
    /// The pairs, in document order.
    pairs: Pair,
    /// The groups, in document order.
    groups: Group,
    /// The items of all groups.
    group_items: GroupItem,
    /// The steps of all conditions.
    condition_steps: ConditionStep,
    /// The groups of all timers that rows of tables name.
    column_groups: ColumnGroup,
    /// The timers, in document order.
    timers: Timer,
    /// The triggers, in document order.
    triggers: Trigger,
    /// The actions, in document order.
    actions: Action,
    /// What the actions `replace data` replace.
    replacements: Replacement,
    /// The QActions, in document order.
    qactions: QAction,
    /// The entry points of the QActions, in document order (QA-04).
    hooks: Hook,
    /// The connections, in document order.
    connections: Connection,
    /// The triggers on what connections report, in document order (TRG-25).
    report_triggers: ReportTrigger,
    /// What connections report without the element being in timeout for it (LIFE-61).
    no_timeouts: Text,
    /// The requests of all sessions, and those that open WebSockets.
    requests: Request,
    /// The headers and fields of all requests.
    headers: Header,
    /// The HTTP sessions that groups send, in document order.
    sessions: Session,
    /// The sessions in the Content of groups.
    session_items: SessionItem,
    /// What alarms depend on, for the parameters that say more than the values of their levels.
    monitorings: Monitoring,
    /// How bytes become values, for the parameters that say more than their types.
    formats: Format,
    /// The steps of the sequences of all formats.
    sequence_steps: SequenceStep,
    /// The exceptional values of all formats.
    exceptions: Exception,
    /// The other values of all formats.
    others: Other,
    /// How the parameters of type `crc` are calculated.
    checksums: Checksum,
    /// The tables, in document order.
    arrays: Array,
    /// The columns of all tables.
    columns: Column,
    /// What the names of the rows of all tables are joined from.
    name_parts: Source,
    /// The relations between tables.
    relations: Relation,
    /// The matrices.
    matrices: Matrix,
    /// The mappings of all matrices.
    mappings: Mapping,
    /// The options of tables, columns, relations and matrices.
    settings: Setting,
    /// What no element runs yet: with any of them, a start refuses.
    unserved: Unserved,
}

impl OwnedSpec {
    /// Adds a text to the pool.
    pub fn push_text(&mut self, text: &str) -> Text {
        let start = self.strings.len();
        self.strings.push_str(text);
        Text::new(start as u32, text.len() as u32)
    }

    /// Adds a list of indices to the pool.
    pub fn list_of<I: Index>(&mut self, items: impl IntoIterator<Item = I>) -> List<I> {
        let start = self.indices.len();
        self.indices.extend(items.into_iter().map(|item| item.position() as u32));
        let len = self.indices.len() - start;
        List::new(if len == 0 { 0 } else { start as u32 }, len as u32)
    }
}
