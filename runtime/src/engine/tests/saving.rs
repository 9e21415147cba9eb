//! Section SAVE: which values are stored, when, and as which bytes.

use bytes::Bytes;

use super::run::{Run, Settings, Step};
use super::xml::{action, connector, number, param, qaction, text, trigger};

fn saved(param: &str, interval: &str) -> String {
    param.replace("<Param ", &format!(r#"<Param save="true"{interval} "#))
}

fn run_with(params: &str) -> Run {
    Run::new(&connector(&format!("<Params>{params}</Params>"))).opened()
}

/// A number of four bytes.
fn signed(pid: u32) -> String {
    param(pid, "Signed", "read", "signed number", "double", "")
        .replace("<LengthType>next param</LengthType>", "<LengthType>fixed</LengthType><Length>4</Length>")
}

#[test]
fn save_03_what_is_stored_are_the_bytes_of_the_value() {
    let mut run = run_with(&(saved(&number(8, "Text"), "") + &saved(&signed(9), "")));
    run.set(8, "-3");
    run.set(9, "-3");
    assert_eq!(run.take_saved(), [(8, Some(Bytes::from("-3"))), (9, Some(Bytes::from(vec![0xfd, 0xff, 0xff, 0xff])))]);
}

#[test]
fn save_03_the_bytes_are_loaded_as_the_value() {
    let settings = Settings { saved: vec![(9, Bytes::from_static(&[0xfd, 0xff, 0xff, 0xff]))], ..Settings::default() };
    let run = Run::with(&connector(&format!("<Params>{}</Params>", saved(&signed(9), ""))), settings);
    assert_eq!(run.value(9).as_deref(), Some("-3"));
}

#[test]
fn life_13_all_stored_values_are_there_before_anything_can_tell_their_order() {
    let shown =
        |pid| format!("<Description>Text {pid}</Description><Display><RTDisplay>true</RTDisplay></Display></Param>");
    let param = |pid| saved(&text(pid, &format!("Text{pid}")), "").replace("</Param>", &shown(pid));
    let params: String = (20..24).map(param).collect();
    let xml = connector(&format!(
        "<Params>{params}</Params><Triggers>{}</Triggers><Actions>{}</Actions><QActions>{}</QActions>",
        trigger(40, "<On>protocol</On><Time>after startup</Time>", &[40]),
        action(40, r#"<On id="20">parameter</On>"#, "<Type>run actions</Type>"),
        qaction(1, "20"),
    ))
    .replace("<Params>", r#"<Params loadSequence="23;21">"#);
    for order in [[20, 21, 22, 23], [23, 22, 21, 20], [21, 23, 20, 22]] {
        let stored = order.map(|pid| (pid, Bytes::from(format!("stored {pid}")))).into();
        let mut run =
            Run::with(&xml, Settings { saved: stored, ..Settings::default() }).qaction(1, (20..24).map(Step::Show));
        assert_eq!(run.value(23).as_deref(), Some("stored 23"));
        run.start();
        assert_eq!(
            run.take_only(&["show"]),
            (20..24).map(|pid| format!("show {pid}=stored {pid}")).collect::<Vec<_>>()
        );
    }
}

#[test]
fn save_05_a_value_is_stored_at_most_once_an_interval() {
    let mut run = run_with(&saved(&text(8, "Seldom"), r#" saveInterval="PT10S""#));
    run.set(8, "a");
    assert_eq!(run.take_only(&["save"]), ["save 8=a"]);
    run.at(1000).set(8, "b");
    run.at(2000).set(8, "c");
    assert_eq!(run.take_only(&["save"]), [""; 0]);
    run.at(10_000);
    assert_eq!(run.take_only(&["save"]), ["save 8=c"], "the latest value, and no other");
    run.at(20_000);
    assert_eq!(run.take_only(&["save"]), [""; 0], "nothing has changed since");
    run.at(21_000).set(8, "d");
    assert_eq!(run.take_only(&["save"]), ["save 8=d"]);
}

#[test]
fn save_05_a_stop_waits_for_no_interval() {
    let mut run = run_with(&saved(&text(8, "Seldom"), r#" saveInterval="PT10S""#));
    run.set(8, "a");
    run.set(8, "b");
    run.take();
    run.stop();
    assert_eq!(run.take_only(&["save"]), ["save 8=b"]);
}

#[test]
fn save_06_the_action_stores_once() {
    let mut run = Run::new(&connector(&format!(
        "<Params>{}</Params><Triggers>{}</Triggers><Actions>{}</Actions>",
        text(8, "Kept"),
        trigger(40, "", &[40]),
        action(40, r#"<On id="8">parameter</On>"#, "<Type>save</Type>"),
    )))
    .opened();
    run.set(8, "a");
    run.check_trigger(40);
    run.set(8, "b");
    assert_eq!(run.take_only(&["save"]), ["save 8=a"]);
}

#[test]
fn save_07_a_write_parameter_is_not_saved() {
    let mut run = run_with(&saved(&param(8, "Written", "write", "other", "string", ""), ""));
    run.set(8, "a");
    assert_eq!(run.take_only(&["save"]), [""; 0]);
}
