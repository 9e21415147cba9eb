//! What an action `aggregate` writes, and whether it may leave it as it is.

use crate::check::file::loose;
use crate::parse::Slot;

/// The parameters that are written, with the places where they are named: the one given as an option of its own, or
/// those for the default, the results and the groups.
pub(super) fn written(options: Slot<'_>) -> Vec<(u32, Slot<'_>)> {
    let plain: Vec<_> = options.parts().filter_map(|part| Some((loose(part.raw)?, part))).collect();
    if !plain.is_empty() {
        return plain;
    }
    let mut found = Vec::new();
    for part in options.parts() {
        let Some((name, value)) = part.raw.split_once(':') else { continue };
        let mut add = |text: &str| found.extend(loose(text).map(|pid| (pid, part)));
        match name.trim().to_lowercase().as_str() {
            // `return:<pid>,<pid>`
            "return" => value.split(',').for_each(add),
            // `defaultValue:<pid>,<value>`
            "defaultvalue" => add(value.split(',').next().unwrap_or_default()),
            // `groupby:<column>[:<pid>],…`
            "groupby" => value.split(',').filter_map(|entry| entry.split_once(':')).for_each(|(_, pid)| add(pid)),
            _ => {}
        }
    }
    found
}

/// Whether it has the option `defaultIf`, which is a condition.
pub(super) fn is_conditional(options: Slot<'_>) -> bool {
    let name =
        |part: Slot<'_>| part.raw.split(':').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("defaultIf"));
    options.parts().any(name)
}
