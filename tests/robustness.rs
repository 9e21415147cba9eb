//! Files made to hurt: they are refused at once or judged in time, and nothing outside of them is ever read.

use std::time::{Duration, Instant};

use genlock_codegen::diagnostic::{Diagnostic, render_json, render_text};
use genlock_codegen::{Options, Output, SourceSet, compile};

/// Generous, for slow machines and unoptimised code: what is quadratic here takes minutes.
const IN_TIME: Duration = Duration::from_secs(60);

/// Compiles and renders.
fn judged(name: &str, xml: String) -> Output {
    let start = Instant::now();
    let source = SourceSet::new(name, xml);
    let output = compile(&source, &Options::default());
    let shown: usize = output.diagnostics.iter().map(|fault| render_text(fault, &source).len()).sum();
    let listed: usize = output.diagnostics.iter().map(|fault| render_json(fault, &source).len()).sum();
    assert!(start.elapsed() < IN_TIME, "{name}: {:?}", start.elapsed());
    // What is said of a file is not much more than what is in it, however bad it is.
    assert!(shown + listed < 64 << 20, "{name}: {shown}, {listed}");
    output
}

fn many(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

fn inside(list: &str, text: &str) -> String {
    format!("<Protocol><{list}>{text}</{list}></Protocol>")
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|fault| fault.code).collect()
}

#[test]
fn many_items_with_one_fault_each_are_judged_in_time() {
    let command = |at| format!("<Command id=\"{at}\"><Content><Param>{at}</Param></Content></Command>");
    let chain = |at: usize| {
        let next = at + 1;
        format!("<Trigger id=\"{at}\"><Type>trigger</Type><Content><Id>{next}</Id><Id>{at}</Id></Content></Trigger>")
    };
    let column = |at| format!("<ColumnOption idx=\"{at}\" pid=\"{at}\" type=\"retrieved\" options=\";foreignKey=1\"/>");
    let files = [
        ("references to nothing", inside("Commands", &many(5_000, command))),
        (
            "one id many times",
            inside("Params", &many(100_000, |_| "<Param id=\"1\"><Name>a</Name></Param>".to_owned())),
        ),
        ("one name many times", inside("Pairs", &many(5_000, |at| format!("<Pair id=\"{at}\"><Name>a</Name></Pair>")))),
        ("a long chain of triggers", inside("Triggers", &many(5_000, chain))),
        (
            "many columns",
            inside(
                "Params",
                &format!(
                    "<Param id=\"1\"><Type>array</Type><ArrayOptions>{}</ArrayOptions></Param>",
                    many(20_000, column)
                ),
            ),
        ),
        (
            "many discreets",
            inside(
                "Params",
                &format!(
                    "<Param id=\"1\"><Measurement><Discreets>{}</Discreets></Measurement></Param>",
                    "<Discreet><Display>a</Display><Value>1</Value></Discreet>".repeat(20_000)
                ),
            ),
        ),
        ("many unknown elements", format!("<Protocol>{}</Protocol>", many(100_000, |at| format!("<a{at}/>")))),
        ("many of one element", format!("<Protocol>{}</Protocol>", "<Params/>".repeat(100_000))),
    ];
    for (name, xml) in files {
        judged(name, xml);
    }
}

#[test]
fn huge_tags_values_and_lists_are_judged_in_time() {
    let attributes = many(300_000, |at| format!(" a{at}=\"1\""));
    let triggers = |list: &str| format!("<QAction id=\"1\" name=\"a\" encoding=\"csharp\" triggers=\"{list}\"/>");
    let condition = |text: &str| format!("<Trigger id=\"1\"><Condition>{text}</Condition></Trigger>");
    let files = [
        ("many attributes", format!("<Protocol{attributes}/>")),
        ("many attributes of an item", inside("Params", &format!("<Param id=\"1\"{attributes}/>"))),
        ("one attribute many times", format!("<Protocol{}/>", " a=\"1\"".repeat(100_000))),
        ("a long list", inside("QActions", &triggers(&"1;".repeat(50_000)))),
        ("a long list of nothing", inside("QActions", &triggers(&";".repeat(1_000_000)))),
        ("a long line", inside("Zebra", &"é".repeat(500_000))),
        ("a long value", inside("Name", &"a".repeat(10_000_000))),
        ("a long CDATA section", inside("Name", &format!("<![CDATA[{}]]>", "]]&gt;".repeat(1_000_000)))),
        ("a long comment", format!("<Protocol><!--{}--></Protocol>", "- ".repeat(5_000_000))),
        ("a long name", format!("<Protocol><{}/></Protocol>", "a".repeat(1_000_000))),
        ("many end tags", "</a>".repeat(100_000)),
        ("many ampersands", inside("Name", &"&".repeat(100_000))),
        ("many references", inside("Name", &"&amp;".repeat(1_000_000))),
        ("many byte order marks", "\u{feff}".repeat(1_000_000) + &inside("Zebra", &"<a/>".repeat(10_000))),
        (
            "many parentheses",
            inside("Triggers", &condition(&format!("{}1{}", "(".repeat(500_000), ")".repeat(500_000)))),
        ),
        ("many members", inside("Triggers", &condition(&"id:1 == 1 AND ".repeat(100_000)))),
    ];
    for (name, xml) in files {
        judged(name, xml);
    }
}

#[test]
fn deep_nesting_is_refused_once() {
    let open = judged("open", "<a>".repeat(1_000_000));
    assert_eq!(codes(&open.diagnostics).iter().filter(|&&code| code == "GL0003").count(), 1);
    let closed = judged("closed", inside("Params", &("<a>".repeat(500_000) + &"</a>".repeat(500_000))));
    assert_eq!(codes(&closed.diagnostics), ["GL0003"]);
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let xml = inside("Name", &"<".repeat(1 << 20));
    let source = SourceSet::new("large.xml", xml);
    let output = compile(&source, &Options::default().max_size(1 << 20));
    assert_eq!(codes(&output.diagnostics), ["GL0004"]);
}

/// The tree of so many elements would need many times the memory of the file.
#[test]
fn a_file_of_nothing_but_elements_is_refused_when_there_are_too_many() {
    let options = Options::default().max_size(1 << 20);
    let check = |count| {
        let source = SourceSet::new("large.xml", inside("Zebra", &"<a/>".repeat(count)));
        compile(&source, &options).diagnostics.iter().filter(|fault| fault.code == "GL0004").count()
    };
    assert_eq!(check(60_000), 0);
    assert_eq!(check(70_000), 1);
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let mut bomb = String::from("<!DOCTYPE Protocol [<!ENTITY a0 \"lol\">");
    bomb.extend((1..30).map(|level| format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10))));
    bomb += "]><Protocol><Name>&a29;</Name></Protocol>";
    let output = judged("bomb", bomb);
    assert_eq!(codes(&output.diagnostics), ["GL0005", "GL0001"], "{:?}", output.diagnostics);

    for external in ["SYSTEM \"file:///etc/hostname\"", "PUBLIC \"-//a\" \"http://127.0.0.1:9/a.dtd\""] {
        let xml = format!("<!DOCTYPE Protocol [<!ENTITY x {external}>]><Protocol><Name>&x;</Name></Protocol>");
        let output = judged("external", xml);
        assert_eq!(codes(&output.diagnostics), ["GL0005", "GL0001"], "{:?}", output.diagnostics);
        let xml = format!("<!DOCTYPE Protocol {external}><Protocol><Zebra/></Protocol>");
        assert!(codes(&judged("document type", xml).diagnostics).contains(&"GL0005"));
    }
}
