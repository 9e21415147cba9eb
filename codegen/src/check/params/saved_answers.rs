//! What a device is asked for is not saved as well: the next answer replaces it.

use std::collections::BTreeMap;

use crate::check::file::{File, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::source::Span;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut answered: BTreeMap<u32, (u32, Span)> = BTreeMap::new();
    for response in file.responses.valid() {
        let Some(id) = response.id else { continue };
        for part in response.element.find("Content").into_iter().flat_map(|content| content.all("Param")) {
            if let Some(pid) = loose(&part.text) {
                answered.entry(pid).or_insert((id, Slot::look(part).span));
            }
        }
    }
    for param in &file.params {
        let Some(save) = param.attribute(&[], "save").filter(|save| save.is("true")) else { continue };
        let Some(&(response, place)) = answered.get(&param.id) else { continue };
        // 2.77.1
        let message = format!("{} is saved, although response {response} brings its value", param.label());
        let fault = Fault::rule("2.77.1", save.span, message).help("remove `save`");
        faults.add(fault.related(place, format!("a part of response {response}")));
    }
}
