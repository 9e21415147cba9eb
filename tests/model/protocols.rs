//! Random connectors.
//!
//! What the rules leave open is left out: texts that are no numbers copied to numbers, values that do not fit a fixed
//! length, actions without ids in triggers that are called.

mod exchanges;

use fastrand::Rng;

use crate::protocol::{
    Action, Comparison, Condition, Deed, Group, GroupType, Guard, Item, Kind, On, Operand, Param, Protocol, QAction,
    Response, Timer, Trigger, Value,
};

/// The parameters whose bytes stand between the variable parts of a response.
const MARKS: [(u32, &str); 3] = [(91, "a="), (92, ";"), (93, "b=")];
const TEXTS: [&str; 5] = ["on", "off", "7", "a b", ""];
const NUMBERS: [i64; 6] = [0, 1, 2, 7, 24, -3];
const CASES: [&str; 4] = ["equal", "not equal", "greater", "less"];
const WAYS: [&str; 7] =
    ["add to execute", "execute", "execute next", "execute one", "execute one now", "execute one top", "force execute"];

pub(crate) fn any<T: Clone>(random: &mut Rng, of: &[T]) -> Option<T> {
    random.choice(of).cloned()
}

fn one_in(random: &mut Rng, count: u32) -> bool {
    random.u32(0..count) == 0
}

/// A value that a parameter can hold.
pub(crate) fn value(random: &mut Rng, param: &Param) -> Value {
    match (param.is_number, param.length) {
        (true, Some(_)) => Value::Number(random.i64(0..10)),
        (true, None) => Value::Number(any(random, &NUMBERS).unwrap_or_default()),
        (false, Some(length)) => Value::Text(random.choice(["a", "b", " "]).unwrap_or("a").repeat(length)),
        (false, None) => Value::Text(any(random, &TEXTS).unwrap_or_default().to_owned()),
    }
}

pub(crate) fn protocol(random: &mut Rng) -> Protocol {
    let mut protocol = Protocol::default();
    add_params(&mut protocol, random);
    add_responses(&mut protocol, random);
    exchanges::add_exchanges(&mut protocol, random);
    let actions = random.u32(4..12);
    let triggers = random.u32(3..10);
    add_groups(&mut protocol, random, actions, triggers);
    add_timers(&mut protocol, random);
    add_triggers(&mut protocol, random, actions, triggers);
    add_actions(&mut protocol, random, actions);
    add_qactions(&mut protocol, random);
    protocol
}

fn add_params(protocol: &mut Protocol, random: &mut Rng) {
    for pid in 1..=random.u32(3..9) {
        let is_number = random.bool();
        let fixed = one_in(random, 6);
        let length = fixed.then_some(if is_number { 1 } else { 2 });
        let kind = match random.u8(0..8) {
            0..4 => Kind::Read,
            4..7 => Kind::Write,
            _ => Kind::Dummy,
        };
        let bytes = (fixed && random.bool()).then(|| if is_number { "5".to_owned() } else { "k".to_owned() });
        let mut param = Param {
            pid,
            name: format!("Parameter {pid}"),
            kind,
            is_number,
            length,
            bytes,
            default: None,
            setter: false,
        };
        if kind == Kind::Write && random.bool() {
            // Its read parameter (PARAM-142).
            param.setter = true;
            param.name = format!("Pair {pid}");
            let mut read = Param { pid: pid + 50, kind: Kind::Read, setter: false, ..param.clone() };
            add_default(&mut read, random);
            protocol.params.push(read);
        }
        add_default(&mut param, random);
        protocol.params.push(param);
    }
}

/// LIFE-12: for read parameters that start without a value.
fn add_default(param: &mut Param, random: &mut Rng) {
    if param.kind == Kind::Read && param.length.is_none() && one_in(random, 4) {
        param.default = Some(value(random, param)).filter(|value| !value.text().is_empty());
    }
}

fn add_responses(protocol: &mut Protocol, random: &mut Rng) {
    let variable: Vec<u32> =
        protocol.params.iter().filter(|param| param.length.is_none()).map(|param| param.pid).collect();
    let count = if variable.is_empty() { 0 } else { random.u32(0..4) };
    for id in 1..=count {
        let mut params = Vec::new();
        let mut parts = variable.clone();
        random.shuffle(&mut parts);
        if one_in(random, 6) {
            params.extend(parts.first());
        } else {
            for ((mark, _), part) in MARKS.iter().zip(parts.iter().take(random.usize(1..4))) {
                params.extend([*mark, *part]);
            }
        }
        protocol.responses.push(Response { id, params });
    }
    if count > 0 {
        protocol.params.extend(MARKS.map(|(pid, bytes)| Param {
            pid,
            name: format!("Mark {pid}"),
            kind: Kind::Fixed,
            is_number: false,
            length: Some(bytes.len()),
            bytes: Some(bytes.to_owned()),
            default: None,
            setter: false,
        }));
    }
}

fn add_groups(protocol: &mut Protocol, random: &mut Rng, actions: u32, triggers: u32) {
    for id in 1..=random.u32(1..6) {
        let kind = match random.u8(0..9) {
            6.. if !protocol.pairs.is_empty() => GroupType::Poll,
            3 => GroupType::PollTrigger,
            4 => GroupType::Action,
            5 => GroupType::Trigger,
            _ => GroupType::PollAction,
        };
        let is_triggers = matches!(kind, GroupType::PollTrigger | GroupType::Trigger);
        // Triggers from 10 on are those that are called.
        let count = if is_triggers { triggers } else { actions };
        let items = (0..random.u32(1..4)).map(|_| {
            let pair = any(random, &protocol.pairs).filter(|_| kind == GroupType::Poll);
            let item = pair.map_or_else(|| random.u32(10..10 + count), |pair| pair.id);
            (item, one_in(random, 3).then(|| random.u64(1..400)))
        });
        let items = items.collect();
        protocol.groups.push(Group { id, kind, condition: maybe_condition(protocol, random, 8), items });
    }
}

fn add_timers(protocol: &mut Protocol, random: &mut Rng) {
    let mut groups: Vec<u32> = protocol.groups.iter().map(|group| group.id).collect();
    for id in 1..=random.u32(0..3) {
        random.shuffle(&mut groups);
        let mut of_timer: Vec<u32> = groups.iter().copied().take(random.usize(1..4)).collect();
        // A group that is run at once would let the timer tick again while others wait (TMR-08); the compiler refuses it.
        of_timer.sort_by_key(|id| protocol.groups.iter().any(|group| group.id == *id && group.kind.is_polled()));
        protocol.timers.push(Timer {
            id,
            period: (!one_in(random, 6)).then(|| random.u64(150..1500)),
            interval: if one_in(random, 4) { 0 } else { random.u64(1..120) },
            initial: !one_in(random, 4),
            condition: maybe_condition(protocol, random, 8),
            groups: of_timer,
        });
    }
    let of_timers = |group: &Group| protocol.timers.iter().any(|timer| timer.groups.contains(&group.id));
    for group in &mut protocol.groups {
        let at_once = !group.kind.is_polled();
        if at_once && of_timers(group) {
            // The rules do not say what a wait is on the thread of a timer.
            group.items.iter_mut().for_each(|(_, next)| *next = None);
        }
    }
}

fn add_triggers(protocol: &mut Protocol, random: &mut Rng, actions: u32, triggers: u32) {
    let texts = protocol.params.iter().any(is_text);
    if !protocol.responses.is_empty() && !one_in(random, 8) {
        let on = Some((On::Each("response"), "before"));
        let content = vec![(1, false)];
        protocol.triggers.push(Trigger { id: 1, on, guard: None, condition: None, runs_triggers: false, content });
    }
    exchanges::add_make(protocol, random);
    for id in 10..10 + triggers {
        let on = moment(protocol, random);
        let is_startup = on.is_some_and(|(on, _)| on == On::Item(Item::Protocol));
        let runs_triggers = id + 1 < 10 + triggers && !is_startup && one_in(random, 5);
        let ids = if runs_triggers { id + 1..10 + triggers } else { 10..10 + actions };
        // At that time nothing has a value yet, and the compiler refuses to ask for one.
        let condition = if is_startup { None } else { maybe_condition(protocol, random, 2) };
        let mut content: Vec<(u32, bool)> = (0..random.u32(1..4))
            .map(|_| (random.u32(ids.clone()), one_in(random, if condition.is_some() { 3 } else { 12 })))
            .collect();
        if let Some((On::Item(Item::Response(_)), "before")) = on
            && !runs_triggers
            && !one_in(random, 4)
        {
            content.insert(0, (1, false));
        }
        if let Some((On::Item(Item::Command(_)), "before")) = on
            && !runs_triggers
            && !one_in(random, 4)
        {
            content.insert(0, (exchanges::MAKE_OF_FIRED, false));
        }
        let is_on_param = matches!(on, Some((On::Item(Item::Parameter(_)) | On::Each("parameter"), _)));
        if !runs_triggers && is_on_param && one_in(random, 3) {
            // An action on what fired (ACT-03).
            let on_fired = if texts && random.bool() { COPY_OF_FIRED } else { random.u32(2..5) };
            content.push((on_fired, false));
        }
        let guard = on.filter(|_| !is_startup).and_then(|on| maybe_guard(protocol, random, on));
        protocol.triggers.push(Trigger { id, on, guard, condition, runs_triggers, content });
    }
}

fn moment(protocol: &Protocol, random: &mut Rng) -> Option<(On, &'static str)> {
    let param = any(random, &protocol.params)?.pid;
    let group = any(random, &protocol.groups)?.id;
    let each = one_in(random, 3);
    let on = |item: Item| if each { On::Each(item.word()) } else { On::Item(item) };
    let around = if random.bool() { "before" } else { "after" };
    Some(match random.u8(0..21) {
        0..3 => return None,
        16.. => return exchanges::moment(protocol, random, each),
        3..9 => (on(Item::Parameter(param)), "change"),
        9..11 => (on(Item::Parameter(param)), "change after response"),
        11..13 => (on(Item::Group(group)), around),
        13 => (on(Item::Timer(any(random, &protocol.timers)?.id)), "before"),
        14 => (on(Item::Response(any(random, &protocol.responses)?.id)), around),
        _ => (On::Item(Item::Protocol), "after startup"),
    })
}

/// The action that copies what fired.
const COPY_OF_FIRED: u32 = 5;

/// Whether it takes any value as a text.
fn is_text(param: &Param) -> bool {
    !param.is_number && param.length.is_none() && param.kind != Kind::Fixed
}

/// Actions 1 to 6 are on what fired; those from 10 on have ids.
fn add_actions(protocol: &mut Protocol, random: &mut Rng, count: u32) {
    let on_fired = [Deed::Read, Deed::RunActions, Deed::Clear, Deed::ClearOnDisplay];
    for (id, deed) in (1..).zip(on_fired) {
        protocol.actions.push(Action { id, condition: None, targets: Vec::new(), deed });
    }
    // The copy of what fired (ACT-41) goes to a text: every value fits one.
    let texts: Vec<u32> = protocol.params.iter().filter(|param| is_text(param)).map(|param| param.pid).collect();
    if let Some(text) = any(random, &texts) {
        protocol.actions.push(Action {
            id: COPY_OF_FIRED,
            condition: None,
            targets: vec![text],
            deed: Deed::Copy(None),
        });
    }
    if !protocol.commands.is_empty() {
        let id = exchanges::MAKE_OF_FIRED;
        protocol.actions.push(Action { id, condition: None, targets: Vec::new(), deed: Deed::Make });
    }
    for id in 10..10 + count {
        let condition = maybe_condition(protocol, random, 3);
        let usual = (Deed::Clear, vec![1]);
        let (deed, targets) = deed(protocol, random).unwrap_or(usual);
        protocol.actions.push(Action { id, condition, targets, deed });
    }
}

fn deed(protocol: &Protocol, random: &mut Rng) -> Option<(Deed, Vec<u32>)> {
    let groups: Vec<u32> = protocol.groups.iter().map(|group| group.id).collect();
    let timers: Vec<u32> = protocol.timers.iter().map(|timer| timer.id).collect();
    let of = |fits: &dyn Fn(&Param) -> bool| -> Vec<u32> {
        protocol.params.iter().filter(|param| param.kind != Kind::Fixed && fits(param)).map(|param| param.pid).collect()
    };
    let targets = |random: &mut Rng, from: Vec<u32>| -> Vec<u32> {
        let count = if one_in(random, 3) { 2 } else { 1 };
        (0..count).filter_map(|_| any(random, &from)).collect()
    };
    let commands: Vec<u32> = protocol.commands.iter().map(|command| command.id).collect();
    let (deed, targets) = match random.u8(0..26) {
        0..5 => {
            let source = any(random, &protocol.params)?;
            let fits = |target: &Param| {
                target.length == source.length
                    && (target.is_number == source.is_number || (source.is_number && source.length.is_none()))
            };
            (Deed::Copy(Some(source.pid)), targets(random, of(&fits)))
        }
        5..8 => (Deed::Clear, targets(random, of(&|_| true))),
        8 => (Deed::ClearOnDisplay, targets(random, of(&|_| true))),
        9..12 => {
            let by = any(random, &[1, -1, 5, 0])?;
            (Deed::Increment(by), targets(random, of(&|param| param.is_number && param.length.is_none())))
        }
        12..14 => (Deed::RunActions, targets(random, of(&|_| true))),
        14 => (Deed::Go, targets(random, of(&|param| param.kind == Kind::Write))),
        24.. => (Deed::Make, targets(random, commands)),
        15..22 => (Deed::Queue(any(random, &WAYS)?), targets(random, groups)),
        _ => {
            let deed = any(random, &[Deed::StartTimer, Deed::StopTimer, Deed::Reschedule, Deed::RestartTimer(false)])?;
            (deed, targets(random, timers))
        }
    };
    (!targets.is_empty()).then_some((deed, targets))
}

fn add_qactions(protocol: &mut Protocol, random: &mut Rng) {
    for id in 1..=random.u32(0..5) {
        let mut triggers: Vec<u32> =
            (0..random.u32(1..4)).filter_map(|_| any(random, &protocol.params)).map(|param| param.pid).collect();
        triggers.sort_unstable();
        triggers.dedup();
        protocol.qactions.push(QAction { id, triggers, condition: maybe_condition(protocol, random, 6) });
    }
}

fn maybe_condition(protocol: &Protocol, random: &mut Rng, count: u32) -> Option<Condition> {
    if !one_in(random, count) {
        return None;
    }
    let first = comparison(protocol, random)?;
    let mut others = Vec::new();
    while one_in(random, 3) {
        others.push((random.bool(), comparison(protocol, random)?));
    }
    Some(Condition { first, others })
}

/// What the attributes of `Time` compare (TRG-43). Those of a timeout have no effect (TRG-45).
fn maybe_guard(protocol: &Protocol, random: &mut Rng, (on, time): (On, &str)) -> Option<Guard> {
    if !one_in(random, 4) || time.starts_with("timeout") {
        return None;
    }
    let own = if let On::Item(Item::Parameter(pid)) = on { Some(pid) } else { None };
    let own = own.filter(|_| random.bool());
    let compared = match own {
        Some(pid) => protocol.params.iter().find(|param| param.pid == pid)?.clone(),
        None => any(random, &protocol.params)?,
    };
    let case = any(random, if compared.is_number { &CASES } else { &CASES[..2] })?;
    let alike: Vec<u32> = protocol
        .params
        .iter()
        .filter(|param| param.is_number == compared.is_number && param.pid != compared.pid)
        .map(|param| param.pid)
        .collect();
    let with = match any(random, &alike) {
        Some(pid) if random.bool() => Operand::Param(pid),
        _ if compared.is_number => Operand::Text(any(random, &NUMBERS)?.to_string()),
        _ => Operand::Text(any(random, &["on", "off", "7", "a b"])?.to_owned()),
    };
    Some(Guard { param: own.is_none().then_some(compared.pid), case, with })
}

fn comparison(protocol: &Protocol, random: &mut Rng) -> Option<Comparison> {
    let param = any(random, &protocol.params)?;
    let equality = any(random, &["==", "!="])?;
    let order = any(random, &["==", "!=", "<", ">", "<=", ">="])?;
    let left = Operand::Param(param.pid);
    let number = any(random, &NUMBERS)?;
    let numbers: Vec<u32> = protocol.params.iter().filter(|param| param.is_number).map(|param| param.pid).collect();
    let (left, operator, right) = match random.u8(0..6) {
        0 => (left, equality, Operand::Empty),
        1 if !param.is_number => (left, equality, Operand::EmptyString),
        2 if param.is_number => (Operand::Sum(param.pid, 2), order, Operand::Param(any(random, &numbers)?)),
        3 if param.is_number => (left, equality, Operand::Text(number.to_string())),
        _ if param.is_number => (left, order, Operand::Number(number)),
        _ => (left, equality, Operand::Text(any(random, &TEXTS)?.to_owned())),
    };
    Some(Comparison { left, operator, right })
}
