//! `Display` and `Positions` have something in them.

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(display) = param.element.find("Display") else { continue };
        if display.children.is_empty() {
            // 2.60.1
            let message = format!("the `Display` of {} is empty", param.label());
            let help = "remove it, or say in it how the parameter is shown: `<RTDisplay>true</RTDisplay>`";
            faults.add(Fault::rule("2.60.1", display.name_span, message).help(help));
        }
        let Some(positions) = display.find("Positions").filter(|list| list.find("Position").is_none()) else {
            continue;
        };
        // 2.57.1
        let message = format!("{} has `Positions` without a `Position`, so it stands on no page", param.label());
        let help = "remove `Positions`, or add `<Position><Page>…</Page><Row>0</Row><Column>0</Column></Position>`";
        faults.add(Fault::rule("2.57.1", positions.name_span, message).help(help));
    }
}
