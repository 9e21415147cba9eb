//! Inputs of the engine, as a record has them: with the ids of the connector file.

use data_encoding::HEXLOWER;
use genlock_spec::{ConnectionIndex, HookIndex, MessageType, ParamIndex, Spec};

use super::format::{Assignment, LoggedAnswer, LoggedCall, LoggedInput};
use super::reason::LoggedReason;
use crate::engine::{Call, HandshakeAnswer, HttpAnswer, Input, NewValue, RequestFailure, Until};
use crate::sim::hooks::{connection, group, pair, param, trigger};
use crate::sim::value::{hex, message};
use crate::value::Value;

impl LoggedInput {
    pub(super) fn new(spec: &Spec<'_>, input: &Input) -> Self {
        let id = |connection: &ConnectionIndex| spec.connection(*connection).id;
        match input {
            Input::Start => Self::Start,
            Input::Stop => Self::Stop,
            Input::Pause => Self::Pause,
            Input::Resume => Self::Resume,
            Input::Opened { connection, attempt, answer } => {
                Self::Opened { connection: id(connection), attempt: *attempt, answer: answer.into() }
            }
            Input::OpenFailed { connection, attempt, reason, answer } => Self::OpenFailed {
                connection: id(connection),
                attempt: *attempt,
                reason: LoggedReason(reason.clone()),
                answer: answer.as_ref().map(Into::into),
            },
            Input::Received { connection, attempt, kind, data } => {
                // The transport hands on a text message only after it has found it to be UTF-8.
                let text = (*kind == MessageType::Text).then(|| String::from_utf8_lossy(data).into_owned());
                let binary = (*kind == MessageType::Binary).then(|| HEXLOWER.encode(data));
                Self::Received { connection: id(connection), attempt: *attempt, text, binary }
            }
            Input::Sent { connection, attempt } => Self::Sent { connection: id(connection), attempt: *attempt },
            Input::Pong { connection, attempt } => Self::Pong { connection: id(connection), attempt: *attempt },
            Input::Lost { connection, attempt, reason } => {
                Self::Lost { connection: id(connection), attempt: *attempt, reason: LoggedReason(reason.clone()) }
            }
            Input::Answered { number, answer } => Self::Answered {
                number: *number,
                status: answer.status,
                status_line: answer.status_line.clone(),
                headers: answer.headers.clone(),
                body: HEXLOWER.encode(&answer.body),
            },
            Input::RequestFailed { number, failure } => {
                let (connected, reason) = match failure {
                    RequestFailure::Connect(reason) => (false, reason),
                    RequestFailure::Answer(reason) => (true, reason),
                };
                Self::RequestFailed { number: *number, connected, reason: LoggedReason(reason.clone()) }
            }
            Input::Set { param, value } => Self::Set(Assignment::new(spec, *param, value)),
            Input::SetBy { param, value, user } => {
                Self::SetBy { set: Assignment::new(spec, *param, value), user: user.to_string() }
            }
            Input::QueuedEnded { call, error } => {
                Self::QueuedEnded { call: LoggedCall::new(spec, call), error: error.clone() }
            }
            Input::CheckTrigger { trigger } => Self::CheckTrigger(spec.trigger(*trigger).id),
            Input::Reconnect { connection } => Self::Reconnect(id(connection)),
            Input::Queue { group } => Self::Queue(spec.group(*group).id),
            Input::Execute { pair, fill, ticket, until } => Self::Execute {
                pair: spec.pair(*pair).id,
                fill: fill.iter().map(|(param, value)| Assignment::new(spec, *param, value)).collect(),
                ticket: *ticket,
                answered: *until == Until::Answered,
            },
            Input::Tick => Self::Tick,
        }
    }

    /// The input for the connector of `spec`. An error says what the connector does not have.
    pub(super) fn read(&self, spec: &Spec<'_>) -> Result<Input, String> {
        let index = |id: &u32| connection(spec, *id);
        Ok(match self {
            Self::Start => Input::Start,
            Self::Stop => Input::Stop,
            Self::Pause => Input::Pause,
            Self::Resume => Input::Resume,
            Self::Opened { connection, attempt, answer } => {
                Input::Opened { connection: index(connection)?, attempt: *attempt, answer: answer.read()? }
            }
            Self::OpenFailed { connection, attempt, reason, answer } => Input::OpenFailed {
                connection: index(connection)?,
                attempt: *attempt,
                reason: reason.0.clone(),
                answer: answer.as_ref().map(LoggedAnswer::read).transpose()?,
            },
            Self::Received { connection, attempt, text, binary } => {
                let (kind, data) = message(text.as_deref(), binary.as_deref())?;
                Input::Received { connection: index(connection)?, attempt: *attempt, kind, data }
            }
            Self::Sent { connection, attempt } => Input::Sent { connection: index(connection)?, attempt: *attempt },
            Self::Pong { connection, attempt } => Input::Pong { connection: index(connection)?, attempt: *attempt },
            Self::Lost { connection, attempt, reason } => {
                Input::Lost { connection: index(connection)?, attempt: *attempt, reason: reason.0.clone() }
            }
            Self::Answered { number, status, status_line, headers, body } => {
                let (status_line, headers, body) = (status_line.clone(), headers.clone(), hex(body)?);
                Input::Answered { number: *number, answer: HttpAnswer { status: *status, status_line, headers, body } }
            }
            Self::RequestFailed { number, connected, reason } => {
                let failure = if *connected { RequestFailure::Answer } else { RequestFailure::Connect };
                Input::RequestFailed { number: *number, failure: failure(reason.0.clone()) }
            }
            Self::Set(set) => {
                let (param, value) = set.read(spec)?;
                Input::Set { param, value }
            }
            Self::SetBy { set, user } => {
                let (param, value) = set.read(spec)?;
                Input::SetBy { param, value, user: user.as_str().into() }
            }
            Self::QueuedEnded { call, error } => {
                Input::QueuedEnded { call: Box::new(call.read(spec)?), error: error.clone() }
            }
            Self::CheckTrigger(id) => Input::CheckTrigger { trigger: trigger(spec, *id)? },
            Self::Reconnect(id) => Input::Reconnect { connection: index(id)? },
            Self::Queue(id) => Input::Queue { group: group(spec, *id)? },
            Self::Execute { pair: id, fill, ticket, answered } => Input::Execute {
                pair: pair(spec, *id)?,
                fill: fill.iter().map(|set| set.read(spec)).collect::<Result<Vec<(ParamIndex, Value)>, _>>()?,
                ticket: *ticket,
                until: if *answered { Until::Answered } else { Until::Sent },
            },
            Self::Tick => Input::Tick,
        })
    }
}

impl From<&HandshakeAnswer> for LoggedAnswer {
    fn from(answer: &HandshakeAnswer) -> Self {
        Self {
            status_line: answer.status_line.clone(),
            body: HEXLOWER.encode(&answer.body),
            compressed: answer.compressed,
            retry_after: answer.retry_after,
            location: answer.location.clone(),
            asked: answer.asked.clone(),
        }
    }
}

impl LoggedAnswer {
    fn read(&self) -> Result<HandshakeAnswer, String> {
        let body = hex(&self.body)?;
        let Self { status_line, compressed, retry_after, location, asked, .. } = self;
        Ok(HandshakeAnswer {
            status_line: status_line.clone(),
            body,
            compressed: *compressed,
            retry_after: *retry_after,
            location: location.clone(),
            asked: asked.clone(),
        })
    }
}

impl LoggedCall {
    pub(super) fn new(spec: &Spec<'_>, call: &Call) -> Self {
        Self {
            qaction: spec.qaction(spec.hook(call.hook).qaction).id,
            pid: spec.param(call.param).pid,
            by_operator: call.by_operator,
            user: call.user.as_deref().map(str::to_owned),
        }
    }

    /// The call, without the values that only the hook itself looks at.
    pub(super) fn read(&self, spec: &Spec<'_>) -> Result<Call, String> {
        let param = param(spec, self.pid)?;
        let is_it = |row: &genlock_spec::Hook| row.param == param && spec.qaction(row.qaction).id == self.qaction;
        let position = spec.hooks.iter().position(is_it);
        let missing = || format!("parameter {} runs no QAction {}", self.pid, self.qaction);
        Ok(Call {
            hook: HookIndex(position.ok_or_else(missing)? as u32),
            param,
            old: None,
            new: NewValue::Copied(None),
            inputs: Vec::new(),
            by_operator: self.by_operator,
            user: self.user.as_deref().map(Into::into),
        })
    }
}
