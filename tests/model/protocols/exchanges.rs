//! Random commands and pairs.

use fastrand::Rng;

use super::{any, maybe_condition, one_in};
use crate::protocol::{Command, Item, Link, On, Pair, Protocol, Trigger};

/// The action that makes the command that fired.
pub(super) const MAKE_OF_FIRED: u32 = 6;

/// The trigger on each command that does it, as connectors with `MakeCommandByProtocol` need it (CMD-11).
const MAKE: u32 = 2;

pub(super) fn add_exchanges(protocol: &mut Protocol, random: &mut Rng) {
    protocol.link = Link { makes_by_protocol: random.bool(), timeout: random.u64(60..400), retries: random.u32(0..3) };
    for id in 1..=random.u32(0..4) {
        let mut params: Vec<u32> = protocol.params.iter().map(|param| param.pid).collect();
        random.shuffle(&mut params);
        params.truncate(random.usize(1..4));
        protocol.commands.push(Command { id, params });
    }
    if protocol.commands.is_empty() {
        return;
    }
    for id in 1..=random.u32(1..5) {
        let mut responses: Vec<u32> = protocol.responses.iter().map(|response| response.id).collect();
        random.shuffle(&mut responses);
        responses.truncate(random.usize(0..3));
        let command = any(random, &protocol.commands).map_or(1, |command| command.id);
        protocol.pairs.push(Pair {
            id,
            condition: maybe_condition(protocol, random, 8),
            command,
            responses,
            timeout: random.bool().then(|| random.u64(20..400)),
            retries: random.bool().then(|| random.u32(0..4)),
            ignores_timeout: one_in(random, 5),
        });
    }
}

pub(super) fn add_make(protocol: &mut Protocol, random: &mut Rng) {
    if protocol.commands.is_empty() || one_in(random, 6) {
        return;
    }
    protocol.triggers.push(Trigger {
        id: MAKE,
        on: Some((On::Each("command"), "before")),
        guard: None,
        condition: None,
        runs_triggers: false,
        content: vec![(MAKE_OF_FIRED, false)],
    });
}

/// A moment of a command or a pair.
pub(super) fn moment(protocol: &Protocol, random: &mut Rng, each: bool) -> Option<(On, &'static str)> {
    let on = |item: Item| if each { On::Each(item.word()) } else { On::Item(item) };
    Some(if one_in(random, 3) {
        let command = Item::Command(any(random, &protocol.commands)?.id);
        (on(command), if random.bool() { "before" } else { "after" })
    } else {
        let pair = Item::Pair(any(random, &protocol.pairs)?.id);
        (on(pair), any(random, &["succeeded", "timeout", "timeout after retries"])?)
    })
}
