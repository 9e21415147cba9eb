use std::collections::BTreeSet;

use super::{Case, Scope, Wanted};

const CASES: [Case; 3] = [Case::Constant, Case::Type, Case::Function];

fn scope(case: Case) -> Scope {
    Scope { case, kind: "param", reserved: &["Other", "answer"] }
}

/// The identifiers of `names`, which have the ids 1, 2, ….
fn idents(case: Case, names: &[&str]) -> Vec<String> {
    let wanted =
        names.iter().enumerate().map(|(at, name)| Wanted { name, distinction: (at + 1).to_string(), role: None });
    let names = scope(case).assign(&wanted.collect::<Vec<_>>());
    names.iter().map(|name| name.ident().to_string()).collect()
}

fn one(case: Case, name: &str) -> String {
    idents(case, &[name]).remove(0)
}

#[test]
fn words_are_kept_and_only_the_case_changes() {
    assert_eq!(one(Case::Constant, "WebsocketStatus"), "WEBSOCKET_STATUS");
    assert_eq!(one(Case::Type, "Generic Response"), "GenericResponse");
    assert_eq!(one(Case::Function, "Parse Response"), "parse_response");
    assert_eq!(one(Case::Constant, "On Check Trigger (Clear) / Response"), "ON_CHECK_TRIGGER_CLEAR_RESPONSE");
}

#[test]
fn keywords_are_raw_or_get_an_underscore() {
    assert_eq!(one(Case::Function, "Type"), "r#type");
    assert_eq!(one(Case::Function, "gen"), "r#gen");
    assert_eq!(one(Case::Function, "Self"), "self_");
    assert_eq!(one(Case::Type, "self"), "Self_");
    assert_eq!(one(Case::Type, "Type"), "Type");
    assert_eq!(one(Case::Constant, "type"), "TYPE");
}

#[test]
fn a_leading_digit_is_led_by_the_kind() {
    assert_eq!(one(Case::Constant, "10 GbE"), "PARAM_10_GB_E");
    assert_eq!(one(Case::Type, "10 Mbps"), "Param10Mbps");
    assert_eq!(one(Case::Function, "3D"), "param_3d");
    assert_eq!(one(Case::Type, "-5"), "Minus5");
}

#[test]
fn a_name_without_letters_is_kind_and_id() {
    assert_eq!(one(Case::Constant, ""), "PARAM_1");
    assert_eq!(one(Case::Type, " % "), "Param1");
    assert_eq!(one(Case::Function, "---"), "param_1");
}

#[test]
fn letters_of_other_languages_are_kept_and_signs_become_letters() {
    assert_eq!(one(Case::Constant, "Größe"), "GRÖSSE");
    assert_eq!(one(Case::Type, "température"), "Température");
    assert_eq!(one(Case::Constant, "音量"), "音量");
    assert_eq!(one(Case::Constant, "Delay µs"), "DELAY_US");
    assert_eq!(one(Case::Function, "Impedance \u{2126}"), "impedance_ohm");
    assert_eq!(one(Case::Type, "ﬁeld m²"), "FieldM2");
    // Two ways to write the same letter are the same name.
    assert_eq!(idents(Case::Constant, &["\u{e9}", "e\u{301}"]), ["É_1", "É_2"]);
}

#[test]
fn letters_that_the_compiler_warns_of_are_spelled_out() {
    assert_eq!(one(Case::Constant, "Громкость"), "ГРОМКОСТЬ");
    assert_eq!(one(Case::Constant, "α"), "ALPHA");
    assert_eq!(one(Case::Type, "Δ Time"), "DeltaTime");
    assert_eq!(one(Case::Function, "Phaseφ2"), "phase_phi_2");
    assert_eq!(one(Case::Function, "Ένταση"), "ένταση");
    assert_eq!(one(Case::Type, "𐄇"), "Param1");
    assert_eq!(one(Case::Constant, "ᚠ"), "U16A0");
}

#[test]
fn equal_names_all_get_their_ids_and_do_not_disturb_others() {
    assert_eq!(idents(Case::Constant, &["Level", "level", "Gain"]), ["LEVEL_1", "LEVEL_2", "GAIN"]);
    assert_eq!(idents(Case::Constant, &["Level", "Level", "Level 1"]), ["LEVEL_1_2", "LEVEL_2", "LEVEL_1"]);
    assert_eq!(idents(Case::Type, &["Port 1", "Port 1"]), ["Port1_1", "Port1_2"]);
}

#[test]
fn reserved_names_are_avoided() {
    assert_eq!(one(Case::Type, "other"), "Other1");
    assert_eq!(one(Case::Function, "Answer"), "answer_1");
}

#[test]
fn of_two_partners_the_write_one_shows_it() {
    let wanted = |name, id: u32, role| Wanted { name, distinction: id.to_string(), role };
    let assign = |wanted: &[Wanted<'_>]| -> Vec<(String, bool)> {
        let names = scope(Case::Constant).assign(wanted);
        names.iter().map(|name| (name.ident().to_string(), name.collides)).collect()
    };
    let partners = [wanted("Gain", 100, None), wanted("Gain", 101, Some("write"))];
    assert_eq!(assign(&partners), [("GAIN".to_owned(), false), ("GAIN_WRITE".to_owned(), false)]);
    let alone = [wanted("Reset", 100, Some("write"))];
    assert_eq!(assign(&alone), [("RESET".to_owned(), false)]);
    let three = [wanted("A", 1, None), wanted("A", 2, Some("write")), wanted("A", 3, Some("write"))];
    assert_eq!(assign(&three), [("A_1".to_owned(), true), ("A_2".to_owned(), true), ("A_3".to_owned(), true)]);
}

#[test]
fn many_equal_names_with_equal_ids_take_no_longer_than_others() {
    let wanted = vec![Wanted { name: "A", distinction: "1".to_owned(), role: None }; 100_000];
    let names = scope(Case::Constant).assign(&wanted);
    assert_eq!(names.last().map(|name| name.ident().to_string()).as_deref(), Some("A_1_100000"));
}

/// A generator that needs no more than to be different from run to run of its loop (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn name(&mut self) -> String {
        const PIECES: &[&str] = &[
            "", "a", "A", "b", "1", "2", "_", " ", "-", ".", "type", "Self", "self", "super", "crate", "other",
            "Answer", "ä", "ß", "İ", "ŉ", "µ", "\u{2126}", "²", "Ⅷ", "ﬁ", "e\u{301}", "日", "ー", "\u{301}", "हि", "·",
            "\u{200d}", "😀", "'", "\"", "\\", "#", "\u{202e}", "ǆ", "ᾳ", "𐄇",
        ];
        (0..self.below(5)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}

#[test]
fn any_names_give_code_that_parses_with_unique_names() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2000 {
        let names: Vec<(String, usize)> = (0..8).map(|_| (random.name(), random.below(6))).collect();
        for case in CASES {
            let wanted = names.iter().map(|(name, id)| Wanted {
                name,
                distinction: id.to_string(),
                role: (id % 2 == 0).then_some("write"),
            });
            let assigned = scope(case).assign(&wanted.collect::<Vec<_>>());
            let idents: BTreeSet<String> = assigned.iter().map(|name| name.ident().to_string()).collect();
            assert_eq!(idents.len(), names.len(), "{case:?} {names:?}");
            for ident in &idents {
                assert!(syn::parse_str::<syn::Ident>(ident).is_ok(), "{ident:?} of {names:?}");
                assert!(!["Other", "answer", "_"].contains(&ident.as_str()), "{ident:?} of {names:?}");
            }
        }
    }
}
