//! Conditions as data: what they mean, or what is wrong with which part of them.

use super::{OperandKind, Step, parse};
use crate::source::Span;

/// The nodes of a condition in the order of evaluation.
fn nodes(text: &str) -> String {
    let condition = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
    let shown = condition.nodes().iter().map(|node| match &node.step {
        Step::Param(id) => format!("id:{id}"),
        Step::Text(text) => format!("'{text}'"),
        Step::Number(number) => number.to_string(),
        Step::Empty => "empty".to_owned(),
        Step::EmptyString => "emptystring".to_owned(),
        Step::Operator(operator) => operator.as_str().to_owned(),
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// Parameters from 10 are numbers, from 20 texts, from 30 untyped, from 40 without a type.
fn kind_of(id: i64) -> OperandKind {
    match id {
        10..20 => OperandKind::Number,
        20..30 => OperandKind::Text,
        40..50 => OperandKind::Missing,
        _ => OperandKind::Untyped,
    }
}

/// What is wrong, as `part: message`; none when nothing is.
fn fault(text: &str) -> Option<String> {
    let fault = match parse(text) {
        Ok(condition) => condition.check_types(kind_of).err()?,
        Err(fault) => fault,
    };
    assert!(!fault.help.is_empty());
    Some(format!("{}: {}", part(text, fault.span), fault.message))
}

fn part(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_else(|| panic!("{span:?} is no part of {text}"))
}

#[test]
fn operands_stand_before_their_operators() {
    let cases = [
        // schema, 12.4
        ("id:7 == 1", "id:7 1 =="),
        ("id:7 == 1 AND id:21 < 90", "id:7 1 == id:21 90 < AND"),
        ("(id:21 - id:22) > 5", "id:21 id:22 - 5 >"),
        (
            "(id:7 == 1) AND ( (id:30 == empty) OR (id:30 == \"N/A\") )",
            "id:7 1 == id:30 empty == id:30 'N/A' == OR AND",
        ),
        ("(id:40 & 4) == 4", "id:40 4 & 4 =="),
        ("id:12 + \"-ok\" == \"link-ok\"", "id:12 '-ok' + 'link-ok' =="),
        ("id:64501 == 0", "id:64501 0 =="),
        // COND-34
        ("(id:10 == 3 AND id:11 == 0)", "id:10 3 == id:11 0 == AND"),
        ("(id:12 == empty)", "id:12 empty =="),
        ("(id:10 + id:11) == 7", "id:10 id:11 + 7 =="),
        ("id:10 + 5 > 7", "id:10 5 + 7 >"),
        // COND-13, A24: from left to right, arithmetic on both sides of the comparison.
        ("id:12 < id:10 + 20", "id:12 id:10 20 + <"),
        ("2 + 3 * 4 == id:10", "2 3 + 4 * id:10 =="),
        ("id:40 & 4 == 4", "id:40 4 & 4 =="),
        // COND-14
        ("id:1 == 1 OR id:2 == 2 AND id:3 == 3", "id:1 1 == id:2 2 == OR id:3 3 == AND"),
        ("id:1 == 1 OR (id:2 == 2 AND id:3 == 3)", "id:1 1 == id:2 2 == id:3 3 == AND OR"),
        // Letter case (A24a), white space (A24j), leading zeros.
        ("ID:007 == EMPTY and id:8 == EmptyString", "id:7 empty == id:8 emptystring == AND"),
        (" \n\tid:7\r\n==\t1 ", "id:7 1 =="),
        // COND-05
        ("((id:7) == (1))", "id:7 1 =="),
        // Numbers.
        ("id:7 > -1.5", "id:7 -1.5 >"),
        ("id:7 == +.5e1", "id:7 5 =="),
        // Quotes: parentheses and operators inside (A24i), escapes, apostrophes (A24e).
        (r#"id:7 == "a) AND (b == #$""#, "id:7 'a) AND (b == #$' =="),
        (r#"id:7 == "say \"hi\"""#, r#"id:7 'say "hi"' =="#),
        (r#"id:7 == "C:\temp""#, r"id:7 'C:\temp' =="),
        (r#"id:7 == "don't""#, "id:7 'don't' =="),
        (r#"id:7 == """#, "id:7 '' =="),
        ("id:99999999999999999999 == 1", "id:9223372036854775807 1 =="),
    ];
    for (text, expected) in cases {
        assert_eq!(nodes(text), expected, "{text}");
    }
}

#[test]
fn faults_of_the_syntax_are_found_at_their_place() {
    let cases = [
        ("", ": the condition is empty"),
        (" \n ", ": the condition is empty"),
        ("id:7 ==", "==: there is no operand behind this operator"),
        ("id:7 == 1 AND", "AND: there is no operand behind this operator"),
        ("== 1", "==: there is no operand before `==`"),
        ("id:7 == == 1", "==: there is no operand before `==`"),
        ("OR id:7 == 1", "OR: there is no operand before `OR`"),
        ("id:7 1", "1: there is no operator before this operand"),
        ("id:7 -5 == 1", "-5: there is no operator before this operand"),
        ("id:7 (id:8 == 1)", "(: there is no operator before this operand"),
        ("1 < id:7 < 9", "<: `<` is the second comparison after `<`"),
        ("(id:7 == 1", "(: this parenthesis is never closed"),
        ("id:7 == 1)", "): `)` closes nothing"),
        (") id:7", "): `)` closes nothing"),
        ("() == 1", "(): there is nothing between the parentheses"),
        ("(id:7 == ) AND id:8 == 1", "==: there is no operand behind this operator"),
        ("id:7 == \"on", "\"on: this text is never closed"),
        (r#"id:7 == "C:\""#, r#""C:\": this text is never closed"#),
        ("id:7 == \"a\"\"b\"", "\": there is no space between `\"a\"` and `\"`"),
        ("(id:7 == 1)AND (id:8 == 1)", "AND: there is no space between `)` and `AND`"),
        ("(id:7 == 1) AND(id:8 == 1)", "(: there is no space between `AND` and `(`"),
        ("id:7==1", "id:7==1: there are no spaces in `id:7==1`"),
        ("id:7 ==1", "==1: there are no spaces in `==1`"),
        ("id:7 = 1", "=: `=` is no operator"),
        ("id:7 == 1 && id:8 == 1", "&&: `&&` is no operator"),
        ("id: 7 == 1", "id:: `id:` is followed by no id"),
        ("id:-7 == 1", "id:-7: `-7` is not the id of a parameter"),
        ("id:x == 1", "id:x: `x` is not the id of a parameter"),
        ("id:7 == #1", "#: `#` cannot stand outside a text"),
        ("id:7 == a$", "$: `$` cannot stand outside a text"),
        ("id:7 == 'on'", "'on': `'on'` is no operand"),
        ("id:7 == 1,5", "1,5: `1,5` is no number"),
        ("id:7 == emty", "emty: `emty` is neither an operand nor an operator"),
        ("id:7 == inf", "inf: `inf` is neither an operand nor an operator"),
        ("id:7 == 1e999", "1e999: `1e999` is neither an operand nor an operator"),
        ("id:7 == é", "é: `é` is neither an operand nor an operator"),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn help_says_what_to_write() {
    let cases = [
        ("id:7==1", "write `id:7 == 1`"),
        ("id:7=1", "write `id:7 == 1`"),
        ("id:7-1 == 2", "write `id:7 - 1`"),
        ("id:7 <> 1", "write `!=`"),
        ("id:7 == 1,5", "the decimal sign is a point: write `1.5`"),
        ("id:7 == 1 AN id:8 == 1", "did you mean `AND`?"),
    ];
    for (text, expected) in cases {
        assert_eq!(parse(text).unwrap_err().help, expected, "{text}");
    }
}

#[test]
fn faults_of_the_types_are_found_at_their_place() {
    let cases = [
        // COND-06
        ("id:10 + id:20 == 1", Some("id:20: this is a text, and it is joined to a number")),
        ("id:20 + 1 == \"a\"", Some("1: this is a number, and it is joined to a text")),
        ("id:10 + id:11 == 7", None),
        ("id:20 + \"-ok\" == \"link-ok\"", None),
        ("id:10 - id:20 == 1", Some("id:20: `-` needs two numbers, but this is a text")),
        ("\"3\" * id:10 == 1", Some("\"3\": `*` needs two numbers, but this is a text")),
        ("id:10 / 2 == 1", None),
        ("id:10 + empty == 1", Some("empty: `+` needs two numbers or two texts, but this is `empty`")),
        ("(id:10 == 1) + 1 == 1", Some("id:10 == 1: `+` needs two numbers or two texts, but this is a truth value")),
        // COND-08
        ("id:10 == \"24\"", None),
        ("id:10 == \" 1,5 \"", None),
        ("id:10 == \"on\"", Some("\"on\": this is compared with a number but does not read as one")),
        ("\"on\" < 5", Some("\"on\": this is compared with a number but does not read as one")),
        ("id:10 == emptystring", Some("emptystring: this is compared with a number but does not read as one")),
        ("id:20 == 5", None), // a text parameter is assumed to hold a number
        ("id:20 + \"5\" == 15", None),
        ("id:20 + \"-ok\" == 15", Some("id:20 + \"-ok\": this is compared with a number but does not read as one")),
        ("id:20 == emptystring", None),
        ("id:20 > \"a\"", None),
        // `empty` with anything, but only whether they are equal (A24f).
        ("id:10 == empty OR id:20 != empty OR id:30 == empty", None),
        ("empty == empty", None),
        ("id:10 < empty", Some("empty: `empty` is neither less nor greater than anything, but `<` compares it")),
        // A24k
        ("(id:10 == 1) == 1", Some("id:10 == 1: this is a truth value and cannot be compared")),
        // COND-23, A24l
        ("id:10", Some("id:10: a condition is a truth value, but this is a number")),
        ("id:10 & 4", Some("id:10 & 4: a condition is a truth value, but this is a number")),
        ("\"a\"", Some("\"a\": a condition is a truth value, but this is a text")),
        ("empty", Some("empty: a condition is a truth value, but this is `empty`")),
        ("id:30", Some("id:30: a condition is a truth value, but this is of no known type")),
        ("id:10 == 1 AND id:11", Some("id:11: `AND` joins truth values, but this is a number")),
        ("(id:10 + 1) OR id:11 == 1", Some("id:10 + 1: `OR` joins truth values, but this is a number")),
        // Nothing is known of tables and built-in parameters.
        ("id:30 == \"on\" AND id:30 + 1 == 5 AND id:30 - 1 == 5 AND id:30 < 7", None),
        ("id:30 - \"a\" == 1", Some("\"a\": `-` needs two numbers, but this is a text")),
        (
            "id:10 == 1 AND id:40 == 1",
            Some("id:40: this parameter has no `Interprete/Type`, so it is neither a number nor a text"),
        ),
        // Typing is judged only if the syntax is right.
        ("id:40 ==", Some("==: there is no operand behind this operator")),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn bitwise_operators_are_ignored_on_what_is_no_number() {
    let ignored = |text: &str| -> Vec<String> {
        let spans = parse(text).unwrap().check_types(kind_of).unwrap();
        spans.into_iter().map(|span| format!("{}{}", span.start, part(text, span))).collect()
    };
    assert_eq!(ignored("id:10 & 4 == 4 AND id:30 | 1 == 1"), [""; 0]);
    assert_eq!(ignored("id:20 & 4 == \"a\""), ["6&"]);
    assert_eq!(ignored("(id:10 == 1) & (id:11 == 2)"), ["13&"]);
}

#[test]
fn parameters_come_in_the_order_of_evaluation() {
    let condition = parse("id:3 == 1 AND (id:1 + id:2) < id:9 OR id:3 == 2").unwrap();
    assert_eq!(condition.params().map(|(id, _)| id).collect::<Vec<_>>(), [3, 1, 2, 9, 3]);
}

#[test]
fn the_first_constant_member_is_found() {
    let cases = [
        ("id:10 == 1", None),
        ("1 == 1", Some("1 == 1")),
        ("id:10 == 1 AND 1 + 2 == 3 OR 4 == 4", Some("1 + 2 == 3")),
        ("(\"a\") == id:20", Some("\"a\"")),
        ("(1 == 1) == id:10", Some("1 == 1")),
        ("id:10 == 1 AND ( (id:11 == 2) OR 5 > 4 )", Some("5 > 4")),
        ("(id:10) == 1", None),
        ("1 + (id:10) == 1", None),
    ];
    for (text, expected) in cases {
        let found = parse(text).unwrap().simplifiable();
        assert_eq!(found.map(|span| part(text, span)), expected, "{text}");
    }
}

#[test]
fn cond_14_mixed_operators_without_parentheses_are_found() {
    let mixed = |text: &str| -> Vec<String> {
        let condition = parse(text).unwrap();
        let shown = condition.mixed().iter();
        shown.map(|it| format!("{} {}", part(text, it.earlier_span), part(text, it.span))).collect()
    };
    assert_eq!(mixed("id:1 == 1 AND id:2 == 2 AND id:3 == 3"), [""; 0]);
    assert_eq!(mixed("id:1 == 1 OR id:2 == 2 AND id:3 == 3 OR id:4 == 4"), ["OR AND"]);
    assert_eq!(mixed("id:1 == 1 and id:2 == 2 or id:3 == 3"), ["and or"]);
    assert_eq!(mixed("id:1 == 1 OR (id:2 == 2 AND id:3 == 3)"), [""; 0]);
    assert_eq!(mixed("id:1 == 1 AND (id:2 == 2 AND id:3 == 3 OR id:4 == 4)"), ["AND OR"]);
    assert_eq!(mixed("2 + id:1 * 4 == 20"), ["+ *"]);
    assert_eq!(mixed("id:1 * 4 + 2 == 2 + id:1"), [""; 0]);
    assert_eq!(mixed("id:1 + 1 == 2 * id:2"), [""; 0], "each side of a comparison for itself");
    assert_eq!(mixed("2 * (id:1 + 4) - id:2 * 3 == 2"), ["- *"]);
}

#[test]
fn no_text_takes_long_or_much_stack() {
    let nested = |depth: usize| format!("{}id:7 == 1{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(nodes(&nested(64)), "id:7 1 ==");
    assert_eq!(fault(&nested(65)).as_deref(), Some("(: parentheses are nested more than 64 deep here"));
    assert!(fault(&"(".repeat(1 << 20)).is_some());
    let long = |member: &str| format!("id:10 == 1{}", member.repeat(100_000));
    let condition = parse(&long(" AND id:10 == 1")).unwrap();
    assert_eq!(condition.nodes().len(), 400_003);
    assert!(condition.check_types(kind_of).is_ok());
    assert!(fault(&long(" + \"a\"")).is_some());
    assert!(fault(&long("+1")).is_some());
    assert!(fault(&"\"".repeat(1 << 20)).is_some());
}

#[test]
fn mutated_conditions_are_judged() {
    let pieces = ["id:", "7", " ", "(", ")", "\"", "\\", "==", "AND", " OR ", "empty", "+", "&", "é", "1.5", "#", "\n"];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        super::fuzz(text.as_bytes());
    }
}
