//! The tree of XML that is plain, odd or broken.

use super::{Document, Element, read};
use crate::diagnostic::Faults;
use crate::source::{SourceSet, Span};

/// The tree, and the faults as `line:column message`.
fn parse(text: &str) -> (SourceSet, Document, Vec<String>) {
    let source = SourceSet::new("a.xml", text);
    let mut faults = Faults::default();
    let document = read(&source, 1 << 20, &mut faults);
    let shown = faults.into_diagnostics(&document).into_iter().map(|fault| {
        assert!(source.text().get(fault.span.start..fault.span.end).is_some(), "{fault:?}");
        let place = source.location(fault.span.start);
        format!("{}:{} {}", place.line, place.column, fault.message)
    });
    let shown = shown.collect();
    (source, document, shown)
}

/// The outermost element of XML without faults.
fn root(text: &str) -> (SourceSet, Element) {
    let (source, document, faults) = parse(text);
    assert_eq!(faults, [""; 0]);
    (source, document.root.unwrap())
}

#[test]
fn everything_has_its_place() {
    let (source, root) = root("<A>\r\n\t<B c=\"d\" e = 'f'> text </B>\r\n</A>");
    let inner = &root.children[0];
    assert_eq!(source.slice(root.span), source.text());
    assert_eq!(source.slice(inner.span), "<B c=\"d\" e = 'f'> text </B>");
    assert_eq!(source.slice(inner.tag), "<B c=\"d\" e = 'f'>");
    assert_eq!(source.slice(inner.name_span), "B");
    assert_eq!(source.slice(inner.text_span), "text");
    assert_eq!(inner.text, " text ");
    let attributes = inner.attributes.iter().map(|it| (source.slice(it.name_span), source.slice(it.value_span)));
    assert_eq!(attributes.collect::<Vec<_>>(), [("c", "d"), ("e", "f")]);
}

#[test]
fn a_byte_order_mark_is_skipped_and_places_stay_right() {
    let (source, root) = root("\u{feff}<A>x</A>");
    assert_eq!(source.slice(root.text_span), "x");
    assert_eq!(source.location(root.span.start).column, 1);
}

#[test]
fn line_ends_are_one_character() {
    let (_, root) = root("<A>a\r\nb\rc\nd</A>");
    assert_eq!(root.text, "a\nb\nc\nd");
}

#[test]
fn white_space_in_an_attribute_becomes_spaces() {
    let (_, root) = root("<A b=\"c\r\n\td\"/>");
    assert_eq!(root.attributes[0].value, "c  d");
}

#[test]
fn cdata_is_text_as_it_stands() {
    let (source, root) = root("<A>a<![CDATA[ <&amp;> ]]>b</A>");
    assert_eq!(root.text, "a <&amp;> b");
    assert_eq!(source.slice(root.text_span), "a<![CDATA[ <&amp;> ]]>b");
}

#[test]
fn the_text_of_a_cdata_section_alone_is_inside_it() {
    let (source, root) = root("<A>\n\t<![CDATA[ id:1 < 2 ]]>\n</A>");
    assert_eq!(source.slice(root.text_span), "id:1 < 2");
}

#[test]
fn a_comment_has_its_place_among_the_elements() {
    let (source, document, _) = parse("<!--0--><A><!--1--><B><!--2--></B><!--3--></A><!--4-->");
    let around = document.comments.iter().map(|&comment| {
        let name = |element: Option<&Element>| element.map_or("", |element| &element.name).to_owned();
        let surroundings = document.surroundings(comment.start);
        (source.slice(comment), name(surroundings.parent), name(surroundings.next))
    });
    let expected = [
        ("<!--0-->", "", "A"),
        ("<!--1-->", "A", "B"),
        ("<!--2-->", "B", ""),
        ("<!--3-->", "A", ""),
        ("<!--4-->", "", ""),
    ];
    let expected = expected.map(|(comment, parent, next)| (comment, parent.to_owned(), next.to_owned()));
    assert_eq!(around.collect::<Vec<_>>(), expected);
}

#[test]
fn comments_and_processing_instructions_are_no_text() {
    let (_, root) = root("<?xml version=\"1.0\"?><!-- a --><A>b<!-- <c> & --><?d e?>f</A><!-- g -->");
    assert_eq!(root.text, "bf");
    assert!(root.children.is_empty());
}

#[test]
fn references_are_replaced() {
    let (_, root) = root("<A b=\"&lt;&quot;&#65;&#x42;\">&amp;&gt;&apos;&#x20AC;</A>");
    assert_eq!(root.attributes[0].value, "<\"AB");
    assert_eq!(root.text, "&>'\u{20ac}");
}

#[test]
fn namespaces_are_ignored() {
    let (_, root) = root("<p:A xmlns:p=\"urn:x\" xmlns=\"urn:y\" xsi:schemaLocation=\"z\" b=\"c\"><p:D/></p:A>");
    assert_eq!(root.name, "A");
    assert_eq!(root.attributes.iter().map(|attribute| attribute.name.as_str()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(root.children[0].name, "D");
}

#[test]
fn several_elements_of_one_name_are_numbered() {
    let (_, root) = root("<A><B/><C/><B/></A>");
    assert_eq!(root.children.iter().map(|child| child.ordinal).collect::<Vec<_>>(), [Some(1), None, Some(2)]);
}

#[test]
fn a_path_names_ids_and_positions() {
    let (source, document, _) = parse("<P><T id=\"5\"><On id=\"9\">x</On><I>1</I><I>2</I></T></P>");
    let path = |text: &str| {
        let start = source.text().find(text).unwrap();
        document.path(Span::new(start, start + 1))
    };
    assert_eq!(path("9"), "P/T[@id=5]/On@id");
    assert_eq!(path("x"), "P/T[@id=5]/On");
    assert_eq!(path("2"), "P/T[@id=5]/I[2]");
    assert_eq!(document.path(Span::new(400, 401)), "");
}

#[test]
fn faults_do_not_hide_each_other() {
    let (_, document, faults) = parse("<A>\n<Bee>\n</Dog>\n<D e=f/>\n</A>");
    assert_eq!(
        faults,
        [
            "2:1 the element `Bee` is never closed",
            "3:1 `</Dog>` closes no element",
            "4:4 the attribute `e` has no value in quotes"
        ]
    );
    assert_eq!(document.root.unwrap().children[0].children[0].name, "D");
}

#[test]
fn a_misspelt_end_tag_ends_what_it_was_meant_for() {
    let (_, document, faults) = parse("<A><Name>x</Nam><Type/></A>");
    assert_eq!(faults, ["1:11 `</Nam>` closes no element"]);
    assert_eq!(document.root.unwrap().children.len(), 2);
}

#[test]
fn an_end_tag_too_many_ends_nothing() {
    let (_, document, faults) = parse("<A><Params><B/></Param></Params></A>");
    assert_eq!(faults, ["1:16 `</Param>` closes no element"]);
    assert_eq!(document.root.unwrap().children.len(), 1);
}

#[test]
fn broken_xml_has_line_and_column() {
    let cases = [
        ("", vec![]),
        ("<", vec!["1:1 this tag is never closed"]),
        ("<A", vec!["1:1 this tag is never closed"]),
        ("<A b=\"", vec!["1:1 a quote in this tag is never closed"]),
        ("<A>\n<!-- x", vec!["2:1 this comment is never closed"]),
        ("<A>\n <![CDATA[ x", vec!["2:2 this CDATA section is never closed"]),
        ("<A><?x", vec!["1:4 this processing instruction is never closed"]),
        ("<A>\n<!X></A>", vec!["2:1 `<!` starts neither a comment nor a CDATA section"]),
        ("<A>\u{1}</A>", vec!["1:4 XML does not allow the character U+0001"]),
        ("<A>a & b</A>", vec!["1:6 `&` starts no reference"]),
        ("<A b=\"&x\"/>", vec!["1:7 `&` starts no reference"]),
        ("<A b=\"&nbsp;\"/>", vec!["1:7 there is no entity `&nbsp;`"]),
        ("<A>&#xD800;</A>", vec!["1:4 `&#xD800;` is not a character"]),
        ("<A>]]></A>", vec!["1:4 `]]>` ends no CDATA section"]),
        ("<A b=\"<\"/>", vec!["1:7 `<` must not stand in the value of an attribute"]),
        ("<A b=\"1\"c=\"2\"/>", vec!["1:9 there is no space before this attribute"]),
        ("<A b=\"1\"é=\"2\"/>", vec!["1:9 there is no space before this attribute"]),
        ("<A b=\"1\" b=\"2\"/>", vec!["1:10 the attribute `b` stands here twice"]),
        ("<A b/>", vec!["1:4 the attribute `b` has no value in quotes"]),
        ("<A !/>", vec!["1:4 `!` does not belong in a tag"]),
        ("<1/>", vec!["1:2 `1` is not the name of an element"]),
        ("<A/><B/>", vec!["1:5 there is a second outermost element"]),
        ("x<A/>", vec!["1:1 there is text outside the outermost element"]),
        ("</A>", vec!["1:1 `</A>` closes no element"]),
    ];
    for (text, expected) in cases {
        assert_eq!(parse(text).2, expected, "{text:?}");
    }
}

#[test]
fn what_is_too_deep_is_left_out_and_reported_once() {
    let text = "<A>".repeat(100_000) + &"</A>".repeat(100_000);
    let (_, document, faults) = parse(&text);
    assert_eq!(faults, ["1:769 elements are nested more than 256 deep here"]);
    let mut element = document.root.as_ref();
    let mut depth = 0;
    while let Some(inner) = element {
        (element, depth) = (inner.children.first(), depth + 1);
    }
    assert_eq!(depth, 256);
}
