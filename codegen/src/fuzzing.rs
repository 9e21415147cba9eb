//! Doors for the fuzz targets and the smoke run: each takes any bytes, holds what is true of every outcome, and never
//! panics otherwise.

use proc_macro2::TokenStream;

use crate::diagnostic::{Diagnostic, Faults, render_json, render_text};
use crate::parse::Element;
use crate::{Options, SourceSet, Span, condition as language, parse};

/// Reads `data` as XML. What is in the tree has its place in the file, inside of what it stands in.
pub fn xml(data: &[u8]) {
    let source = SourceSet::from_bytes("fuzz.xml", data.to_vec());
    let mut faults = Faults::default();
    let document = parse::read(&source, Options::default().max_size, &mut faults);
    if let Some(root) = &document.root {
        placed(root, &source);
    }
    for fault in &faults.into_diagnostics(&document) {
        shown(fault, &source);
    }
}

/// Parses `data` as a condition and checks its types.
pub fn condition(data: &[u8]) {
    language::fuzz(data);
}

/// Compiles `data`. Gives back the code, which parses as Rust.
pub fn pipeline(data: &[u8]) -> TokenStream {
    let source = SourceSet::from_bytes("fuzz.xml", data.to_vec());
    let output = crate::compile(&source, &Options::default());
    for fault in output.diagnostics.iter().chain(&output.silenced) {
        shown(fault, &source);
    }
    assert_eq!(output.spec.is_none(), output.errors().next().is_some(), "there are tables if there are no errors");
    output.tokens
}

/// Asserts that `element` and all that it holds lie where they say.
fn placed(element: &Element, source: &SourceSet) {
    let inside = |outer: Span, inner: Span| assert!(outer.contains(inner), "{inner:?} is in {outer:?}");
    let place =
        |span: Span| assert!(source.text().get(span.start..span.end).is_some(), "{span:?} is a part of the text");
    place(element.span);
    place(element.text_span);
    inside(element.span, element.tag);
    inside(element.tag, element.name_span);
    for attribute in &element.attributes {
        place(attribute.value_span);
        inside(element.tag, attribute.name_span);
        inside(element.tag, attribute.value_span);
    }
    for child in &element.children {
        inside(element.span, child.span);
        placed(child, source);
    }
}

/// Asserts that `fault` can be shown.
fn shown(fault: &Diagnostic, source: &SourceSet) {
    for span in fault.related.iter().map(|related| related.span).chain([fault.span]) {
        assert!(source.text().get(span.start..span.end).is_some(), "{span:?} is a part of the text: {fault:?}");
    }
    assert!(render_text(fault, source).contains(fault.code));
    assert!(!render_json(fault, source).contains('\n'));
}
