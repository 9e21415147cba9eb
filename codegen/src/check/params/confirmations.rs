//! What disrupts asks before it is done: buttons by `Message`, entries of context menus by `confirm`.

use crate::check::file::{File, Param, list};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::source::Span;
use crate::text::quoted;

/// Words for what disrupts.
const CRITICAL: [&str; 12] = [
    "reboot",
    "restart",
    "remove",
    "delete",
    "update",
    "upgrade",
    "shutdown",
    "shut down",
    "shut-down",
    "stop",
    "start",
    "activate",
];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        if param.measurement == "button" {
            check_button(param, faults);
        }
        if param.is_context_menu() {
            check_menu(param, faults);
        }
    }
}

/// The caption of an entry, if it says that it disrupts.
fn critical(entry: &Element) -> Option<Slot<'_>> {
    let caption = entry.find("Display").map(Slot::look)?;
    let text = caption.raw.to_lowercase();
    CRITICAL.iter().any(|word| text.contains(word)).then_some(caption)
}

/// What helps all critical buttons of a parameter.
const HELP: &str = "add `<Message>…?</Message>` to the parameter with the question to ask";

/// One caption is a finding of its own; several have one `Message` between them.
fn check_button(param: &Param<'_>, faults: &mut Faults) {
    let asks = param.text(&["Message"]).is_some_and(|message| !message.is_blank())
        || param.attribute(&[], "confirmPopup").is_some_and(|popup| popup.is("always"));
    let captions: Vec<Slot<'_>> = param.discreets().filter_map(critical).filter(|_| !asks).collect();
    match captions.as_slice() {
        [] => {}
        [caption] => {
            // 2.49.2
            let message = format!("the button {} asks nobody before it does so", quoted(caption.trimmed()));
            faults.add(Fault::rule("2.49.2", caption.span, message).help(HELP));
        }
        several => {
            // 2.49.1
            let message = format!("the buttons of {} ask nobody before they do what they say", param.label());
            let fault = Fault::rule("2.49.1", param.element.name_span, message).missing("/Message").help(HELP);
            let fault = several.iter().fold(fault, |fault, caption| {
                fault.related(caption.span, format!("{} disrupts", quoted(caption.trimmed())))
            });
            faults.add(fault);
        }
    }
}

fn check_menu(param: &Param<'_>, faults: &mut Faults) {
    let mut found: Vec<(Fault, Span, &str)> = Vec::new();
    for entry in param.discreets() {
        found.extend(confirmation(entry));
    }
    if found.len() < 2 {
        return found.into_iter().for_each(|(fault, ..)| faults.add(fault));
    }
    // 2.50.1: several at once are one finding of the menu.
    let place =
        param.element.find_at(&["Measurement", "Discreets"]).map_or(param.element.name_span, |list| list.name_span);
    let message = format!("the menu {} does not ask as it should before it does what disrupts", param.label());
    let fault = Fault::rule("2.50.1", place, message)
        .help("write `<Discreet options=\"confirm:…?\">` with the question to ask");
    faults.add(found.into_iter().fold(fault, |fault, (_, span, what)| fault.related(span, what)));
}

/// What is wrong with the question that an entry of a menu asks.
fn confirmation(entry: &Element) -> Option<(Fault, Span, &'static str)> {
    let options = entry.get("options").map(Slot::attribute);
    let named = |option: &Slot<'_>| {
        option.raw.split(':').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("confirm"))
    };
    let Some(confirm) = options.into_iter().flat_map(|options| list(options, ';')).find(named) else {
        let caption = critical(entry)?;
        // 2.50.2
        let message = format!("the menu entry {} asks nobody before it does so", quoted(caption.trimmed()));
        let fault = Fault::rule("2.50.2", entry.name_span, message).missing("@options");
        let fault = fault.help("write `<Discreet options=\"confirm:…?\">` with the question to ask");
        return Some((fault, entry.name_span, "asks nothing"));
    };
    let question = confirm.raw.split_once(':').map_or("", |(_, question)| question);
    if question.trim().is_empty() {
        // 2.50.3
        let fault = Fault::rule("2.50.3", confirm.span, "`confirm` is there without a question");
        return Some((
            fault.help("write the question behind it: `confirm:…?`"),
            confirm.span,
            "asks an empty question",
        ));
    }
    (question.trim().len() != question.len()).then(|| {
        // 2.50.4
        let message = format!("there is white space around the question {}", quoted(question.trim()));
        let fault = Fault::rule("2.50.4", confirm.within(question).span, message).help("remove it");
        (fault, confirm.span, "has white space around its question")
    })
}
