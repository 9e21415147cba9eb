//! What connectors do: each case is a connector, a script of the simulator and the trace that comes out.
//!
//! `tests/conformance/<chapter>/<rule>-<name>.{xml,script.jsonl,trace.jsonl}`; several cases may share a connector,
//! which then stands in the chapter's folder under the name that the script's first line gives: `# connector: NAME.xml`.
//! `GENLOCK_BLESS=1 cargo test -p genlock-tests --test conformance` writes the traces.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails where something is not there")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use genlock::sim::{Script, simulate};
use genlock_codegen::diagnostic::render_text;
use genlock_codegen::{Options, SourceSet, compile};
use genlock_spec::OwnedSpec;

const SCRIPT: &str = ".script.jsonl";

/// The scripts, by folder and name.
fn scripts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance");
    let chapters = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = chapters.flat_map(|chapter| fs::read_dir(chapter).unwrap().map(|entry| entry.unwrap().path()));
    let mut scripts: Vec<PathBuf> = files.filter(|file| file.to_str().unwrap().ends_with(SCRIPT)).collect();
    scripts.sort();
    scripts
}

fn tables(connector: &Path) -> OwnedSpec {
    let text = fs::read_to_string(connector).unwrap_or_else(|error| panic!("{}: {error}", connector.display()));
    let source = SourceSet::new(connector.file_name().unwrap().to_str().unwrap(), text);
    let output = compile(&source, &Options::default());
    let errors: String = output.errors().map(|fault| render_text(fault, &source)).collect();
    output.spec.unwrap_or_else(|| panic!("{}:\n{errors}", connector.display()))
}

#[test]
fn each_case_leaves_its_trace() {
    let bless = std::env::var_os("GENLOCK_BLESS").is_some();
    let mut connectors: BTreeMap<PathBuf, OwnedSpec> = BTreeMap::new();
    let mut wrong = Vec::new();
    for path in scripts() {
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let name = path.file_name().unwrap().to_str().unwrap().strip_suffix(SCRIPT).unwrap();
        let shared = text.lines().next().and_then(|line| line.strip_prefix("# connector: "));
        let connector = path.with_file_name(shared.map_or_else(|| format!("{name}.xml"), str::to_owned));
        let tables = connectors.entry(connector.clone()).or_insert_with(|| tables(&connector));
        let script = Script::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut trace = String::new();
        let result = simulate(tables, &script, |line| {
            trace.push_str(&line.to_string());
            trace.push('\n');
        });
        result.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let beside = path.with_file_name(format!("{name}.trace.jsonl"));
        if bless {
            fs::write(&beside, &trace).unwrap();
        } else if fs::read_to_string(&beside).ok().map(|text| text.replace("\r\n", "\n")).as_deref() != Some(&trace) {
            wrong.push(format!("{}:\n{trace}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\n\nGENLOCK_BLESS=1 accepts these", wrong.join("\n"));
}
