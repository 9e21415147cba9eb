//! The provider is the one that the user expects, if he says which (1.3.3).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let Some(expected) = file.provider else { return };
    let Some(provider) = file.root.find("Provider").map(Slot::look).filter(|text| !text.is_blank()) else { return };
    if provider.raw != expected {
        let message = format!("the provider is {}, not {}", quoted(provider.raw), quoted(expected));
        faults
            .add(Fault::rule("1.3.3", provider.span, message).help(format!("write `<Provider>{expected}</Provider>`")));
    }
}
