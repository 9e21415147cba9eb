use super::*;

#[test]
fn each_rule_has_a_case_or_an_owner() {
    let coverage = Coverage::find(root()).unwrap();
    let faults = coverage.faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn coverage(cases: &[&str], later: &[&str]) -> Coverage {
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    Coverage {
        rules: owned(&["TMR-01", "TMR-02", "TMR-03"]),
        cases: owned(cases).into_iter().collect(),
        later: owned(later),
    }
}

#[test]
fn what_is_wrong_with_the_lists_is_told_once() {
    let faults = |cases: &[&str], later: &[&str]| coverage(cases, later).faults();
    assert_eq!(faults(&["TMR-01", "TMR-03"], &["TMR-02"]), [""; 0]);
    let neither = "`TMR-03` has neither a case nor a line in later.tsv; write a case";
    assert_eq!(faults(&["TMR-01"], &["TMR-02"]), [neither]);
    let both = "later.tsv: `TMR-02` has a case; take the line out, or the id out of the case's name";
    assert_eq!(faults(&["TMR-01", "TMR-02", "TMR-03"], &["TMR-02"]), [both]);
    let unknown = "later.tsv: the reference has no rule `TMR-04` of scope P1 or P2";
    assert_eq!(faults(&["TMR-01", "TMR-02", "TMR-03"], &["TMR-04"]), [unknown]);
    let twice = "later.tsv: `TMR-02` stands there twice";
    assert_eq!(faults(&["TMR-01", "TMR-03"], &["TMR-02", "TMR-02"]), [twice]);
}

#[test]
fn a_line_has_a_rule_an_owner_and_a_reason() {
    assert_eq!(later::parse("TMR-01\tserial\tno lines").unwrap(), "TMR-01");
    for line in ["", "TMR-01", "TMR-01\tserial", "TMR-01\tserial\t", "TMR-01\tserial\ta\tb"] {
        assert!(later::parse(line).is_err(), "{line}");
    }
}
