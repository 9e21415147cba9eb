//! `genlock run` line by line, against the device of the reference case.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use nmos::device::{Device, Options};
use nmos::log::Log;
use serde_json::{Value as Json, json};

type Failure = Box<dyn std::error::Error>;

const CONNECTOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/nmos/nmos.xml");
const NORMAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/nmos/normal.xml");
const MIXER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/mixer.xml");

/// A run of so many seconds at most: one that is to be refused and is not ends all the same.
fn genlock(arguments: &[&str]) -> Result<Output, Failure> {
    let limit: &[&str] = if arguments.contains(&"--seconds") { &[] } else { &["--seconds", "5"] };
    Ok(Command::new(env!("CARGO_BIN_EXE_genlock")).arg("run").args(arguments).args(limit).output()?)
}

fn text(bytes: &[u8]) -> Result<&str, Failure> {
    Ok(std::str::from_utf8(bytes)?)
}

fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// A device on a free port.
async fn device() -> Result<Device, Failure> {
    Ok(Device::start(Options { port: 0, ..Options::default() }, Log::to(std::io::sink())).await?)
}

/// What stands before the path.
fn host(device: &Device) -> String {
    device.url().split("/x-nmos").next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_tell_people_what_happens() -> Result<(), Failure> {
    let device = device().await?;
    let output = genlock(&[CONNECTOR, "--host", &host(&device), "--set", "13=secret", "--seconds", "1"])?;
    let out = text(&output.stdout)?;
    assert!(output.status.success(), "{}", text(&output.stderr)?);
    for wanted in [
        "warning    not run, for want of a script engine: QAction 7 (Subscribe When Open), 11 (Parse Response), ",
        "parameter  Websocket Status (7) = Closed",
        "log        connection 1: open: permessage-deflate",
        "parameter  Websocket Status (7) = Open",
        "alarm      Websocket Status (7): normal",
        "element    stopped",
    ] {
        assert!(out.contains(wanted), "{wanted} is not in\n{out}");
    }
    assert_eq!(out.matches("not run, for want of a script engine").count(), 1);
    device.stop().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_a_trace_and_a_record_of_the_run_replays() -> Result<(), Failure> {
    let device = device().await?;
    let record = temporary("run.record.jsonl");
    let record = record.to_str().ok_or("the folder has a name")?;
    let arguments = ["--format", "json", "--seconds", "1", "--record", record];
    let output = genlock(&[&[CONNECTOR, "--host", &host(&device)], &arguments[..]].concat())?;
    assert!(output.status.success(), "{}", text(&output.stderr)?);
    let lines: Vec<Json> = text(&output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    assert!(lines.iter().all(|line| line["at"].is_u64()));
    for (key, wanted) in [
        ("param", json!({ "pid": 7, "value": 1, "event": true })),
        ("connection", json!({ "id": 1, "state": "open" })),
        ("alarm", json!({ "pid": 7, "level": "normal" })),
        ("close", json!({ "connection": 1, "code": 1001 })), // a run ends with a stop
        ("element", json!({ "state": "stopped" })),
    ] {
        assert!(lines.iter().any(|line| line[key] == wanted), "{key}: {wanted}");
    }
    device.stop().await?;

    let replay =
        Command::new(env!("CARGO_BIN_EXE_genlock")).args(["simulate", CONNECTOR, "--replay", record]).output()?;
    assert!(replay.status.success(), "{}", text(&replay.stderr)?);
    assert!(text(&replay.stdout)?.contains(r#""param":{"pid":7,"value":1,"event":true}"#));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_stay_out_of_everything_that_is_printed() -> Result<(), Failure> {
    let device = device().await?;
    let record = temporary("secret.record.jsonl");
    let record_name = record.to_str().ok_or("the folder has a name")?;
    for format in ["text", "json"] {
        let host = device.url();
        let arguments = ["--set", "2=hunter2", "--seconds", "1", "--format", format, "--record", record_name];
        let output = genlock(&[&[MIXER, "--host", &host], &arguments[..]].concat())?;
        assert!(output.status.success(), "{}", text(&output.stderr)?);
        for printed in [text(&output.stdout)?, text(&output.stderr)?, &fs::read_to_string(&record)?] {
            assert!(!printed.contains("hunter2"), "{printed}");
        }
    }
    device.stop().await?;
    Ok(())
}

#[test]
fn what_is_missing_or_wrong_is_said_and_exits_with_2() -> Result<(), Failure> {
    let no_folder = temporary("no such folder").join("record");
    let no_folder = no_folder.to_str().ok_or("the folder has a name")?;
    let short = temporary("short.token");
    fs::write(&short, "12345\n")?;
    let short = short.to_str().ok_or("the folder has a name")?;
    for (arguments, reason) in [
        (
            &[NORMAL][..],
            "connection 1 (WebSocket Connection) has no host; say where the device is: --host ws://ADDRESS",
        ),
        (&["no such file.xml", "--host", "ws://x"], "genlock: cannot read `no such file.xml`"),
        (&[NORMAL, "--connection", "4:host=ws://x"], "there is no connection 4 in the connector; it has 1 ("),
        (&[NORMAL, "--host", "ws://x", "--set", "700=1"], "--set 700=…: there is no parameter 700"),
        (&[MIXER, "--host", "ws://x", "--set", "1=Camera 9"], "none of: Camera 1, Camera 2, Black"),
        (&[NORMAL, "--host", "ws://x", "--set", "7"], "write the parameter's id and a value, such as `7=On`"),
        (&[NORMAL, "--host", "ws://x", "--record", no_folder], "cannot write the record"),
        (&[NORMAL, "--host", "ws://x", "--serve", "0.0.0.0:0"], "other machines reach this address; give --token-file"),
        (
            &[NORMAL, "--host", "ws://x", "--serve", "127.0.0.1:0", "--token-file", short],
            "--serve 127.0.0.1:0: the token has 5 characters",
        ),
        (&[NORMAL, "--host", "ws://x", "--client-key", "x.pem"], "--client-certificate"),
        (&[NORMAL, "--host", "ws://x", "--ca-file", "no such.pem", "--proxy", "gopher://x"], "gopher"),
    ] {
        let output = genlock(arguments)?;
        let said = text(&output.stderr)?;
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(reason), "{reason} is not in\n{said}");
        assert!(output.stdout.is_empty());
    }
    Ok(())
}

#[test]
fn faults_of_the_file_are_shown_as_by_check_and_exit_with_1() -> Result<(), Failure> {
    let path = temporary("run-faulty.xml");
    fs::write(&path, fs::read_to_string(NORMAL)?.replace("<Response>1</Response>", "<Response>7</Response>"))?;
    let output = genlock(&[path.to_str().ok_or("the folder has a name")?, "--host", "ws://x"])?;
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr)?.contains("error[GL0412]: "));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_the_element_is_served_while_it_runs() -> Result<(), Failure> {
    let device = device().await?;
    let token = temporary("run.token");
    fs::write(&token, "0123456789abcdef-of-a-test\n")?;
    let token = token.to_str().ok_or("the folder has a name")?;
    let arguments = ["run", CONNECTOR, "--host", &host(&device), "--seconds", "3", "--serve", "127.0.0.1:0"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_genlock"));
    let mut child = command.args(arguments).args(["--token-file", token]).stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("it is piped")?).lines();
    let first = lines.next().ok_or("a first line")??;
    let told = first.split("the page is at http://").nth(1).ok_or(first.clone())?;
    let address = told.strip_suffix("/, and asks for the token").ok_or(told)?.to_owned();
    for (path, status) in [("/", "200"), ("/api/elements", "401")] {
        let mut stream = TcpStream::connect(&address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{path}: {answer}");
    }
    let rest: Vec<String> = lines.collect::<Result<_, _>>()?;
    assert!(rest.iter().any(|line| line.contains("Websocket Status (7) = Open")), "{rest:?}");
    assert!(child.wait()?.success());
    assert!(TcpStream::connect(&address).is_err(), "it is gone with the run");
    device.stop().await?;
    Ok(())
}

#[test]
fn an_address_that_is_missing_is_said_at_once() -> Result<(), Failure> {
    let output = genlock(&[CONNECTOR, "--seconds", "1"])?;
    let out = text(&output.stdout)?;
    assert!(output.status.success());
    assert!(
        out.contains("connection 1 (WebSocket Connection) has no address; give --host, or set parameter 6 (WebsocketUrl): --set 6=ws://ADDRESS"),
        "{out}"
    );
    Ok(())
}
