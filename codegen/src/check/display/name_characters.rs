//! Names of parameters are made of letters, digits and underscores, and start with a letter (2.2.7, 2.2.8).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(name) = param.text(&["Name"]) else { continue };
        let before_letters = param.name.split(char::is_alphabetic).next().unwrap_or_default();
        let odd = param.name.chars().find(|character| !character.is_alphanumeric() && *character != '_');
        let fault = if before_letters.contains(|character: char| character.is_numeric()) {
            let message = format!("the name {} has a digit before its first letter", quoted(param.name));
            Fault::rule("2.2.8", name.span, message).help("start the name with a letter")
        } else if let Some(odd) = odd {
            let what = if odd.is_whitespace() { "white space".to_owned() } else { format!("the character `{odd}`") };
            let message = format!("the name {} has {what} in it", quoted(param.name));
            Fault::rule("2.2.7", name.span, message).help(format!("write `{}`", tidied(param.name)))
        } else {
            continue;
        };
        faults.add(fault);
    }
}

/// The name with an underscore for each run of other characters.
fn tidied(name: &str) -> String {
    let words = name.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    if words.is_empty() { "Name".to_owned() } else { words.join("_") }
}
