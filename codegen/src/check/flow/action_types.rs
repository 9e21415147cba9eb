//! What an action is on and what it does go together (6.7.1; ACT-01, ACT-08).

use super::action::{ALLOWED, recognised};
use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::either;

/// Up to how many types are listed.
const SHOWN: usize = 9;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for action in recognised(file) {
        let possible = ALLOWED.iter().filter(|(_, kinds)| kinds.contains(&action.kind_word)).map(|&(on, _)| on);
        let possible: Vec<&str> = possible.collect();
        if possible.contains(&action.on_word) {
            continue;
        }
        let message = format!("an action on {} cannot be `{}`", action.on_word, action.kind_word);
        let fault = Fault::rule("6.7.1", action.kind.text_span, message).related(action.on.text_span, "what it is on");
        let kinds = ALLOWED.iter().find(|(on, _)| *on == action.on_word).map_or(&[][..], |(_, kinds)| kinds);
        let here = match kinds.len() {
            0..=SHOWN => format!("; on {} write {}", action.on_word, either(kinds.iter().copied())),
            _ => String::new(),
        };
        faults.add(fault.help(match possible.as_slice() {
            // ACT-07
            [] => format!("`{}` is on nothing: remove the action{here}", action.kind_word),
            possible => format!("`{}` is on {}{here}", action.kind_word, either(possible.iter().copied())),
        }));
    }
}
