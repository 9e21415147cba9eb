//! Names that differ in letter case or in marks alone are one identifier in Rust; each then gets its item's id.

use std::collections::{BTreeMap, BTreeSet};

use genlock_spec::ParamKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Head, Model, Target};
use crate::names::{Case, Scope, Wanted};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let mut kinds: BTreeMap<Target, Vec<&Head>> = BTreeMap::new();
    for (target, _, head) in model.heads() {
        // Sessions have no identifier.
        if target != Target::Session && head.id.is_some() && head.name.is_some() {
            kinds.entry(target).or_default().push(head);
        }
    }
    let writes = model.params.iter().filter(|param| param.kind.is_some_and(|kind| kind.value == ParamKind::Write));
    let writes: BTreeSet<i64> = writes.filter_map(|param| param.head.id()).collect();
    for (target, heads) in kinds {
        let mut sharing: BTreeMap<String, u32> = BTreeMap::new();
        for name in heads.iter().filter_map(|head| head.name.as_ref()) {
            *sharing.entry(name.value.to_lowercase()).or_default() += 1;
        }
        let scope = Scope { case: Case::Constant, kind: target.noun(), reserved: &[] };
        let is_write = |head: &Head| target == Target::Param && head.id().is_some_and(|id| writes.contains(&id));
        let wanted = heads.iter().map(|head| Wanted {
            name: head.name(),
            distinction: head.id().unwrap_or_default().to_string(),
            role: is_write(head).then_some("write"),
        });
        let wanted: Vec<Wanted<'_>> = wanted.collect();
        let identifiers = scope.assign(&wanted);
        for (head, identifier) in heads.iter().zip(identifiers).filter(|(_, identifier)| identifier.collides) {
            let Some(written) = &head.name else { continue };
            // The same name twice is a fault of its own.
            if sharing.get(&written.value.to_lowercase()).is_some_and(|&count| count > 1) {
                continue;
            }
            let message =
                format!("in Rust this is `{}`: another {} has almost the same name", identifier.ident(), target.noun());
            faults.add(Fault::style(Kind::NameCollision, written.span, message).help("give one of them another name"));
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
    fn param_142_partners_do_not_collide() {
        assert_eq!(lines(&[param(1, "Level", "read"), param(2, "Level", "write")].concat()), [0_u32; 0]);
    }
}
