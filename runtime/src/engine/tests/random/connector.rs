//! Connectors that nobody would write, as tables.

use fastrand::Rng;
use genlock_spec::{
    Action, ActionIndex, ActionKind, AlarmLevel, AlarmThreshold, Command, CommandIndex, Comparison, ConditionStep,
    Connection, ConnectionIndex, Group, GroupItem, GroupKind, Hook, HookIndex, Index, InitialBytes, LengthType, List,
    MessageType, Operand, Operation, OwnedSpec, Pair, PairIndex, PairPosition, Param, ParamIndex, ParamKind, QAction,
    QActionIndex, QueuePlace, RawType, Request, RequestIndex, Response, ResponseIndex, Rows, Source, Timer, TimerStart,
    TimerVerb, Trigger, TriggerContent, TriggerIndex, ValueType,
};

const PARAMS: u32 = 16;
/// The parameters below it are written by the engine only: the status of each connection.
pub(super) const FIRST_FREE: u32 = 2;
const COMMANDS: u32 = 3;
const RESPONSES: u32 = 5;
const PAIRS: u32 = 4;
const GROUPS: u32 = 6;
const TIMERS: u32 = 2;
const TRIGGERS: u32 = 14;
const ACTIONS: u32 = 14;
const HOOKS: u32 = 4;

/// The bytes of fixed parameters.
pub(super) const FIXED: &str = "ok";

/// A parameter that anybody may write.
pub(super) fn any_param(random: &mut Rng) -> ParamIndex {
    ParamIndex(random.u32(FIRST_FREE..PARAMS))
}

/// One or two connections and some of everything else.
pub(super) fn connector(random: &mut Rng) -> OwnedSpec {
    let mut spec = OwnedSpec::default();
    let connections = random.u32(1..=2);
    let dynamic_ip = random.bool().then_some(ParamIndex(FIRST_FREE));
    add_params(&mut spec, random, dynamic_ip);
    add_messages(&mut spec, random, connections);
    add_groups(&mut spec, random, connections);
    add_logic(&mut spec, random);
    add_conditions(&mut spec, random);
    let handshake = random.bool().then(|| add_handshake(&mut spec, random));
    for position in 0..connections {
        let all: Vec<_> = (0..RESPONSES).filter(|_| random.u8(0..4) > 0).map(ResponseIndex).collect();
        let responses = spec.list_of(all);
        spec.connections.push(Connection {
            id: position + 1,
            status: Some(ParamIndex(position)),
            dynamic_ip: dynamic_ip.filter(|_| position == 0),
            handshake: handshake.filter(|_| position == 0),
            make_command_by_protocol: random.bool(),
            timeout_ms: random.bool().then(|| random.u32(10..3000)),
            retries: random.bool().then(|| random.u32(0..3)),
            responses,
            ..Connection::BLANK
        });
    }
    spec.after_startup = some(&mut spec, random, TRIGGERS);
    spec
}

/// A few of `count` rows, usually none.
fn some<I: Index>(spec: &mut OwnedSpec, random: &mut Rng, count: u32) -> List<I> {
    let len = if random.u8(0..3) == 0 { random.usize(1..3) } else { 0 };
    several(spec, random, count, len)
}

fn several<I: Index>(spec: &mut OwnedSpec, random: &mut Rng, count: u32, len: usize) -> List<I> {
    let items: Vec<I> = (0..len).map(|_| I::new(random.u32(0..count))).collect();
    spec.list_of(items)
}

fn add_params(spec: &mut OwnedSpec, random: &mut Rng, dynamic_ip: Option<ParamIndex>) {
    let fixed = spec.push_text(FIXED);
    for position in 0..PARAMS {
        let status = position < FIRST_FREE;
        let kind = match random.u8(0..8) {
            _ if status => ParamKind::Read,
            0..4 => ParamKind::Read,
            4..6 => ParamKind::Write,
            6 => ParamKind::Dummy,
            _ => ParamKind::Fixed,
        };
        let number = status || (kind != ParamKind::Fixed && random.u8(0..3) == 0);
        let default = (!status && random.u8(0..4) == 0).then(|| spec.push_text("7"));
        let setter = (kind == ParamKind::Write && random.bool()).then(|| any_param(random));
        let thresholds = spec.alarms.len() as u32;
        if random.u8(0..4) == 0 {
            let value = spec.push_text("1");
            spec.alarms.push(AlarmThreshold {
                level: AlarmLevel::Critical,
                value,
                number: number.then_some(1.0),
                exception: false,
            });
        }
        spec.params.push(Param {
            pid: position + 1,
            kind,
            raw_type: match random.u8(0..4) {
                0 => RawType::Text,
                1 => RawType::NumericText,
                _ => RawType::Other,
            },
            value_type: if number { ValueType::Number } else { ValueType::Text },
            length: if random.u8(0..3) == 0 { LengthType::Fixed(random.u32(0..4)) } else { LengthType::NextParam },
            initial: if kind == ParamKind::Fixed { InitialBytes::Bytes(fixed) } else { InitialBytes::None },
            default,
            save: random.bool(),
            setter,
            dynamic_ip: dynamic_ip.filter(|ip| ip.0 == position).map(|_| ConnectionIndex(0)),
            alarms: Rows::new(thresholds, spec.alarms.len() as u32 - thresholds),
            secret: random.bool(),
            ..Param::BLANK
        });
        let param = spec.params.len() - 1;
        let (on_change, after) = (some(spec, random, TRIGGERS), some(spec, random, TRIGGERS));
        let hooks: List<HookIndex> = some(spec, random, HOOKS);
        let row = &mut spec.params[param];
        (row.on_change, row.on_change_after_response, row.hooks) = (on_change, after, hooks);
    }
    for position in 0..spec.params.len() {
        // A setter ends at a read parameter (PARAM-142), as codegen sees to.
        if spec.params[position].setter.is_some_and(|read| spec.params[read.position()].kind != ParamKind::Read) {
            spec.params[position].setter = None;
        }
    }
    for position in 0..HOOKS {
        spec.qactions.push(QAction { id: position + 1, ..QAction::BLANK });
        spec.hooks.push(Hook { qaction: QActionIndex(position), param: any_param(random), entry: position });
    }
}

fn add_messages(spec: &mut OwnedSpec, random: &mut Rng, connections: u32) {
    for id in 0..COMMANDS {
        let len = random.usize(0..3);
        let params = several(spec, random, PARAMS, len);
        let (before, after) = (some(spec, random, TRIGGERS), some(spec, random, TRIGGERS));
        let message_type = if random.bool() { MessageType::Text } else { MessageType::Binary };
        spec.commands.push(Command { id, message_type, params, before, after, ..Command::BLANK });
    }
    for id in 0..RESPONSES {
        let params: Vec<_> = (0..random.usize(1..4)).map(|_| any_param(random)).collect();
        let params = spec.list_of(params);
        // Most have the trigger that reads: see `add_logic`.
        let before = if random.bool() { spec.list_of([TriggerIndex(0)]) } else { some(spec, random, TRIGGERS) };
        let after = some(spec, random, TRIGGERS);
        spec.responses.push(Response { id, params, before, after, ..Response::BLANK });
    }
    for id in 0..PAIRS {
        let responses = if random.bool() { some(spec, random, RESPONSES) } else { several(spec, random, RESPONSES, 1) };
        let on_succeeded = some(spec, random, TRIGGERS);
        let on_timeout = some(spec, random, TRIGGERS);
        let on_timeout_after_retries = some(spec, random, TRIGGERS);
        spec.pairs.push(Pair {
            id,
            command: CommandIndex(random.u32(0..COMMANDS)),
            responses,
            connection: ConnectionIndex(random.u32(0..connections)),
            connection_is_fixed: random.bool(),
            timeout_ms: random.bool().then(|| random.u32(0..2000)),
            retries: random.bool().then(|| random.u32(0..3)),
            ignore_timeout: random.bool(),
            on_succeeded,
            on_timeout,
            on_timeout_after_retries,
            ..Pair::BLANK
        });
    }
}

fn add_groups(spec: &mut OwnedSpec, random: &mut Rng, connections: u32) {
    for id in 0..GROUPS {
        let (kind, count) = match random.u8(0..8) {
            0..4 => (GroupKind::PollPairs, PAIRS),
            4 => (GroupKind::PollActions, ACTIONS),
            5 => (GroupKind::PollTriggers, TRIGGERS),
            6 => (GroupKind::Actions, ACTIONS),
            _ => (GroupKind::Triggers, TRIGGERS),
        };
        let start = spec.group_items.len() as u32;
        for _ in 0..random.u32(0..3) {
            let next_ms = if random.bool() { 0 } else { random.u32(0..50) };
            spec.group_items.push(GroupItem { item: random.u32(0..count), next_ms });
        }
        let (before, after) = (some(spec, random, TRIGGERS), some(spec, random, TRIGGERS));
        spec.groups.push(Group {
            id: id.into(),
            kind,
            connection: random.bool().then(|| ConnectionIndex(random.u32(0..connections))),
            items: Rows::new(start, spec.group_items.len() as u32 - start),
            before,
            after,
            ..Group::BLANK
        });
    }
    for id in 0..TIMERS {
        let len = random.usize(0..3);
        let groups = several(spec, random, GROUPS, len);
        let before = some(spec, random, TRIGGERS);
        let start = match random.u8(0..4) {
            0 => TimerStart::Stopped,
            1 => TimerStart::Random { from: 0, to: random.u32(0..3) },
            _ => TimerStart::Started,
        };
        let (looped, interval_ms) = (random.u8(0..4) == 0, if random.bool() { 0 } else { random.u32(0..100) });
        let period_ms = random.u32(0..2000);
        spec.timers.push(Timer {
            id,
            looped,
            period_ms: if looped { 0 } else { period_ms },
            start,
            interval_ms,
            groups,
            before,
            ..Timer::BLANK
        });
    }
}

/// Action 0 reads, action 1 makes, each what fired it; trigger 0 runs the first.
fn add_logic(spec: &mut OwnedSpec, random: &mut Rng) {
    for id in 0..ACTIONS {
        let free = any_param(random);
        let kind = match (id, random.u8(0..15)) {
            (0, _) => ActionKind::Read(List::new(0, 0)),
            (1, _) => ActionKind::Make(List::new(0, 0)),
            (_, 0) => ActionKind::Make(some(spec, random, COMMANDS)),
            (_, 1) => ActionKind::Read(some(spec, random, RESPONSES)),
            (_, 2) => ActionKind::ClearResponses(some(spec, random, RESPONSES)),
            (_, 3) => ActionKind::ClearParams(spec.list_of([free])),
            (_, 4) => ActionKind::RunActions(some(spec, random, PARAMS)),
            (_, 5 | 6) => {
                let source = random.bool().then(|| ParamIndex(random.u32(0..PARAMS)));
                ActionKind::Copy { source, reversed: random.bool(), targets: spec.list_of([free]) }
            }
            (_, 7) => {
                let operation = [Operation::Add, Operation::Multiply, Operation::Power][random.usize(0..3)];
                let operand = Operand::Number(f64::from(random.i8(-3..4)));
                ActionKind::Calculate { operation, operand, targets: spec.list_of([free]) }
            }
            (_, 8) => ActionKind::Go(spec.list_of([free])),
            (_, 9) => ActionKind::SetTimeout {
                source: Some(ParamIndex(random.u32(0..PARAMS))),
                pairs: some(spec, random, PAIRS),
            },
            (_, 10) => {
                let positions = spec.list_of([PairPosition(random.u32(0..4))]);
                ActionKind::SetNext { wait: Operand::Number(f64::from(random.u8(0..200))), positions }
            }
            (_, 11) => {
                let verbs = [
                    TimerVerb::Start,
                    TimerVerb::Stop,
                    TimerVerb::Restart,
                    TimerVerb::RestartNow,
                    TimerVerb::Reschedule,
                ];
                ActionKind::Timers { verb: verbs[random.usize(0..5)], timers: some(spec, random, TIMERS) }
            }
            (_, 12) => match random.u8(0..4) {
                0 => ActionKind::Open(ConnectionIndex(0)),
                1 => ActionKind::Close(ConnectionIndex(0)),
                2 => ActionKind::StopCurrentGroup,
                _ => ActionKind::Sleep(random.u32(15..300)),
            },
            _ => {
                let place = match random.u8(0..4) {
                    0 => QueuePlace::Front,
                    1 => QueuePlace::Normal,
                    2 => QueuePlace::Tail,
                    _ => QueuePlace::Forced,
                };
                ActionKind::Queue { place, once: random.bool(), groups: some(spec, random, GROUPS) }
            }
        };
        spec.actions.push(Action { id, kind, ..Action::BLANK });
    }
    for id in 0..TRIGGERS {
        let content = if id == 0 {
            TriggerContent::Actions(spec.list_of([ActionIndex(0)]))
        } else if random.u8(0..4) == 0 && id + 1 < TRIGGERS {
            // No cycle: TRG-48 is held when the tables are made.
            let called: Vec<_> = (0..random.usize(0..3)).map(|_| TriggerIndex(random.u32(id + 1..TRIGGERS))).collect();
            TriggerContent::Triggers(spec.list_of(called))
        } else {
            let len = random.usize(0..3);
            TriggerContent::Actions(several(spec, random, ACTIONS, len))
        };
        let refuses_check = random.u8(0..8) == 0;
        spec.triggers.push(Trigger { id, content, refuses_check, ..Trigger::BLANK });
    }
}

/// A condition for every fourth item.
fn add_conditions(spec: &mut OwnedSpec, random: &mut Rng) {
    let mut steps = Vec::new();
    let mut condition = || {
        let start = steps.len();
        if random.u8(0..4) == 0 {
            for member in 0..random.u32(1..4) {
                let value =
                    if random.bool() { ConditionStep::Empty } else { ConditionStep::Number(random.u8(0..2).into()) };
                let value = if random.u8(0..4) == 0 { ConditionStep::Param(any_param(random)) } else { value };
                let operator = if random.bool() { Comparison::Equal } else { Comparison::NotEqual };
                steps.extend([ConditionStep::Param(any_param(random)), value, ConditionStep::Comparison(operator)]);
                if member > 0 {
                    steps.push(if random.bool() { ConditionStep::And } else { ConditionStep::Or });
                }
            }
        }
        Rows::new(start as u32, (steps.len() - start) as u32)
    };
    spec.pairs.iter_mut().for_each(|row| row.condition = condition());
    spec.groups.iter_mut().for_each(|row| row.condition = condition());
    spec.timers.iter_mut().for_each(|row| row.condition = condition());
    spec.triggers.iter_mut().for_each(|row| row.condition = condition());
    spec.actions.iter_mut().for_each(|row| row.condition = condition());
    spec.qactions.iter_mut().for_each(|row| row.condition = condition());
    spec.condition_steps = steps;
}

fn add_handshake(spec: &mut OwnedSpec, random: &mut Rng) -> RequestIndex {
    spec.requests.push(Request {
        path: Source::Param(any_param(random)),
        status_code: random.bool().then(|| any_param(random)),
        content: random.bool().then(|| any_param(random)),
        ..Request::BLANK
    });
    RequestIndex(spec.requests.len() as u32 - 1)
}

/// A pair of the connector.
pub(super) fn any_pair(random: &mut Rng) -> PairIndex {
    PairIndex(random.u32(0..PAIRS))
}

/// A trigger of the connector.
pub(super) fn any_trigger(random: &mut Rng) -> TriggerIndex {
    TriggerIndex(random.u32(0..TRIGGERS))
}
