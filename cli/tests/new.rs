//! Crates that `genlock new` writes: they compile as they are, without a warning.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The folder of a crate.
fn folder_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("new").join(name)
}

/// A folder that is not there.
fn folder(name: &str) -> PathBuf {
    let folder = folder_of(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder is ours");
    }
    folder
}

/// Runs `genlock new` with genlock of this repository.
fn write(file: &Path, folder: &Path) -> Output {
    let mut genlock = Command::new(env!("CARGO_BIN_EXE_genlock"));
    let runtime = Path::new(REPOSITORY).join("runtime");
    genlock.arg("new").arg("--path").arg(runtime).arg(file).arg(folder).output().expect("genlock runs")
}

/// What the compiler says about the crate in `folder`: errors and warnings.
fn compiled(folder: &Path) -> Vec<String> {
    fs::copy(Path::new(REPOSITORY).join("Cargo.lock"), folder.join("Cargo.lock")).expect("the folder is there");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Shared, so that dependencies are compiled once.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-target");
    cargo.current_dir(folder).args(["check", "--offline", "--message-format=json", "--target-dir"]).arg(target);
    let output = cargo.output().expect("cargo runs");
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let root = folder.join("Cargo.toml");
    let ours = messages.filter(|message| {
        message.get("reason").is_some_and(|reason| reason == "compiler-message")
            && message.get("manifest_path").and_then(|path| path.as_str()).is_some_and(|path| Path::new(path) == root)
    });
    let mut said: Vec<String> = ours
        .map(|message| {
            message.pointer("/message/rendered").and_then(|text| text.as_str()).unwrap_or_default().to_owned()
        })
        .collect();
    if !output.status.success() {
        said.push(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    said
}

/// A connector with 50 QActions, whose scripts and names are as bad as they can be.
fn hostile() -> String {
    let mut params = String::new();
    let mut qactions = String::new();
    for id in 1..=50 {
        let _ = writeln!(params, "<Param id=\"{id}\"><Name>Param {id}</Name><Type>read</Type></Param>");
        let script = match id % 5 {
            0 => "<![CDATA[\n\t\tusing System; /* a */ */ // \u{202e}reversed\n\n\t\t\tvar größe = \"\\\";\n\t]]>",
            1 => "one line",
            2 => "<![CDATA[#if x\r\n    /// <summary>`code`</summary>\r\n  \t\todd\r\n#endif \\]]>",
            3 => "",
            _ => "&lt;![CDATA[ &#13; //! inner &#x85; \u{2028} ]]&gt;",
        };
        let name = match id % 4 {
            0 => "type".to_owned(),
            1 => format!("Über {id} \u{202e}`x`"),
            2 => "unhandled".to_owned(),
            _ => format!("{id} \u{4e2d}\u{6587}"),
        };
        let _ = writeln!(
            qactions,
            "<QAction id=\"{id}\" name=\"{name}\" encoding=\"csharp\" triggers=\"{id}\">{script}</QAction>"
        );
    }
    qactions +=
        "<QAction id=\"63000\" name=\"Library\" encoding=\"csharp\" options=\"precompile\">class A {}</QAction>\n";
    format!("<Protocol>{HEAD}<Params>{params}</Params>\n<QActions>{qactions}</QActions>\n</Protocol>\n")
}

const HEAD: &str = "<Name>Hostile \u{202e}`name`</Name><Version>1.0.0.1</Version><Provider>genlock</Provider>\n\
    <ElementType>Test</ElementType><Connections><Connection id=\"0\" name=\"type\"><Http><CommunicationOptions>\
    <WebSocket>true</WebSocket></CommunicationOptions></Http></Connection></Connections>\n";

/// A connector that nothing carries yet, and that has no hooks.
const SERIAL: &str = "<Protocol><Name>Projector</Name><Version>1.0.0.1</Version><Provider>genlock</Provider>\
    <ElementType>Test</ElementType><Type relativeTimers=\"true\">serial</Type>\
    <PortSettings name=\"Main\"><IPport><DefaultValue>4352</DefaultValue></IPport></PortSettings></Protocol>";

#[test]
fn written_crates_compile_without_a_warning() {
    let hostile_file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile.xml");
    fs::write(&hostile_file, hostile()).expect("the folder can be written to");
    let serial_file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serial.xml");
    fs::write(&serial_file, SERIAL).expect("the folder can be written to");
    let examples = Path::new(REPOSITORY).join("examples/nmos");
    let cases = [
        ("type", examples.join("nmos.xml")),
        ("2 dynamic", examples.join("dynamic-ip.xml")),
        ("warns", Path::new(REPOSITORY).join("tests/ui/behaviour_warning.xml")),
        ("hostile", hostile_file),
        ("serial", serial_file),
    ];
    for (name, file) in cases {
        let folder = folder(name);
        let output = write(&file, &folder);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(compiled(&folder), Vec::<String>::new(), "{name}");
    }
    // The warning is there: it is allowed.
    let main = folder_of("warns").join("src/main.rs");
    let text = fs::read_to_string(&main).expect("it was written");
    assert!(text.contains(", allow = [GL0507]);"), "{text}");
    fs::write(&main, text.replace(", allow = [GL0507]", "")).expect("it was written");
    let said = compiled(&folder_of("warns"));
    assert!(matches!(said.as_slice(), [warning] if warning.contains("GL0507")), "{said:?}");
}

#[test]
fn each_qaction_has_a_file_with_its_script() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scripts.xml");
    fs::write(&file, hostile()).expect("the folder can be written to");
    let folder = folder("scripts");
    let output = write(&file, &folder);
    assert!(String::from_utf8_lossy(&output.stderr).contains("50 functions to write"), "{output:?}");
    assert_eq!(fs::read_dir(folder.join("src/qactions")).expect("it was written").count(), 52);
    let stub = fs::read_to_string(folder.join("src/qactions/qaction_5.rs")).expect("it was written");
    assert!(
        stub.ends_with("\n//\n// using System; /* a */ */ // \\u{202e}reversed\n//\n//     var größe = \"\\\";\n"),
        "{stub}"
    );
    let library = fs::read_to_string(folder.join("src/qactions/qaction_63000.rs")).expect("it was written");
    assert!(
        library.ends_with(
            "//! Nothing runs it: it holds code for the others.\n\n// The script in the connector:\n//\n// class A {}\n"
        ),
        "{library}"
    );
}

#[test]
fn nothing_is_overwritten_and_no_crate_is_made_of_a_faulty_file() {
    let connector = Path::new(REPOSITORY).join("examples/nmos/nmos.xml");
    let full = folder("full");
    fs::create_dir_all(&full).expect("the folder can be made");
    fs::write(full.join("notes.txt"), "mine").expect("the folder can be written to");
    let output = write(&connector, &full);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("it is not empty"), "{output:?}");
    assert_eq!(fs::read_dir(&full).expect("it is there").count(), 1);
    assert_eq!(write(&connector, &full.join("notes.txt")).status.code(), Some(2));

    let faulty = folder("faulty");
    let output = write(&Path::new(REPOSITORY).join("tests/ui/dangling_group.xml"), &faulty);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("error[GL0412]"), "{output:?}");
    assert!(!faulty.exists());
    assert_eq!(write(Path::new("no-such-file.xml"), &faulty).status.code(), Some(2));
}
