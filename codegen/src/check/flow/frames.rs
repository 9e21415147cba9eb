//! A response of a smart-serial connection has a header and a trailer that belong together (11.1.2).

use std::collections::{BTreeMap, BTreeSet};

use crate::check::file::{File, Param, loose};
use crate::diagnostic::{Fault, Faults};
use crate::source::Span;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let links = file.links();
    let smart = links.iter().filter(|link| link.kind.is_some_and(|kind| kind.starts_with("smart-serial")));
    let smart: BTreeMap<u32, Span> = smart.map(|link| (link.number, link.span)).collect();
    if smart.is_empty() {
        return;
    }
    let parts: BTreeMap<u32, Part> = file.params.iter().filter_map(Part::new).collect();
    // How many parts have a number, for each connection; those that name none belong to all.
    let mut sizes: BTreeMap<(Option<u32>, u32), usize> = BTreeMap::new();
    for part in parts.values() {
        *sizes.entry((part.connection, part.number)).or_default() += 1;
    }
    let size = |connection: Option<u32>, number: u32| sizes.get(&(connection, number)).copied().unwrap_or(0);
    for response in file.responses.valid() {
        let connection = response.connection();
        let Some(&declared) = smart.get(&connection) else { continue };
        let exist = |named: Option<u32>| sizes.range((named, 0)..=(named, u32::MAX)).next().is_some();
        let Some(content) = response.element.find("Content").filter(|_| exist(None) || exist(Some(connection))) else {
            continue;
        };
        let held: BTreeSet<u32> = content.all("Param").filter_map(|pid| loose(&pid.text)).collect();
        let mut found: BTreeMap<u32, usize> = BTreeMap::new();
        for part in held.iter().filter_map(|pid| parts.get(pid)) {
            if part.connection.is_none_or(|named| named == connection) {
                *found.entry(part.number).or_default() += 1;
            }
        }
        let is_framed =
            found.iter().any(|(&number, &count)| count == size(None, number) + size(Some(connection), number));
        if !is_framed {
            let message = format!("{} holds no complete set of header and trailer", response.label());
            let fault = Fault::rule("11.1.2", content.name_span, message);
            let fault = fault.related(declared, format!("connection {connection} finds its messages by them"));
            let numbers = found.keys().next();
            faults.add(fault.help(match numbers {
                Some(number) => format!("add the other parameters with `headerTrailerLink={number}`"),
                None => "add the header and the trailer that have the same `headerTrailerLink`".to_owned(),
            }));
        }
    }
}

/// A header or trailer that belongs to others.
struct Part {
    /// `headerTrailerLink=`
    number: u32,
    /// `connection=`
    connection: Option<u32>,
}

impl Part {
    fn new(param: &Param<'_>) -> Option<(u32, Self)> {
        if !matches!(param.kind.as_str(), "header" | "trailer") {
            return None;
        }
        let options = param.attribute(&["Type"], "options")?;
        let value = |name: &str| {
            options.parts().find_map(|part| {
                let (word, value) = part.raw.split_once('=')?;
                word.trim().eq_ignore_ascii_case(name).then(|| loose(value)).flatten()
            })
        };
        Some((param.id, Self { number: value("headerTrailerLink")?, connection: value("connection") }))
    }
}
