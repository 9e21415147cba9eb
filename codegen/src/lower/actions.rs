//! Actions.

use genlock_spec::{
    Action, ActionKind, ConnectionIndex, ContentPosition, List, Messages, NewScale, NewSequence, Operand, Operation,
    PairPosition, ParamIndex, QueuePlace, Replacement, Source, Stuffing, TimerVerb,
};

use super::params::rows;
use super::{Lower, row_id};
use crate::model::{self, ActionType, Change, Detail, Info, On, Reference, Replacing, Target};

impl Lower<'_> {
    pub(super) fn actions(&mut self) {
        for action in &self.model.actions {
            let row = Action {
                id: row_id(&action.head),
                name: self.text(action.head.name()),
                line: action.head.line,
                kind: self.action_kind(action),
                condition: self.condition(action.condition.as_ref()),
            };
            self.spec.actions.push(row);
        }
    }

    fn action_kind(&mut self, action: &model::Action) -> ActionKind {
        let targets = action.targets.as_deref().unwrap_or_default();
        let (Some(on), Some(kind)) = (action.on, action.kind.filter(|_| action.is_carried())) else {
            return self.unserved_action(action);
        };
        match on.value {
            On::Command => {
                let commands = self.items(targets, Target::Command);
                self.message_action(action, Messages::Commands(commands)).unwrap_or(ActionKind::Make(commands))
            }
            On::Response => {
                let responses = self.items(targets, Target::Response);
                let on_any = self.message_action(action, Messages::Responses(responses));
                on_any.unwrap_or(match kind.value {
                    ActionType::Read => ActionKind::Read(responses),
                    ActionType::ClearLengthInfo => ActionKind::ClearLengthInfo(responses),
                    _ => ActionKind::ClearResponses(responses),
                })
            }
            On::Group => self.queueing(kind.value, targets),
            On::Pair => self.pair_action(action, targets),
            On::Parameter => self.param_action(kind.value, action, targets),
            On::Protocol => self.protocol_action(kind.value, action),
            On::Timer => self.timer_action(kind.value, &action.detail, targets),
            On::Communication | On::Session => self.unserved_action(action), // nothing is carried out on them
        }
    }

    fn source(&self, action: &model::Action) -> Option<ParamIndex> {
        action.source.as_ref().and_then(|source| self.item(source, Target::Param))
    }

    /// What can be done to commands and responses alike.
    fn message_action(&mut self, action: &model::Action, targets: Messages) -> Option<ActionKind> {
        let kind = action.kind?.value;
        match (kind, &action.detail) {
            (ActionType::Length, _) => Some(ActionKind::Length(targets)),
            (ActionType::Crc, _) => Some(ActionKind::Checksum(targets)),
            (_, Detail::Position(position)) => {
                let position = ContentPosition(*position);
                Some(ActionKind::Replace { source: self.source(action), position, targets })
            }
            (_, Detail::Stuffing(stuffing)) => {
                let stuffing = Stuffing {
                    value: self.text(&stuffing.value),
                    allowed: self.text(&stuffing.allowed.join(";")),
                    start: stuffing.start,
                    end: stuffing.end,
                };
                Some(ActionKind::Stuffing { stuffing, removes: kind == ActionType::ReadStuffing, targets })
            }
            (_, Detail::Replace(replacing)) => Some(self.replace_data(replacing, List::new(0, 0), Some(targets))),
            _ => None,
        }
    }

    fn set_info(&mut self, info: &Info, targets: List<ParamIndex>) -> ActionKind {
        ActionKind::SetInfo {
            scale: match info.scale {
                Change::Same => NewScale::Same,
                Change::None => NewScale::None,
                Change::To(scale) => NewScale::Scale(scale),
            },
            sequence: match &info.sequence {
                Change::Same => NewSequence::Same,
                Change::None => NewSequence::None,
                Change::To(steps) => NewSequence::Steps(self.sequence(steps)),
            },
            targets,
        }
    }

    fn param_action(&mut self, kind: ActionType, action: &model::Action, targets: &[Reference]) -> ActionKind {
        let source = self.source(action);
        let targets: List<ParamIndex> = self.items(targets, Target::Param);
        match (kind, &action.detail) {
            (ActionType::Copy | ActionType::CopyReverse, _) => {
                ActionKind::Copy { source, reversed: kind == ActionType::CopyReverse, targets }
            }
            (ActionType::Append, Detail::Append { text, hex }) => {
                let source = match (source, text) {
                    (Some(param), _) => Source::Param(param),
                    (None, Some(text)) => Source::Literal(self.text(text)), // ACT-21
                    (None, None) => Source::None,
                };
                ActionKind::Append { source, hex: *hex, targets }
            }
            (ActionType::AppendData, _) => ActionKind::AppendData { source, targets },
            (_, Detail::Amount(amount)) => {
                let operation = match kind {
                    ActionType::Multiply => Operation::Multiply,
                    ActionType::Pow => Operation::Power,
                    _ => Operation::Add,
                };
                // ACT-51: the parameter is more than what stands in the file.
                let operand = source.map_or(Operand::Number(*amount), Operand::Param);
                ActionKind::Calculate { operation, operand, targets }
            }
            (_, Detail::Replace(replacing)) => self.replace_data(replacing, targets, None),
            (_, Detail::Info(info)) => self.set_info(info, targets),
            (_, Detail::Occurrences(occurrences)) => ActionKind::Reverse {
                occurrences: self.spec.list_of(occurrences.iter().map(|&occurrence| ContentPosition(occurrence))),
                targets,
            },
            (ActionType::ChangeLength, _) => ActionKind::ChangeLength { source, targets },
            (ActionType::Read, _) => ActionKind::ReadParams(targets),
            (ActionType::ClearOnDisplay, _) => ActionKind::ClearOnDisplay(targets),
            (ActionType::Go, _) => ActionKind::Go(targets),
            (ActionType::Save, _) => ActionKind::Save(targets),
            (ActionType::RunActions, _) => ActionKind::RunActions(targets),
            _ => ActionKind::ClearParams(targets),
        }
    }

    fn replace_data(
        &mut self,
        replacing: &Replacing,
        targets: List<ParamIndex>,
        messages: Option<Messages>,
    ) -> ActionKind {
        let first = self.spec.replacements.len();
        for (old, new) in &replacing.replacements {
            let replacement = Replacement { old: self.text(old), new: self.text(new) };
            self.spec.replacements.push(replacement);
        }
        ActionKind::ReplaceData {
            replacements: rows(first, self.spec.replacements.len()),
            start: replacing.start,
            end: replacing.end,
            at_the_ends: replacing.at_the_ends,
            targets,
            messages,
        }
    }

    fn pair_action(&mut self, action: &model::Action, targets: &[Reference]) -> ActionKind {
        let source = self.source(action);
        match &action.detail {
            Detail::Next { positions, wait_ms } => ActionKind::SetNext {
                // ACT-89: the parameter wins.
                wait: match (source, wait_ms) {
                    (Some(param), _) => Operand::Param(param),
                    (None, Some(wait)) => Operand::Number(f64::from(*wait)),
                    (None, None) => Operand::None,
                },
                positions: self.spec.list_of(positions.iter().map(|&position| PairPosition(position))),
            },
            _ => ActionKind::SetTimeout { source, pairs: self.items(targets, Target::Pair) },
        }
    }

    /// What no element runs: its word and what its attributes say.
    fn unserved_action(&mut self, action: &model::Action) -> ActionKind {
        let word = self.text(action.kind.map_or("", |kind| kind.value.word()));
        ActionKind::Unserved { word, settings: self.settings(&action.settings) }
    }

    fn protocol_action(&mut self, kind: ActionType, action: &model::Action) -> ActionKind {
        match &action.detail {
            Detail::Connection(number) => {
                let named = self.connection(number.as_ref());
                let default = self.model.default_connection().map(|position| ConnectionIndex(position as u32));
                let connection = named.or(default);
                match (connection, kind) {
                    (Some(connection), ActionType::Open) => ActionKind::Open(connection),
                    (Some(connection), _) => ActionKind::Close(connection),
                    (None, _) => self.unserved_action(action),
                }
            }
            Detail::Sleep(time) => ActionKind::Sleep(*time),
            _ => ActionKind::StopCurrentGroup,
        }
    }

    fn timer_action(&mut self, kind: ActionType, detail: &Detail, targets: &[Reference]) -> ActionKind {
        let verb = match (kind, detail) {
            (ActionType::Start, _) => TimerVerb::Start,
            (ActionType::Stop, _) => TimerVerb::Stop,
            (_, Detail::Restart { reschedules: true }) => TimerVerb::RestartNow,
            (_, Detail::Restart { reschedules: false }) => TimerVerb::Restart,
            _ => TimerVerb::Reschedule,
        };
        ActionKind::Timers { verb, timers: self.items(targets, Target::Timer) }
    }

    fn queueing(&mut self, kind: ActionType, targets: &[Reference]) -> ActionKind {
        let (place, once) = match kind {
            ActionType::ExecuteOneNow => (QueuePlace::Normal, true),
            ActionType::ExecuteNext => (QueuePlace::Front, false),
            ActionType::ExecuteOneTop => (QueuePlace::Front, true),
            ActionType::AddToExecute => (QueuePlace::Tail, false),
            ActionType::ExecuteOne => (QueuePlace::Tail, true),
            ActionType::ForceExecute => (QueuePlace::Forced, false),
            _ => (QueuePlace::Normal, false),
        };
        ActionKind::Queue { place, once, groups: self.items(targets, Target::Group) }
    }
}
