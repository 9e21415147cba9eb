//! Names of parameters: not the platform's own (2.2.5), of letters, digits and underscores (2.2.7), with a letter at the
//! start (2.2.8).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

/// The documented names of the platform's own parameters in small letters.
static RESERVED: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| include_str!("reserved_names.txt").lines().map(str::to_lowercase).collect());

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(name) = param.text(&["Name"]) else { continue };
        if name.is_blank() {
            let fault = Fault::rule("2.2.2", name.span, format!("the name of {} is empty", param.label()));
            faults.add(fault.help("write a name of letters, digits and underscores"));
            continue;
        }
        let (reserved, odd) = (reserved(param, name), characters(param, name));
        // 2.2.3: only a name that is right otherwise.
        if name.is_padded() && reserved.is_none() && odd.is_none() {
            let message = format!("there is white space around the name {}", quoted(param.name));
            faults.add(Fault::rule("2.2.3", name.span, message).help("remove it"));
        }
        faults.extend(reserved.into_iter().chain(odd));
    }
}

fn reserved(param: &Param<'_>, name: Slot<'_>) -> Option<Fault> {
    let text = quoted(param.name);
    if param.name.starts_with("__") {
        let message = format!("{text} starts with two underscores, as names of the platform do");
        return Some(Fault::rule("2.2.5", name.span, message).help("take the underscores away"));
    }
    if !RESERVED.contains(&param.name.to_lowercase()) {
        return None;
    }
    let message = format!("{text} is the name of a parameter of the platform itself");
    let help = "choose another name, for instance with a word before it that tells whose it is";
    Some(Fault::rule("2.2.5", name.span, message).help(help))
}

fn characters(param: &Param<'_>, name: Slot<'_>) -> Option<Fault> {
    let before_letters = param.name.split(char::is_alphabetic).next().unwrap_or_default();
    if before_letters.contains(char::is_numeric) {
        let message = format!("the name {} has a digit before its first letter", quoted(param.name));
        return Some(Fault::rule("2.2.8", name.span, message).help("start the name with a letter"));
    }
    let odd = param.name.chars().find(|character| !character.is_alphanumeric() && *character != '_')?;
    let what = if odd.is_whitespace() { "white space".to_owned() } else { format!("the character `{odd}`") };
    let message = format!("the name {} has {what} in it", quoted(param.name));
    let fault = Fault::rule("2.2.7", name.span, message);
    Some(match tidied(param.name) {
        Some(tidied) => fault.help(format!("write {}", quoted(&tidied))),
        None => fault.help("write a name of letters, digits and underscores"),
    })
}

/// The name with an underscore for each run of other characters, if anything is left of it.
fn tidied(name: &str) -> Option<String> {
    let words = name.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join("_"))
}
