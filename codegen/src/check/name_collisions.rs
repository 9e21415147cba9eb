//! Names that differ in letter case or in marks alone are one identifier in Rust; each then gets its item's id.

use std::collections::{BTreeMap, BTreeSet};

use genlock_spec::ParamKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Discreet, Model, Target};
use crate::names::{Case, Scope, VARIANTS, Wanted};
use crate::source::Span;

pub(super) fn check<'m>(model: &'m Model, faults: &mut Faults) {
    let mut kinds: BTreeMap<Target, Vec<Item<'m>>> = BTreeMap::new();
    let writes = model.params.iter().filter(|param| param.kind.is_some_and(|kind| kind.value == ParamKind::Write));
    let writes: BTreeSet<i64> = writes.filter_map(|param| param.head.id()).collect();
    for (target, _, head) in model.heads() {
        // Sessions have no identifier.
        if let (Some(id), Some(name)) = (head.id(), head.name.as_ref().filter(|_| target != Target::Session)) {
            let role = (target == Target::Param && writes.contains(&id)).then_some("write");
            let wanted = Wanted { name: &name.value, distinction: id.to_string(), role };
            kinds.entry(target).or_default().push((wanted, name.span));
        }
    }
    for (target, items) in kinds {
        report(target.noun(), Scope { case: Case::Constant, kind: target.noun(), reserved: &[] }, &items, faults);
    }
    for measurement in model.params.iter().filter_map(|param| param.measurement.as_ref()) {
        let item = |discreet: &'m Discreet| {
            let Discreet { display, value, .. } = discreet;
            (Wanted { name: &display.value, distinction: value.value.clone(), role: None }, display.span)
        };
        report("value", VARIANTS, &measurement.known_values().map(item).collect::<Vec<_>>(), faults);
    }
}

/// What wants an identifier, and where its name stands.
type Item<'m> = (Wanted<'m>, Span);

/// Reports those of `items` whose identifiers are told apart by their ids or values.
fn report(noun: &str, scope: Scope, items: &[Item<'_>], faults: &mut Faults) {
    let mut sharing: BTreeMap<String, u32> = BTreeMap::new();
    for (wanted, _) in items {
        *sharing.entry(wanted.name.to_lowercase()).or_default() += 1;
    }
    let wanted: Vec<Wanted<'_>> = items.iter().map(|(wanted, _)| wanted.clone()).collect();
    for ((wanted, span), identifier) in items.iter().zip(scope.assign(&wanted)) {
        // The same name twice is a fault of its own. A value may be called as the one for all others is.
        let is_shared = sharing.get(&wanted.name.to_lowercase()).is_some_and(|&count| count > 1);
        if identifier.collides && !is_shared && !scope.reserves(wanted) {
            let message = format!("in Rust this is `{}`: another {noun} has almost the same name", identifier.ident());
            faults.add(Fault::style(Kind::NameCollision, *span, message).help("give one of them another name"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, SourceSet, compile};

    /// The places of the collisions in a connector with these parameters.
    fn lines(params: &str) -> Vec<u32> {
        let source = SourceSet::new("a.xml", format!("<Protocol><Params>\n{params}</Params></Protocol>"));
        let diagnostics = compile(&source, &Options::default()).diagnostics;
        let collisions = diagnostics.iter().filter(|fault| fault.fault == "name-collision");
        collisions.map(|fault| source.line(fault.span.start)).collect()
    }

    fn param(id: u32, name: &str, kind: &str) -> String {
        format!("<Param id=\"{id}\"><Name>{name}</Name><Type>{kind}</Type></Param>\n")
    }

    #[test]
    fn names_that_differ_in_marks_alone_collide() {
        let params = [param(1, "Level A", "read"), param(2, "Gain", "read"), param(3, "LevelA", "read")];
        assert_eq!(lines(&params.concat()), [2, 4]);
    }

    #[test]
    fn values_that_differ_in_marks_alone_collide() {
        let discreets = |displays: &[&str]| {
            let discreets = displays.iter().enumerate().map(|(value, display)| {
                format!("<Discreet><Display>{display}</Display><Value>{value}</Value></Discreet>\n")
            });
            let discreets = format!("\n<Discreets>{}</Discreets>", discreets.collect::<String>());
            param(1, "Mode", "read").replace("</Param>", &format!("<Measurement>{discreets}</Measurement></Param>"))
        };
        assert_eq!(lines(&discreets(&["Auto", "On", "On!", "Other"])), [4, 5]);
        assert_eq!(lines(&discreets(&["+", "-", "Auto"])), [0_u32; 0]);
    }

    #[test]
    fn param_142_partners_do_not_collide() {
        assert_eq!(lines(&[param(1, "Level", "read"), param(2, "Level", "write")].concat()), [0_u32; 0]);
    }
}
