//! How an element is at one moment.

use genlock_spec::{AlarmLevel, ConnectionIndex, ParamIndex};

use super::Engine;
use super::connection::ConnectionState;
use super::event::ElementState;
use super::life::Life;
use crate::error::Reason;
use crate::value::Value;

/// How an element is at one moment, for who begins to look at it: [`AnyElement::snapshot`](crate::AnyElement::snapshot).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Snapshot {
    /// The element's state.
    pub state: ElementState,
    /// Its connections, in the order of the connector file.
    pub connections: Vec<SnapshotConnection>,
    /// Its parameters, in the order of the connector file.
    pub params: Vec<SnapshotParam>,
}

/// A connection in a [`Snapshot`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SnapshotConnection {
    /// The connection's id.
    pub id: u32,
    /// The state.
    pub state: ConnectionState,
    /// Why the connection is not open, or was lost the last time.
    pub reason: Reason,
    /// How often it was opened.
    pub opened: u32,
}

/// A parameter in a [`Snapshot`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SnapshotParam {
    /// The parameter's id.
    pub pid: u32,
    /// Its value; `None` when it is not initialised, or is secret.
    pub value: Option<Value>,
    /// The alarm level that was last told.
    pub alarm: AlarmLevel,
}

impl Engine<'_> {
    /// How the element is now; its values are in memory of their own.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            state: self.element_state(),
            connections: self.connections.indices().map(|connection| self.connection_now(connection)).collect(),
            params: self.params.indices().map(|param| self.param_now(param)).collect(),
        }
    }

    pub(crate) fn element_state(&self) -> ElementState {
        match self.life {
            Life::Paused => ElementState::Paused,
            Life::Stopping | Life::Stopped => ElementState::Stopped,
            Life::Created | Life::Running if self.connections.iter().any(|(_, link)| link.timed_out) => {
                ElementState::Timeout
            }
            Life::Created | Life::Running => ElementState::Active,
        }
    }

    pub(crate) fn connection_now(&self, connection: ConnectionIndex) -> SnapshotConnection {
        let (state, reason) = self.connection_state(connection);
        let id = self.spec.connection(connection).id;
        SnapshotConnection { id, state, reason: reason.clone(), opened: self.times_opened(connection) }
    }

    fn param_now(&self, param: ParamIndex) -> SnapshotParam {
        let value = self.value(param).filter(|_| !self.is_secret(param)).cloned().map(Value::detached);
        SnapshotParam { pid: self.spec.param(param).pid, value, alarm: self.told_alarm(param) }
    }
}
