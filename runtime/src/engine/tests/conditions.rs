//! Chapter COND: what conditions are true of.

use super::run::Run;
use super::xml::{action, condition, connector, number, text, trigger};

/// The numbers 20 and 21, the number 22 of fixed length, the texts 10, 11 and 12; trigger 40, which clears 11, has the
/// condition.
fn judged(text_of_condition: &str) -> Run {
    let fixed = "<Interprete><RawType>numeric text</RawType><Type>double</Type><LengthType>fixed</LengthType><Length>1</Length></Interprete>";
    let params = format!(
        r#"{}{}{}<Param id="22"><Name>Digit</Name><Type>read</Type>{fixed}</Param>"#,
        number(20, "Level"),
        number(21, "Limit"),
        text(12, "Mode"),
    );
    let clear = action(40, r#"<On id="11">parameter</On>"#, "<Type>clear</Type>");
    let trigger = trigger(40, &condition(text_of_condition), &[40]);
    Run::new(&connector(&format!("<Params>{params}</Params><Triggers>{trigger}</Triggers><Actions>{clear}</Actions>")))
}

/// Whether the condition is true once these values are set.
fn holds(condition: &str, values: &[(u32, &str)]) -> bool {
    let mut run = judged(condition);
    for (pid, value) in values {
        run.set(*pid, value);
    }
    run.take();
    run.check_trigger(40);
    run.take_only(&["trigger"]).len() == 1
}

/// Checks conditions that are true and conditions that are false.
fn check(values: &[(u32, &str)], truths: &[&str], untruths: &[&str]) {
    for condition in truths {
        assert!(holds(condition, values), "{condition} with {values:?}");
    }
    for condition in untruths {
        assert!(!holds(condition, values), "{condition} with {values:?}");
    }
}

#[test]
fn cond_34_the_test_set() {
    check(
        &[(20, "3"), (21, "0"), (12, "Idle")],
        &[
            "(id:20 == 3 AND id:21 == 0)",
            "(id:10 == empty)",
            "id:12 == \"Idle\"",
            "(id:20 + id:21) == 3",
            "id:20 + 5 > 7",
            "id:21 < id:20",
        ],
        &["(id:20 == 3 AND id:21 == 1)", "(id:12 == empty)", "id:12 == \"Busy\"", "id:20 + 5 > 8"],
    );
}

#[test]
fn cond_02_operands() {
    check(
        &[(20, "-1.5"), (12, "a \"b\" (c) AND d")],
        &["id:20 == -1.5", r#"id:12 == "a \"b\" (c) AND d""#, "ID:20 < 0 and id:12 != EMPTYSTRING"],
        &["id:20 == 1.5", "id:12 == \"a\""],
    );
}

#[test]
fn cond_04_13_rel_44_operators_from_left_to_right_comparison_last() {
    check(
        &[(20, "4"), (21, "10")],
        &[
            "2 + 3 * id:20 == 20",
            "id:20 < id:21 - 5",
            "20 / id:20 - 1 == 4",
            "id:20 != 5 AND id:20 <= 4 AND id:20 >= 4",
            "id:21 - ( id:20 + 1 ) == 5",
        ],
        &["2 + 3 * id:20 == 14", "id:20 > 4", "id:20 < 4"],
    );
}

#[test]
fn cond_06_plus_adds_numbers_and_joins_texts() {
    check(
        &[(20, "1"), (12, "link"), (10, "-ok")],
        &[
            "id:20 + 1 == 2",
            "id:12 + \"-ok\" == \"link-ok\"",
            "\"a\" + ( id:12 + id:10 ) + emptystring == \"alink\" + id:10",
            "( \"1\" + \"2\" ) + ( \"3\" + \"4\" ) == \"1234\" AND id:20 == 1",
            "id:10 + id:10 + id:10 == \"-ok-ok-ok\"",
        ],
        &["id:12 + \"-ok\" == \"link\"", "id:12 + id:10 == id:10 + id:12"],
    );
}

#[test]
fn cond_07_08_texts_as_texts_numbers_as_numbers_mixed_as_numbers() {
    check(
        &[(20, "24"), (12, "9"), (10, " 1,5 ")],
        &["id:20 == \"24\"", "\"24.0\" == id:20", "id:12 == 9.0", "id:12 > \"24\"", "id:12 < id:20", "id:10 == 1.5"],
        &["id:12 == \"9.0\"", "id:20 == \"25\""],
    );
}

#[test]
fn cond_09_a_text_that_is_no_number_differs_from_any() {
    check(&[(12, "on")], &["id:12 != 5"], &["id:12 == 5", "id:12 < 5", "id:12 >= 5", "id:12 == id:20"]);
    let mut run = judged("id:12 != 5");
    run.set(12, "on");
    run.take();
    run.check_trigger(40);
    run.check_trigger(40);
    let told = "log the condition of trigger 40 compares a number with a text that is none: they differ";
    assert_eq!(run.take_only(&["log", "trigger"]), [told, "trigger 40", "trigger 40"], "told once");
}

#[test]
fn cond_10_texts_are_compared_by_their_characters() {
    check(&[(12, "Idle")], &["id:12 != \"idle\"", "id:12 < \"idle\"", "id:12 < \"Idle \""], &["id:12 == \"IDLE\""]);
}

#[test]
fn cond_11_numbers_are_equal_when_they_are_the_same() {
    check(&[(20, "0.1"), (21, "0.2")], &["id:20 + id:21 != 0.3", "id:20 == 0.1"], &["id:20 + id:21 == 0.3"]);
}

#[test]
fn cond_12_bitwise_operators_floor_their_operands() {
    check(
        &[(20, "6.9"), (21, "4294967295")],
        &["id:20 & 3 == 2", "id:20 | 1 == 7", "id:20 ^ 3.9 == 5", "id:21 & 256 == 256", "-0.5 & id:20 == 6"],
        &["id:20 & 3 == 3"],
    );
    // On what is no number they are ignored, with what follows them.
    check(&[(20, "1")], &["(id:20 == 1) & (id:20 == 2)"], &["(id:20 == 2) | (id:20 == 1)"]);
}

#[test]
fn cond_14_and_and_or_have_equal_rank() {
    check(
        &[(20, "1")],
        &["id:20 == 1 OR id:20 == 2 AND id:20 == 1", "id:20 == 1 OR (id:20 == 2 AND id:20 == 3)"],
        &["id:20 == 1 OR id:20 == 2 AND id:20 == 3"],
    );
}

#[test]
fn cond_15_18_19_what_was_never_set_is_empty() {
    check(
        &[],
        &[
            "id:12 == empty",
            "id:20 == empty",
            "empty == id:12",
            "id:12 == emptystring",
            "id:12 == \"\"",
            "empty == empty",
        ],
        &["id:12 != empty", "id:20 != empty", "id:12 == \"x\"", "id:12 + \"\" == empty"],
    );
    check(&[(12, ""), (20, "0")], &["id:12 != empty", "id:20 != empty", "id:12 == emptystring"], &["id:12 == empty"]);
    check(&[(12, "x")], &["id:12 != emptystring"], &["id:12 == emptystring"]);
}

#[test]
fn cond_16_a_number_of_fixed_length_is_empty_at_zero() {
    check(&[], &["id:22 == empty", "id:22 == 0"], &["id:22 != empty"]);
    check(&[(22, "5")], &["id:22 != empty", "id:22 == 5"], &["id:22 == empty"]);
}

#[test]
fn cond_17_a_number_that_was_never_set_counts_as_zero() {
    check(&[], &["id:20 == 0", "id:20 + 5 == 5", "id:20 > -1"], &["id:20 > 0"]);
}

#[test]
fn cond_22_division_by_zero_makes_the_condition_false() {
    check(&[(20, "5")], &["10 / id:20 == 2"], &[]);
    let mut run = judged("10 / id:20 > 2 OR 1 == 1");
    run.check_trigger(40);
    run.check_trigger(40);
    assert_eq!(run.take(), ["log the condition of trigger 40 divides by zero, so it is false"], "told once");
}

#[test]
fn cond_33_evaluation_changes_nothing() {
    let mut run = judged("(id:12 + \"-\" + id:10 == \"a-b\") AND (id:20 + 1 == 2)");
    run.set(12, "a");
    run.set(10, "b");
    run.set(20, "1");
    run.take();
    for _ in 0..3 {
        run.check_trigger(40);
        assert_eq!(run.take(), ["trigger 40", "action 40", "param 11=-"]);
    }
    assert_eq!(run.value(12).as_deref(), Some("a"));
}
