//! The options of a timer that runs for each row of a table, several rows at a time.

mod address;
mod judged;
mod pace;
mod ping;
mod qactions;
mod read;
mod threads;

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::either;
use address::Address;
use read::{TimerOption, read};

/// The options without which the others have no effect, with the rules that ask for them (7.3.6, 7.3.17, 7.3.18), and
/// what to write.
const NEEDED: [(&str, &str, &str); 3] = [
    ("ip", "7.3.6", "add `ip:table,column`, the table over whose rows it runs and the column with the addresses"),
    ("each", "7.3.17", "add `each:milliseconds`, the time in which all rows are done once"),
    ("threadPool", "7.3.18", "add `threadPool:size`, how many rows are done at a time"),
];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for timer in file.timers.valid() {
        let Some((id, slot)) = timer.id.zip(timer.attribute("options")) else { continue };
        let options = read(slot, faults);
        missing(id, slot, &options, faults);
        let once = |name: &str| options.iter().find(|option| option.name == name && !option.is_repeated);
        let address = Address::of(file, once("ip"));
        // The content of a repeated option is not examined.
        for option in options.iter().filter(|option| !option.is_repeated) {
            judge(file, &address, option, faults);
        }
    }
}

/// Reports what the options in `slot` lack of those that they need.
fn missing(timer: u32, slot: Slot<'_>, options: &[TimerOption<'_>], faults: &mut Faults) {
    for (needed, rule, help) in NEEDED {
        let mut used: Vec<&str> = options.iter().map(|option| option.name).collect();
        if used.is_empty() || used.contains(&needed) {
            continue;
        }
        used.sort_unstable();
        used.dedup();
        let message = format!("timer {timer} has no option `{needed}`, without which {} has no effect", either(used));
        faults.add(Fault::rule(rule, slot.span, message).help(help));
    }
}

fn judge(file: &File<'_>, address: &Address<'_, '_>, option: &TimerOption<'_>, faults: &mut Faults) {
    match option.name {
        "ip" => address::table_and_column(file, option, "7.3.11", faults),
        "instance" => address::table_and_column(file, option, "7.3.10", faults),
        "ignoreIf" => address::ignore_if(address, option, faults),
        "each" => pace::each(option, faults),
        "pollingRate" => pace::polling_rate(option, faults),
        "threadPool" => threads::pool(file, option, faults),
        "dynamicThreadPool" => threads::size(file, option, faults),
        "ping" => ping::check(file, address, option, faults),
        "qaction" => qactions::check(file, option, "7.3.13", faults),
        "qactionBefore" => qactions::check(file, option, "7.3.14", faults),
        _ => qactions::check(file, option, "7.3.15", faults),
    }
}
