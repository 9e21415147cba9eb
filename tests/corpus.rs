//! The connectors of `corpus/`: none has a fault, and the code of each parses and is as it was when it was looked at.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::path::Path;
use std::{env, fs};

use genlock_codegen::diagnostic::{Diagnostic, Severity, render_text};
use genlock_codegen::{Options, Output, SourceSet, compile};
use genlock_corpus::{Connector, connectors, fragments, made};

/// The code of a connector with a file of up to so many bytes is kept in `corpus/golden/`.
const SMALL: usize = 6_500;

fn compiled(connector: &Connector) -> (SourceSet, Output) {
    let source = SourceSet::from_bytes(format!("{}.xml", connector.name), connector.bytes.clone());
    let output = compile(&source, &Options::default());
    (source, output)
}

fn errors(output: &Output) -> impl Iterator<Item = &Diagnostic> {
    output.diagnostics.iter().filter(|fault| fault.severity == Severity::Error)
}

/// The code as text, without the lines of the file in it.
fn printed(output: &Output) -> String {
    prettyplease::unparse(&syn::parse2(output.tokens.clone()).unwrap())
}

#[test]
fn no_connector_has_an_error() {
    let mut wrong = String::new();
    for connector in connectors().unwrap() {
        let (source, output) = compiled(&connector);
        wrong.extend(errors(&output).map(|fault| render_text(fault, &source)));
        assert!(output.spec.is_some() || errors(&output).next().is_some(), "{}", connector.name);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What every connector says about itself is reported under a code of its own, and nothing else is.
#[test]
fn a_fragment_lacks_what_every_connector_says_about_itself_and_has_no_other_error() {
    for fragment in fragments().unwrap() {
        let (source, output) = compiled(&fragment);
        for fault in errors(&output) {
            // A template is filled in before it is used; until then it does not say how it is connected.
            let is_placeholder = fault.validator_id == Some("1.8.3") && source.slice(fault.span).starts_with('$');
            assert!(fault.code == "GL0801" || is_placeholder, "{}", render_text(fault, &source));
        }
        assert!(errors(&output).next().is_some(), "{}", fragment.name);
    }
}

/// `GENLOCK_BLESS=1 cargo test -p genlock-tests --test corpus` writes the code as it is now.
#[test]
fn the_code_of_small_connectors_is_as_it_was_last_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/golden");
    let mut expected: Vec<String> = Vec::new();
    for connector in connectors().unwrap() {
        let (_, output) = compiled(&connector);
        let code = printed(&output);
        if connector.bytes.len() > SMALL {
            continue;
        }
        let golden = folder.join(format!("{}.rs", connector.name));
        if env::var_os("GENLOCK_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&golden, &code).unwrap();
        }
        let text = fs::read_to_string(&golden).unwrap_or_default().replace("\r\n", "\n");
        let differs = text.lines().zip(code.lines()).enumerate().find(|(_, (old, new))| old != new);
        assert!(text == code, "{} differs: {differs:?}; see GENLOCK_BLESS", golden.display());
        expected.push(format!("{}.rs", connector.name));
    }
    for file in fs::read_dir(&folder).unwrap() {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        assert!(expected.contains(&name), "corpus/golden/{name} is the code of no small connector");
    }
}

#[test]
fn large_connectors_have_no_error_and_give_code() {
    for params in [1_000, 10_000] {
        let source = SourceSet::new("made.xml", made(params));
        let output = compile(&source, &Options::default());
        let wrong: String = errors(&output).map(|fault| render_text(fault, &source)).collect();
        assert!(wrong.is_empty(), "{wrong}");
        assert_eq!(output.spec.as_ref().unwrap().params.len(), params);
        assert!(syn::parse2::<syn::File>(output.tokens).is_ok());
    }
}
