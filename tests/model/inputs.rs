//! Random scripts for a connector.

use fastrand::Rng;

use crate::protocol::{Kind, Param, Protocol, Value};
use crate::protocols::{any, value};
use crate::script::{Input, Script, Step};

/// Longest time between two inputs, in ms.
const LONGEST: u64 = 300;

/// How long time passes behind the last input, in ms.
const REST: u64 = 3000;

pub(crate) fn script(protocol: &Protocol, random: &mut Rng, count: usize) -> Script {
    let mut script = Script { rest: REST, ..Script::default() };
    for qaction in &protocol.qactions {
        for _ in 0..random.u32(1..4) {
            let steps = (0..random.u32(0..4)).filter_map(|_| step(protocol, random)).collect();
            script.hooks.push((qaction.id, steps));
        }
    }
    let mut at = 0;
    let mut is_stopped = false;
    let mut is_closed = false;
    while script.inputs.len() < count {
        at += if random.u8(0..4) == 0 { 0 } else { random.u64(1..LONGEST) };
        let input = match (is_stopped, random.u8(0..60)) {
            (true, _) => Some(Input::Start),
            (false, 0) => Some(Input::Stop),
            (false, 1) if !is_closed => Some(Input::Drop),
            (false, 1..10) if is_closed => Some(Input::Reopen),
            (false, _) => input(protocol, random),
        };
        if let Some(input) = input {
            is_stopped = matches!(input, Input::Stop);
            is_closed = matches!(input, Input::Drop) || (is_closed && !matches!(input, Input::Reopen | Input::Start));
            script.inputs.push((at.max(1), input));
        }
    }
    script
}

/// A parameter that can be set: not one of constant bytes.
fn settable<'p>(protocol: &'p Protocol, random: &mut Rng) -> Option<&'p Param> {
    let params: Vec<&Param> = protocol.params.iter().filter(|param| param.kind != Kind::Fixed).collect();
    any(random, &params)
}

fn step(protocol: &Protocol, random: &mut Rng) -> Option<Step> {
    let param = settable(protocol, random)?;
    Some(match random.u8(0..12) {
        0..6 => Step::Set(param.pid, value(random, param)),
        6..8 => Step::Clear(param.pid),
        8 => {
            let fits = |other: &&&Param| other.is_number == param.is_number && other.length == param.length;
            let others: Vec<u32> =
                protocol.params.iter().collect::<Vec<_>>().iter().filter(fits).map(|other| other.pid).collect();
            Step::Copy(any(random, &others)?, param.pid)
        }
        9..11 => Step::CheckTrigger(called(protocol, random)?),
        _ => Step::Fail,
    })
}

/// A trigger that can be called: none of its actions is on what fired.
fn called(protocol: &Protocol, random: &mut Rng) -> Option<u32> {
    any(random, &protocol.triggers).map(|trigger| trigger.id)
}

fn input(protocol: &Protocol, random: &mut Rng) -> Option<Input> {
    Some(match random.u8(0..12) {
        0..4 => {
            let param = settable(protocol, random)?;
            Input::Set(param.pid, value(random, param))
        }
        4..6 => Input::CheckTrigger(called(protocol, random)?),
        6 => Input::Execute(any(random, &protocol.groups)?.id),
        7..9 => Input::ExecutePair(any(random, &protocol.pairs)?.id),
        _ => Input::Receive(message(protocol, random)?),
    })
}

/// A message of the form of one of the responses, now and then spoilt.
fn message(protocol: &Protocol, random: &mut Rng) -> Option<String> {
    let response = any(random, &protocol.responses)?;
    let parts = response.params.iter().filter_map(|pid| protocol.params.iter().find(|param| param.pid == *pid));
    let mut message: String = parts
        .map(|param| match (&param.bytes, value(random, param)) {
            (Some(bytes), _) if param.kind == Kind::Fixed => bytes.clone(),
            (_, Value::Text(text)) => text,
            (_, number @ Value::Number(_)) => number.text(),
        })
        .collect();
    match random.u8(0..12) {
        0 => message.push('x'),
        1 => drop(message.pop()),
        _ => {}
    }
    Some(message)
}
