//! The ping before each row: `ping:rttColumn=7,timeout=500,type=icmp`.

use std::collections::BTreeMap;

use super::address::Address;
use super::judged::Judged;
use super::read::TimerOption;
use crate::check::file::{File, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::source::Span;
use crate::text::{either, nearest, quoted};

/// What the value of a sub-option is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    /// A column of the table of `ip`, counted from 1.
    Column,
    /// A parameter.
    Param,
    Number,
    /// From 0 to 100.
    Percentage,
    /// One of these words, letter case ignored.
    Words([&'static str; 2]),
}

const SUB_OPTIONS: [(&str, Value); 19] = [
    ("rttColumn", Value::Column),
    ("timestampColumn", Value::Column),
    ("jitterColumn", Value::Column),
    ("latencyColumn", Value::Column),
    ("packetLossRateColumn", Value::Column),
    (TIMEOUT_PID, Value::Param),
    ("ttl", Value::Number),
    ("timeout", Value::Number),
    ("type", Value::Words(["icmp", "winsock"])),
    ("size", Value::Number),
    ("continueSnmpOnTimeout", Value::Words(["true", "false"])),
    ("amountPackets", Value::Number),
    ("amountPacketsPid", Value::Param),
    ("amountPacketsMeasurements", Value::Number),
    ("amountPacketsMeasurementsPid", Value::Param),
    ("excludeWorstResults", Value::Percentage),
    ("excludeWorstResultsPid", Value::Param),
    ("interval", Value::Number),
    ("intervalPid", Value::Param),
];

/// Superseded: a column of the table can tell it for each row.
const TIMEOUT_PID: &str = "timeoutPid";

/// One sub-option.
struct SubOption<'d> {
    name: &'static str,
    kind: Value,
    slot: Slot<'d>,
    /// What stands behind the equals sign, untrimmed; the sub-option where there is none.
    value: Option<Slot<'d>>,
    is_repeated: bool,
}

/// 7.3.21
pub(super) fn check(file: &File<'_>, address: &Address<'_, '_>, option: &TimerOption<'_>, faults: &mut Faults) {
    let mut judged = Judged::new(option, "7.3.21", "ping:name=value,name=value");
    for sub_option in read(option, &mut judged) {
        // 7.3.27
        if sub_option.name == TIMEOUT_PID {
            let message = format!("`{TIMEOUT_PID}` is superseded");
            let help = "remove it; `rttColumn` holds -1 for each row that did not answer";
            judged.outdated(Fault::rule("7.3.27", sub_option.slot.span, message).help(help));
        }
        if !sub_option.is_repeated {
            judge(file, address, &sub_option, &mut judged);
        }
    }
    judged.report(faults);
}

/// The sub-options; those that there are not (7.3.24), and those that are repeated (7.3.25), are reported.
fn read<'d>(option: &TimerOption<'d>, judged: &mut Judged<'_, '_>) -> Vec<SubOption<'d>> {
    let mut options: Vec<SubOption<'d>> = Vec::new();
    let mut firsts: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    for part in option.parts().into_iter().filter(|part| !part.is_blank()) {
        let (name, value) = part.raw.split_once('=').map_or((part.raw, None), |(name, value)| (name, Some(value)));
        let name = name.trim();
        let Some(&(name, kind)) = SUB_OPTIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
            let names = || SUB_OPTIONS.iter().map(|(name, _)| *name);
            let message = format!("`ping` has no sub-option {}", quoted(part.trimmed()));
            judged.add(Fault::rule("7.3.24", part.span, message).help(match nearest(name, names()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the sub-options are {}", either(names())),
            }));
            continue;
        };
        let first = firsts.get(name).copied();
        if let Some((position, first)) = first {
            let message = format!("the sub-option `{name}` of `ping` stands here twice");
            let fault = Fault::rule("7.3.25", part.span, message).help("remove one of the two");
            judged.add(fault.related(first, "the first one"));
            if let Some(option) = options.get_mut(position) {
                option.is_repeated = true;
            }
            continue;
        }
        firsts.insert(name, (options.len(), part.span));
        let value = value.map(|value| part.within(value));
        options.push(SubOption { name, kind, slot: part, value, is_repeated: false });
    }
    options
}

fn judge(file: &File<'_>, address: &Address<'_, '_>, option: &SubOption<'_>, judged: &mut Judged<'_, '_>) {
    let what = format!("`{}`", option.name);
    let value = option.value.filter(|value| !value.is_blank());
    let text = value.unwrap_or(option.slot);
    let number = value.and_then(|value| loose(value.raw));
    let help = match option.kind {
        // 7.3.3
        Value::Words(words) if value.is_none_or(|value| !words.iter().any(|word| value.is(word))) => {
            format!("write {}", either(words))
        }
        Value::Words(_) => return,
        Value::Percentage if number.is_none_or(|number| number > 100) => {
            "write a whole number from 0 to 100".to_owned()
        }
        _ if number.is_none() && value.is_some_and(|value| value.raw.contains(['=', ':'])) => {
            "separate the sub-options with commas".to_owned()
        }
        _ if number.is_none() => "write a whole number".to_owned(),
        Value::Column => return number.map_or((), |position| column(address, text, position, judged)),
        Value::Param => return number.map_or((), |pid| _ = judged.refers(file, text, Target::Param, pid)),
        Value::Number | Value::Percentage => return,
    };
    judged.invalid(text, value.is_some(), &what, &help);
}

/// 7.3.30: positions start at 1.
fn column(address: &Address<'_, '_>, part: Slot<'_>, position: u32, judged: &mut Judged<'_, '_>) {
    let Address::Known(pid, table) = address else { return };
    let idx = position.checked_sub(1);
    if idx.is_some_and(|idx| table.is_some_and(|table| table.column(idx).is_some())) {
        return;
    }
    let (message, help) = match table {
        Some(table) => (
            format!("{} has no column at position {position}", table.label()),
            format!("positions count from 1, indices from 0; {}", table.column_indices()),
        ),
        None => (
            format!("parameter {pid}, whose column at position {position} is named, is no table"),
            "name a table in `ip`".to_owned(),
        ),
    };
    judged.add(Fault::rule("7.3.30", part.span, message).help(help));
}
