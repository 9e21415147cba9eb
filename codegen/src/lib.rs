//! Compiles a DataMiner connector file: XML in, tables, Rust and diagnostics out.
//!
//! The pipeline is [`compile`]: the XML reader makes a tree in which everything has its place, `model` reads the tree
//! into typed items, `check` holds one fact a file, `lower` makes the tables that the engine runs, `emit` prints them
//! as Rust. No phase stops at its first fault and none can panic; nothing here touches the file system, the
//! environment or a clock.

mod check;
mod condition;
mod emit;
mod labels;
mod lower;
mod model;
mod names;
mod options;
mod outline;
mod parse;
mod schema;
mod shape;
mod source;
mod suppress;
mod text;

pub mod diagnostic;
#[doc(hidden)]
pub mod fuzzing;
pub mod graph;
pub mod pages;

use std::collections::BTreeSet;

use genlock_spec::OwnedSpec;
use proc_macro2::TokenStream;

pub use labels::{HookLabel, Label, Labels};
pub use options::Options;
pub use outline::{Outline, QActionOutline, outline};
pub use source::{Location, SourceSet, Span};
pub use suppress::{FaultId, IdleAllow, UnknownFaultId};
pub use text::nearest;

use diagnostic::{Class, Diagnostic, Faults, Severity};
use model::Model;
use pages::Pages;
use suppress::Findings;

/// What [`compile`] makes of a file.
#[derive(Clone, Debug)]
pub struct Output {
    /// The tables; none when there are errors.
    pub spec: Option<OwnedSpec>,
    /// How an element is shown; nothing when there are errors.
    pub pages: Pages,
    /// The items of the module: all of it, or on errors the names alone, so that code which uses them adds no noise. Of
    /// broken XML, or of what is no connector, the names are not known; then there is nothing, because the compiler is
    /// silent about the names of a module that has nothing in it but an error.
    pub tokens: TokenStream,
    /// What is wrong with the file, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong with it and silenced, by a comment in it or by the options; by place.
    pub silenced: Vec<Diagnostic>,
    /// What the options allow in vain.
    pub idle_allows: Vec<IdleAllow>,
}

impl Output {
    fn new(spec: Option<OwnedSpec>, tokens: TokenStream, findings: Findings) -> Self {
        let Findings { reported, silenced, idle_allows } = findings;
        Self { spec, pages: Pages::default(), tokens, diagnostics: reported, silenced, idle_allows }
    }

    /// The errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|fault| fault.severity == Severity::Error)
    }

    /// The warnings that the macros and the build script show: those about what runs. Under `#![deny(warnings)]` each
    /// is an error, so questions of style are left to `genlock check`.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_shown = |fault: &&Diagnostic| fault.severity == Severity::Warning && fault.class == Class::Behaviour;
        self.diagnostics.iter().filter(is_shown)
    }
}

/// Compiles a file.
pub fn compile(source: &SourceSet, options: &Options) -> Output {
    let (model, findings) = judge(source, options);
    let Some(model) = model else { return Output::new(None, TokenStream::new(), findings) };
    let (labels, shape) = (lower::labels(&model, source), lower::shape(&model));
    if findings.has_errors() {
        return Output::new(None, emit::skeleton(&labels, &shape, options), findings);
    }
    let (spec, pages) = (lower::lower(&model), lower::pages(&model));
    let tokens = emit::emit(&spec, &pages, &labels, &shape, options);
    Output { pages, ..Output::new(Some(spec), tokens, findings) }
}

/// Says what is wrong with a file, as [`compile`] does, without tables and code.
pub fn check(source: &SourceSet, options: &Options) -> Output {
    let (_, findings) = judge(source, options);
    Output::new(None, TokenStream::new(), findings)
}

/// What a file says, unless it cannot be understood, and what is wrong with it.
fn judge(source: &SourceSet, options: &Options) -> (Option<Model>, Findings) {
    let mut faults = Faults::default();
    let document = parse::read(source, options.max_size, &mut faults);
    let is_whole = if document.root.is_some() { !faults.break_the_tree() } else { !faults.has_errors() };
    let model = if is_whole { model::read(&document, source, &mut faults) } else { None };
    let Some(model) = model else { return (None, suppress::sort(faults, &document, source, options, false)) };
    model::report_untaken(&document, &mut faults);
    if let Some(root) = &document.root {
        check::check(root, source, &model, options, &mut faults);
    }
    faults.settle(model.refusal().as_ref());
    let findings = suppress::sort(faults, &document, source, options, true);
    (Some(model), findings)
}

/// Every element and attribute of the language with the part of it to which it belongs, for the table of what is
/// carried out.
#[doc(hidden)]
pub fn language() -> impl Iterator<Item = (&'static str, &'static str)> {
    schema::schema().nodes().iter().map(|node| (node.path, node.part.name()))
}

/// The elements and attributes of a file that the model reads, by their paths, for the same table.
#[doc(hidden)]
pub fn carried_out(source: &SourceSet) -> BTreeSet<&'static str> {
    let mut faults = Faults::default();
    let document = parse::read(source, usize::MAX, &mut faults);
    model::read(&document, source, &mut faults);
    model::taken(&document)
}
