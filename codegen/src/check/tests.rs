use super::{CHECKS, Check, FILE_CHECKS, File, FileCheck};
use crate::diagnostic::Faults;
use crate::{Options, SourceSet, model, parse};

/// Connectors in which many checks have something to look at.
const FILES: [&str; 6] = [
    include_str!("../../../tests/corpus/serial-every-action.xml"),
    include_str!("../../../tests/corpus/serial-matrix-router.xml"),
    include_str!("../../../tests/corpus/http-rest-encoder.xml"),
    include_str!("../../../tests/corpus/snmpv3-power-strip.xml"),
    include_str!("../../../tests/corpus/virtual-operator-panel.xml"),
    include_str!("../../../tests/corpus/websocket-tally-controller.xml"),
];
/// What damages all of them: what stands left becomes what stands right.
const DAMAGES: [(&str, &str); 7] = [
    ("", ""),
    ("id=\"1", "id=\"2"),
    ("read", "write"),
    (">1<", "> 9<"),
    ("true", ""),
    ("Name>", "Title>"),
    ("execute", "make"),
];

/// One check of either sort.
#[derive(Clone, Copy)]
enum Any {
    Model(Check),
    File(FileCheck),
}

/// What the checks find in `text` when they are run in the order of `checks`.
fn found(text: &str, checks: &[Any]) -> Vec<String> {
    let (source, options) = (SourceSet::new("a.xml", text), Options::default());
    let mut faults = Faults::default();
    let document = parse::read(&source, options.max_size, &mut faults);
    let model = model::read(&document, &source, &mut faults).expect("it is a protocol");
    let root = document.root.as_ref().expect("there is a root");
    let file = File::new(root, &source, &model, &options);
    for check in checks {
        match check {
            Any::Model(check) => check(&model, &mut faults),
            Any::File(check) => check(&file, &mut faults),
        }
    }
    let mut found: Vec<String> = faults.into_diagnostics(&document).iter().map(|fault| format!("{fault:?}")).collect();
    found.sort();
    found
}

#[test]
fn the_order_of_the_checks_is_no_matter() {
    let checks = CHECKS.iter().map(|&check| Any::Model(check));
    let checks = checks.chain(FILE_CHECKS.iter().copied().flatten().map(|&check| Any::File(check)));
    let checks: Vec<Any> = checks.collect();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for (text, (from, to)) in FILES.iter().flat_map(|text| DAMAGES.iter().map(move |damage| (text, damage))) {
        let text = if from.is_empty() { (*text).to_owned() } else { text.replace(from, to) };
        let expected = found(&text, &checks);
        let mut shuffled = checks.clone();
        for at in (1..shuffled.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            shuffled.swap(at, (random % (at as u64 + 1)) as usize);
        }
        let shuffled = found(&text, &shuffled);
        let differs = expected.iter().zip(&shuffled).find(|(one, other)| one != other);
        assert!(expected == shuffled, "{from:?} as {to:?}: {differs:?}");
    }
}
