//! What a driver pulls in, and what its binary holds, when it asks for nothing beyond the defaults.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use genlock_tests::{cargo, repository, succeeded};

/// The crates that `genlock` with these features needs, by name, on one system whichever this runs on.
fn tree(features: &str) -> BTreeSet<String> {
    let mut tree = cargo(repository("."));
    tree.args(["tree", "--offline", "--locked", "--package", "genlock", "--edges", "normal", "--prefix", "none"]);
    tree.args(["--target", "x86_64-unknown-linux-gnu", "--format", "{lib}", "--features", features]);
    let output = tree.output().unwrap();
    let names = String::from_utf8(output.stdout.clone()).unwrap();
    succeeded(output).unwrap();
    // Behind a name may stand that it was listed before.
    names.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_defaults_need_the_crates_that_are_listed_and_no_others() {
    let needed: String = tree("default").iter().map(|name| format!("{name}\n")).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/dependencies.txt");
    if env::var_os("GENLOCK_BLESS").is_some() {
        fs::write(path, needed).unwrap();
        return;
    }
    let listed = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert!(needed == listed, "the defaults need other crates than golden/dependencies.txt has:\n{needed}");
}

#[test]
fn what_features_need_is_theirs_alone() {
    let defaults = tree("default");
    for (feature, own) in [("inspector", "axum"), ("metrics", "metrics"), ("store-redb", "redb")] {
        let with = tree(feature);
        assert!(with.contains(own) && !defaults.contains(own), "{own} belongs to {feature}");
        assert!(with.is_superset(&defaults), "{feature} takes something away");
    }
}

/// A driver that shows no page.
mod plain {
    genlock::protocol! { r#"
        <Protocol>
            <Name>Plain</Name>
            <Version>1.0.0.1</Version>
            <ElementType>Plain</ElementType>
            <Connections>
                <Connection id="0" name="Link">
                    <Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http>
                </Connection>
            </Connections>
            <Params>
                <Param id="1">
                    <Name>KeptInTheTables</Name>
                    <Description>Asked for by pages only</Description>
                    <Type>read</Type>
                    <Interprete>
                        <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
                    </Interprete>
                    <Display><RTDisplay>true</RTDisplay></Display>
                    <Measurement><Type>string</Type></Measurement>
                </Param>
            </Params>
        </Protocol>
    "# }
}

#[test]
fn a_binary_without_a_page_holds_nothing_of_pages() {
    assert!(plain::params::KEPT_IN_THE_TABLES.name().starts_with("Kept"));
    let binary = fs::read(env::current_exe().unwrap()).unwrap();
    // The wrong way round, so that the test itself does not hold the texts that it looks for.
    let holds = |end: &str, beginning: &str| {
        let text = format!("{beginning}{end}");
        binary.windows(text.len()).any(|window| window == text.as_bytes())
    };
    assert!(holds("Tables", "KeptInThe"), "the tables are in the binary");
    assert!(!holds(" pages only", "Asked for by"), "what pages show is in the binary, and nobody asks for it");
}
