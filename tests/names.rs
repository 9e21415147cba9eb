//! Whatever the items of a connector are called, its code parses and no two names in it are equal.

#![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use genlock_codegen::diagnostic::{Severity, render_text};
use genlock_codegen::{Options, SourceSet, compile};
use genlock_tests::Random;
use quote::ToTokens;
use syn::{Fields, ImplItem, Item, TraitItem};

const CONNECTORS: usize = 150;
/// What names are made of: keywords, names of the prelude and of what is generated, digits, letters of all kinds,
/// marks, nothing.
const PIECES: [&str; 84] = [
    "",
    "a",
    "B",
    "1",
    "22",
    "_",
    "__",
    " ",
    "-",
    ".",
    "/",
    "%",
    "(",
    ")",
    "#",
    "!",
    "'",
    "`",
    "\\",
    "*/",
    "//",
    "{}",
    "$x",
    "type",
    "Type",
    "self",
    "Self",
    "super",
    "crate",
    "fn",
    "gen",
    "async",
    "await",
    "try",
    "dyn",
    "abstract",
    "static",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Text",
    "String",
    "Vec",
    "Box",
    "Sized",
    "Send",
    "Into",
    "f64",
    "u8",
    "core",
    "std",
    "genlock",
    "Protocol",
    "Element",
    "Context",
    "QActions",
    "params",
    "values",
    "answer",
    "into future",
    "into_future",
    "Other",
    "R",
    "S",
    "name",
    "stated",
    "new",
    "ä",
    "Größe",
    "ß",
    "İstanbul",
    "ŉ",
    "µs",
    "Ω",
    "²",
    "Ⅷ",
    "ﬁ",
    "e\u{301}",
    "日本",
    "😀",
    "\u{200d}\u{301}",
];

/// A name that no other one of `taken` equals, letter case ignored.
fn name(random: &mut Random, taken: &mut BTreeSet<String>) -> String {
    loop {
        let pieces = (0..=random.below(4)).map(|_| PIECES[random.below(PIECES.len())]);
        let name = pieces.collect::<String>().trim().to_owned();
        // Two underscores in front belong to the platform (2.2.5).
        let is_legal = !name.is_empty() && !name.starts_with("__") && taken.insert(name.to_lowercase());
        if is_legal {
            return name;
        }
    }
}

/// A text as it stands in XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

const TEXT: &str =
    "<Interprete><RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType></Interprete>";

/// A legal connector in which everything has a name of [`name`].
fn connector(random: &mut Random) -> String {
    let mut xml = String::from(
        "<Protocol><Name>Names</Name><Version>1.0.0.1</Version><Provider>genlock</Provider>\
         <ElementType>Test</ElementType><Connections>",
    );
    let names = |random: &mut Random, count: usize| -> Vec<String> {
        let mut taken = BTreeSet::new();
        (0..count).map(|_| escaped(&name(random, &mut taken))).collect()
    };
    for (id, name) in names(random, 2).iter().enumerate() {
        let _ = write!(
            xml,
            "<Connection id=\"{id}\" name=\"{name}\"><Http><CommunicationOptions><WebSocket>true</WebSocket>\
             </CommunicationOptions></Http></Connection>"
        );
    }
    xml.push_str("</Connections><Params>");
    for (at, name) in names(random, 24).iter().enumerate() {
        let id = 100 + at;
        let body = match at % 4 {
            0 => {
                let discreets: String = names(random, 5)
                    .iter()
                    .enumerate()
                    .map(|(value, display)| {
                        format!("<Discreet><Display>{display}</Display><Value>v{value}</Value></Discreet>")
                    })
                    .collect();
                format!("<Measurement><Type>discreet</Type><Discreets>{discreets}</Discreets></Measurement>")
            }
            _ => String::new(),
        };
        let _ = write!(xml, "<Param id=\"{id}\"><Name>{name}</Name><Type>read</Type>{TEXT}{body}</Param>");
        if at % 8 == 0 {
            let _ = write!(xml, "<Param id=\"{}\"><Name>{name}</Name><Type>write</Type>{TEXT}{body}</Param>", id + 100);
        }
    }
    let fixed = "<Interprete><RawType>other</RawType><Type>string</Type><LengthType>fixed</LengthType>\
                 <Length>1</Length><Value>";
    for (id, letter) in [(300, 'a'), (301, 'b'), (302, 'c')] {
        let _ = write!(
            xml,
            "<Param id=\"{id}\"><Name>fixed {id}</Name><Type>fixed</Type>{fixed}{letter}</Value></Interprete></Param>"
        );
    }
    xml.push_str("</Params>");
    let mut list = |list: &str, item: &str, count: usize, body: &dyn Fn(usize) -> String| {
        let items: String = names(random, count)
            .iter()
            .enumerate()
            .map(|(at, name)| format!("<{item} id=\"{}\"><Name>{name}</Name>{}</{item}>", at + 1, body(at)))
            .collect();
        let _ = write!(xml, "<{list}>{items}</{list}>");
    };
    let params = |first: usize, count: usize| -> String {
        (first..first + count).map(|at| format!("<Param>{}</Param>", 100 + at)).collect()
    };
    list("Commands", "Command", 3, &|at| format!("<Content>{}</Content>", params(8 * at, 8)));
    list("Responses", "Response", 3, &|at| {
        format!("<Content><Param>{}</Param>{}</Content>", 300 + at, params(8 * at + 1, 1))
    });
    list("Pairs", "Pair", 3, &|at| {
        let responses: String = (0..=at).map(|at| format!("<Response>{}</Response>", at + 1)).collect();
        format!("<Content><Command>{}</Command>{responses}</Content>", at + 1)
    });
    list("Groups", "Group", 3, &|at| format!("<Content><Pair>{}</Pair></Content>", at + 1));
    list("Triggers", "Trigger", 3, &|_| "<Type>action</Type><Content><Id>1</Id></Content>".to_owned());
    list("Actions", "Action", 3, &|_| "<On id=\"1\">group</On><Type>execute</Type>".to_owned());
    list("Timers", "Timer", 3, &|at| {
        format!("<Time>{}</Time><Interval>75</Interval><Content><Group>1</Group></Content>", 2000 * (at + 1))
    });
    xml.push_str("<QActions>");
    for (at, name) in names(random, 6).iter().enumerate() {
        let _ = write!(
            xml,
            "<QAction id=\"{}\" name=\"{name}\" encoding=\"csharp\" triggers=\"{}\"/>",
            at + 1,
            101 + 4 * at
        );
    }
    xml.push_str("</QActions></Protocol>");
    xml
}

/// The names of a list of items: types and values live apart.
#[derive(Default)]
struct Scope {
    types: Vec<String>,
    values: Vec<String>,
    /// Methods of each type of an `impl`.
    methods: BTreeMap<String, Vec<String>>,
}

/// Asserts that `names` are unique.
fn unique(place: &str, names: &[String]) {
    let set: BTreeSet<&String> = names.iter().collect();
    assert_eq!(set.len(), names.len(), "{place}: {names:?}");
}

fn fields(place: &str, fields: &Fields) {
    let names: Vec<String> = fields.iter().filter_map(|field| field.ident.as_ref().map(ToString::to_string)).collect();
    unique(place, &names);
}

/// Asserts that no two items of a scope, nor of a scope in it, have one name.
fn check(place: &str, items: &[Item]) {
    let mut scope = Scope::default();
    for item in items {
        match item {
            Item::Const(item) if item.ident != "_" => scope.values.push(item.ident.to_string()),
            Item::Static(item) => scope.values.push(item.ident.to_string()),
            Item::Fn(item) => scope.values.push(item.sig.ident.to_string()),
            Item::Type(item) => scope.types.push(item.ident.to_string()),
            Item::Mod(item) => {
                scope.types.push(item.ident.to_string());
                let inside = item.content.as_ref().map_or(&[][..], |(_, items)| items);
                check(&format!("{place}::{}", item.ident), inside);
            }
            Item::Struct(item) => {
                scope.types.push(item.ident.to_string());
                fields(&format!("{place}::{}", item.ident), &item.fields);
            }
            Item::Enum(item) => {
                scope.types.push(item.ident.to_string());
                let variants: Vec<String> = item.variants.iter().map(|variant| variant.ident.to_string()).collect();
                unique(&format!("{place}::{}", item.ident), &variants);
            }
            Item::Trait(item) => {
                scope.types.push(item.ident.to_string());
                let functions = item.items.iter().filter_map(|inside| match inside {
                    TraitItem::Fn(function) => Some(function.sig.ident.to_string()),
                    _ => None,
                });
                unique(&format!("{place}::{}", item.ident), &functions.collect::<Vec<_>>());
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let methods = item.items.iter().filter_map(|inside| match inside {
                    ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                    _ => None,
                });
                scope.methods.entry(item.self_ty.to_token_stream().to_string()).or_default().extend(methods);
            }
            _ => {}
        }
    }
    unique(place, &scope.types);
    unique(place, &scope.values);
    scope.methods.values().for_each(|methods| unique(place, methods));
}

#[test]
fn any_legal_connector_gives_code_that_parses_with_unique_names() {
    let mut random = Random::new(11);
    let mut collisions = 0;
    for round in 0..CONNECTORS {
        let xml = connector(&mut random);
        let source = SourceSet::new(format!("connector {round}"), xml);
        let output = compile(&source, &Options::default());
        let errors: String = output.errors().map(|fault| render_text(fault, &source)).collect();
        assert!(errors.is_empty(), "{errors}");
        let collided = output.diagnostics.iter().filter(|fault| fault.fault == "name-collision");
        collisions += collided.inspect(|fault| assert_eq!(fault.severity, Severity::Warning)).count();
        let file: syn::File = syn::parse2(output.tokens).unwrap_or_else(|error| panic!("{error}: {}", source.text()));
        check("", &file.items);
    }
    assert!(collisions > 50, "{collisions}");
}
