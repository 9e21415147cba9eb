//! How much code a connector becomes. Tokens and lines of IR are counted, not timed: the same on every machine.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::fs;

use genlock_codegen::{Options, SourceSet, compile};
use genlock_corpus::made;
use genlock_tests::{Fixture, cargo, repository, succeeded};
use proc_macro2::{TokenStream, TokenTree};

/// How many tokens a parameter may have, with its share of commands, responses, groups, triggers and QActions.
const TOKENS: usize = 300;
/// How many parameters may share one line of LLVM's IR: what is generated is data, on which no function depends.
const PARAMS_A_LINE: usize = 10;

fn tokens(params: usize) -> TokenStream {
    let output = compile(&SourceSet::new("made.xml", made(params)), &Options::default().unhandled(true));
    assert!(output.spec.is_some());
    output.tokens
}

fn count(tokens: TokenStream) -> usize {
    let size = |token| if let TokenTree::Group(group) = token { 2 + count(group.stream()) } else { 1 };
    tokens.into_iter().map(size).sum()
}

#[test]
fn a_parameter_has_few_tokens_however_many_there_are() {
    let (small, large) = (count(tokens(1_000)), count(tokens(4_000)));
    assert!(small / 1_000 <= TOKENS, "{} tokens a parameter", small / 1_000);
    // A number takes a token whatever its size.
    assert!(large / 4_000 <= small / 1_000, "{large} tokens of 4000 parameters, {small} of 1000");
}

#[test]
fn parameters_add_no_functions() {
    let (small, large) = (ir_lines(250), ir_lines(1_000));
    assert!(large <= small + 750 / PARAMS_A_LINE, "{large} lines of 1000 parameters, {small} of 250");
}

/// The lines of IR, without optimisation, of a program that prepares an element of a connector of `params` parameters.
fn ir_lines(params: usize) -> usize {
    let fixture = Fixture::new(env!("CARGO_TARGET_TMPDIR"), "size").unwrap();
    let manifest = format!(
        "[package]\nname = \"size\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         genlock = {{ path = \"{}\" }}\n",
        repository("runtime")
    );
    fixture.write("Cargo.toml", &manifest).unwrap();
    let program = format!(
        "mod made {{ {} }}\nstruct State;\nimpl made::QActions for State {{}}\n\
         fn main() {{ drop(made::element(\"frame\", State)); }}\n",
        tokens(params)
    );
    fixture.write("src/main.rs", &program).unwrap();
    let ir = fixture.path("size.ll");
    let mut rustc = cargo(fixture.path("."));
    rustc.args(["rustc", "--quiet", "--offline", "--target-dir"]).arg(fixture.path("../target"));
    rustc.args(["--", "-Cdebuginfo=0", "-Ccodegen-units=1"]).arg(format!("--emit=llvm-ir={}", ir.display()));
    succeeded(rustc.output().unwrap()).unwrap();
    fs::read_to_string(ir).unwrap().lines().count()
}
