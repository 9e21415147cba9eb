//! Every kind of action on every target: it runs, or it is refused by name at compile time (ACT-01).
//!
//! The kinds and what each can be on are those of the reference (`docs/reference/schema.md`, 11.1).

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use genlock::sim::{Script, simulate};
use genlock_codegen::{Options, Output, SourceSet, compile};
use genlock_spec::ActionKind;

const TARGETS: [&str; 7] = ["command", "group", "pair", "parameter", "protocol", "response", "timer"];

/// What is said of a kind on a target that it cannot be on (6.7.1), and of one that is not carried out.
const INCOMPATIBLE: &str = "GL0501";
const NOT_CARRIED_OUT: &str = "GL0901";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The kinds, each with its targets.
fn kinds() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(repository().join("docs/reference/schema.md")).unwrap();
    let (_, table) = text.split_once("### 11.1 Matrix").unwrap();
    let rows = table.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let rows = rows.take_while(|line| line.starts_with('|')).map(|line| {
        let mut cells = line.split('|').skip(1).map(str::trim);
        let (kinds, targets) = (cells.next().unwrap().to_owned(), cells.next().unwrap());
        let targets: Vec<String> = targets.split(", ").filter(|target| *target != "none").map(str::to_owned).collect();
        (kinds, targets)
    });
    let each = |(kinds, targets): (String, Vec<String>)| {
        let kinds: Vec<String> = kinds.split(", ").map(|kind| kind.trim_matches('`').to_owned()).collect();
        kinds.into_iter().map(move |kind| (kind, targets.clone()))
    };
    rows.flat_map(each).collect()
}

/// What `Type` says beyond the kind.
fn attributes(kind: &str) -> &'static str {
    match kind {
        "append" | "append data" | "copy" | "copy reverse" => r#" id="2""#,
        "change length" | "timeout" => r#" id="3""#,
        "replace" => r#" id="3" nr="0""#,
        "replace data" => r#" options="41;42""#,
        "set info" => r#" scale="0;1;0;2""#,
        "set next" => r#" value="10""#,
        "stuffing" | "read stuffing" => r#" value="0x10""#,
        _ => "",
    }
}

/// A connector whose trigger 9 runs one action on one item.
fn compiled(kind: &str, target: &str) -> Output {
    let pid = match kind {
        "change length" => 4,
        "go" => 5,
        "increment" | "multiply" | "pow" | "set info" => 3,
        _ => 1,
    };
    let on = match target {
        "protocol" => "<On>protocol</On>".to_owned(),
        "pair" if kind == "set next" => r#"<On nr="1">pair</On>"#.to_owned(),
        "parameter" => format!(r#"<On id="{pid}">parameter</On>"#),
        _ => format!(r#"<On id="1">{target}</On>"#),
    };
    // What counts the pairs of a group is run by that group.
    let caller = if kind == "set next" { r#"<On id="1">group</On><Time>before</Time>"# } else { "" };
    let param = |pid: u32, kind: &str, interprete: &str| {
        format!(
            r#"<Param id="{pid}"><Name>Parameter {pid}</Name><Type>{kind}</Type><Interprete>{interprete}</Interprete></Param>"#
        )
    };
    let text = "<RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>";
    let number = "<RawType>numeric text</RawType><Type>double</Type><LengthType>next param</LengthType>";
    let fixed = "<RawType>other</RawType><Type>string</Type><LengthType>fixed</LengthType><Length>2</Length>";
    let params = [
        param(1, "read", text),
        param(2, "read", text),
        param(3, "read", number),
        param(4, "read", fixed),
        param(5, "write", text),
    ];
    let (params, attributes) = (params.concat(), attributes(kind));
    let xml = format!(
        r#"<Protocol><Name>Case</Name><Version>1.0.0.1</Version><Provider>genlock</Provider><ElementType>Case</ElementType>
<Connections><Connection id="1" name="Link"><Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http></Connection></Connections>
<Params>{params}</Params>
<Commands><Command id="1"><Name>Ask</Name><Content><Param>1</Param></Content></Command></Commands>
<Responses><Response id="1"><Name>Answer</Name><Content><Param>4</Param></Content></Response></Responses>
<Pairs><Pair id="1"><Name>Exchange</Name><Content><Command>1</Command><Response>1</Response></Content></Pair></Pairs>
<Groups><Group id="1"><Name>Exchanges</Name><Type>poll</Type><Content><Pair>1</Pair></Content></Group></Groups>
<Timers><Timer id="1"><Name>Often</Name><Time initial="false">1000</Time><Interval>75</Interval><Content><Group>1</Group></Content></Timer></Timers>
<Triggers><Trigger id="9"><Name>Run</Name>{caller}<Type>action</Type><Content><Id>9</Id></Content></Trigger></Triggers>
<Actions><Action id="9"><Name>Act</Name>{on}<Type{attributes}>{kind}</Type></Action></Actions>
</Protocol>"#
    );
    compile(&SourceSet::new("action.xml", xml), &Options::default())
}

/// Whether the action of [`compiled`] runs.
fn runs(output: &Output) -> bool {
    let tables = output.spec.as_ref().unwrap();
    if tables.actions.iter().any(|action| matches!(action.kind, ActionKind::Unserved { .. })) {
        return false;
    }
    let script = Script::parse(
        r#"{"at":0,"start":{"seed":1,"connections":{"1":{"host":"ws://127.0.0.1","port":80}}}}
{"at":1,"set":{"pid":3,"value":1000}}
{"at":2,"check_trigger":9}
{"at":3,"stop":{}}"#,
    );
    let mut ran = false;
    simulate(tables, &script.unwrap(), |line| ran |= line.to_string() == r#"{"at":2,"action":{"id":9}}"#).unwrap();
    ran
}

/// The kinds and targets of the actions that run in a case of `conformance`.
fn shown() -> BTreeSet<(String, String)> {
    let mut shown = BTreeSet::new();
    let root = repository().join("tests/conformance");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for folder in folders {
        let mut traces: BTreeMap<PathBuf, String> = BTreeMap::new();
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let Some(case) = name.strip_suffix(".script.jsonl") else { continue };
            let script = fs::read_to_string(&path).unwrap();
            let shared = script.lines().next().and_then(|line| line.strip_prefix("# connector: "));
            let connector = folder.join(shared.map_or_else(|| format!("{case}.xml"), str::to_owned));
            let trace = fs::read_to_string(folder.join(format!("{case}.trace.jsonl"))).unwrap();
            traces.entry(connector).or_default().push_str(&trace);
        }
        for (connector, trace) in traces {
            shown.extend(actions(&fs::read_to_string(connector).unwrap()).into_iter().filter_map(
                |(id, kind, target)| trace.contains(&format!(r#""action":{{"id":{id}}}"#)).then_some((kind, target)),
            ));
        }
    }
    shown
}

/// The id, the kind and the target of each action of a connector.
fn actions(xml: &str) -> Vec<(String, String, String)> {
    let inside = |text: &str, name: &str| {
        let (_, rest) = text.split_once(&format!("<{name}"))?;
        let (_, rest) = rest.split_once('>')?;
        rest.split_once("</").map(|(value, _)| value.trim().to_owned())
    };
    let elements = xml.split("<Action id=\"").skip(1);
    let read = |element: &str| {
        let (id, rest) = element.split_once('"')?;
        Some((id.to_owned(), inside(rest, "Type")?, inside(rest, "On")?))
    };
    elements.filter_map(read).collect()
}

#[test]
fn act_01_each_kind_runs_on_each_of_its_targets_or_is_refused_by_name() {
    let kinds = kinds();
    assert!(kinds.len() >= 52, "{}", kinds.len());
    let shown = shown();
    let mut wrong = Vec::new();
    let (mut run, mut refused) = (0, 0);
    for (kind, targets) in &kinds {
        for target in TARGETS {
            let output = compiled(kind, target);
            let errors: Vec<_> = output.errors().map(|fault| (fault.code, fault.message.as_str())).collect();
            let is_possible = targets.iter().any(|possible| possible == target);
            match errors.as_slice() {
                [] if !is_possible => wrong.push(format!("`{kind}` on {target} compiles, though it can't be")),
                [] if !runs(&output) => wrong.push(format!("`{kind}` on {target} compiles and does not run")),
                [] if !shown.contains(&(kind.clone(), target.to_owned())) => {
                    wrong.push(format!("`{kind}` on {target} runs, and no case of conformance shows it"));
                }
                [] => run += 1,
                _ if is_possible => {
                    let by_name = |&(code, message): &(&str, &str)| code == NOT_CARRIED_OUT && message.contains(kind);
                    if errors.iter().any(by_name) {
                        refused += 1;
                    } else {
                        wrong.push(format!("`{kind}` on {target} is not refused by name: {errors:?}"));
                    }
                }
                _ if errors.iter().any(|(code, _)| *code == INCOMPATIBLE) => {}
                _ => wrong.push(format!("`{kind}` on {target}: {errors:?}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let possible: usize = kinds.iter().map(|(_, targets)| targets.len()).sum();
    assert_eq!(run + refused, possible);
    assert!(run > refused, "{run} run and {refused} are refused");
}

#[test]
fn the_actions_of_a_connector_are_found() {
    let xml = r#"<Actions><Action id="1"><Name>A</Name><On id="2;3">parameter</On><Type id="4">copy</Type></Action></Actions>"#;
    assert_eq!(actions(xml), [("1".to_owned(), "copy".to_owned(), "parameter".to_owned())]);
}
