//! Each connector by the build script, and a file with two modules for each: one by this door, one by the macro.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use genlock_build::Config;
use genlock_codegen::{Options, SourceSet, compile};
use genlock_corpus::{connectors, made};

/// How many parameters the made connector has.
const PARAMS: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    println!("cargo:rerun-if-changed=../../corpus");
    let (mut by_build, mut by_macro, mut pairs) = (String::new(), String::new(), String::new());
    let mut add = |name: &str, file: &Path, bytes: Vec<u8>, call: &str, argument: &str| -> Result<(), Box<dyn Error>> {
        let allowed = warnings(bytes);
        Config::new().allow(allowed.iter().copied()).compile(file)?;
        let module = name.replace('-', "_");
        let docs = format!("    /// `{name}`.\n    pub mod {module}");
        writeln!(by_build, "{docs} {{ genlock::include_generated!(\"{name}\"); }}")?;
        let allow = Vec::from_iter(allowed).join(", ");
        writeln!(by_macro, "{docs} {{ genlock::{call}!({argument}, allow = [{allow}]); }}")?;
        let spec = |door| format!("<{door}::{module}::Protocol as genlock::Protocol>::spec()");
        writeln!(pairs, "        (\"{name}\", {}, {}),", spec("by_build"), spec("by_macro"))?;
        Ok(())
    };
    for connector in connectors()? {
        let file = format!("../../corpus/{}.xml", connector.name);
        add(&connector.name, Path::new(&file), connector.bytes, "include_protocol", &format!("\"{file}\""))?;
    }
    // The macro takes files of the package and texts; this one is made, so it is handed over as a text.
    let xml = made(PARAMS);
    let file = Path::new(&out).join("made.xml");
    fs::write(&file, &xml)?;
    add("made", &file, xml.clone().into_bytes(), "protocol", &format!("r##\"{xml}\"##"))?;

    let modules = format!(
        "/// By the build script.\npub mod by_build {{\n{by_build}}}\n/// By the macro.\npub mod by_macro {{\n{by_macro}}}\n\
         /// The tables of each connector by both doors.\n#[must_use]\npub fn tables() -> Vec<Pair> {{\n    vec![\n{pairs}    ]\n}}\n"
    );
    fs::write(Path::new(&out).join("connectors.rs"), modules)?;
    Ok(())
}

/// What the doors would warn of: parts of the language that no driver carries out yet. Here, warnings are errors.
fn warnings(bytes: Vec<u8>) -> BTreeSet<&'static str> {
    compile(&SourceSet::from_bytes("connector", bytes), &Options::default())
        .warnings()
        .map(|fault| fault.code)
        .collect()
}
