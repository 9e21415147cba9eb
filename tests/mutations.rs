//! Files that nobody wrote on purpose: whatever is done to a connector, it is judged in time and without a panic.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::fs;
use std::path::Path;

use genlock_codegen::diagnostic::{Severity, render_json, render_text};
use genlock_codegen::{Options, Output, SourceSet, compile};
use genlock_tests::Random;

const MUTATIONS: u32 = 3000;
/// Pieces that mean something to XML or to the language.
const PIECES: [&str; 32] = [
    "<",
    ">",
    "/",
    "\"",
    "'",
    "&",
    ";",
    "=",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<!DOCTYPE a [",
    "&#0;",
    "&amp;",
    "\0",
    "\u{feff}",
    "é",
    "0",
    "-1",
    "65000",
    "4294967296",
    "each",
    "action",
    "trigger",
    "dynamic ip",
    "connection:9",
    "<Param id=\"7\">",
    "</Param>",
    "<Content/>",
];

/// A range of up to `length` bytes within `bytes`.
fn range(random: &mut Random, bytes: &[u8], length: usize) -> std::ops::Range<usize> {
    let start = random.below(bytes.len() + 1);
    start..(start + random.below(length)).min(bytes.len())
}

fn mutate(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=random.below(4) {
        match random.below(6) {
            0 => drop(bytes.drain(range(random, &bytes, 200))),
            1 => {
                let piece = PIECES.get(random.below(PIECES.len())).unwrap();
                let range = range(random, &bytes, 8);
                bytes.splice(range, piece.bytes());
            }
            2 => {
                let copied = bytes.get(range(random, &bytes, 600)).unwrap().to_vec();
                let at = random.below(bytes.len() + 1);
                bytes.splice(at..at, copied);
            }
            3 => {
                let flipped = u8::try_from(random.below(256)).unwrap();
                let at = random.below(bytes.len());
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= flipped);
            }
            4 => bytes.truncate(random.below(bytes.len() + 1)),
            // A number becomes another one: references, ids and times.
            _ => {
                let digits: Vec<usize> =
                    (0..bytes.len()).filter(|&at| bytes.get(at).unwrap().is_ascii_digit()).collect();
                if let Some(&at) = digits.get(random.below(digits.len())) {
                    let digit = u8::try_from(random.below(10)).unwrap();
                    bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = b'0' + digit);
                }
            }
        }
    }
    bytes
}

/// Compiles and renders, and holds what is true of every output.
fn judge(name: &str, bytes: Vec<u8>) -> Output {
    let source = SourceSet::from_bytes(name, bytes);
    let output = compile(&source, &Options::default());
    for fault in &output.diagnostics {
        assert!(fault.span.start <= fault.span.end && fault.span.end <= source.text().len(), "{fault:?}");
        assert!(render_text(fault, &source).contains(fault.code));
        assert!(!render_json(fault, &source).contains('\n'));
    }
    let has_errors = output.diagnostics.iter().any(|fault| fault.severity == Severity::Error);
    assert_eq!(output.spec.is_none(), has_errors);
    output
}

#[test]
fn a_mutated_connector_is_judged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/nmos");
    let names = ["nmos.xml", "normal.xml", "custom-handshake.xml", "dynamic-ip.xml", "custom-handshake-dynamic-ip.xml"];
    let originals: Vec<Vec<u8>> = names.iter().map(|name| fs::read(folder.join(name)).unwrap()).collect();
    let mut random = Random::new(7);
    for round in 0..MUTATIONS {
        let original = originals.get(random.below(originals.len())).unwrap();
        judge(&format!("mutation {round}"), mutate(original, &mut random));
    }
}
