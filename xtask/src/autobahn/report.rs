//! What the suite says of each case.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The number of a case, such as 6.4.3, in the order of numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CaseId(Vec<u32>);

/// What the suite says: about the messages, and about the end of the connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Verdict {
    pub(super) behavior: String,
    pub(super) behavior_close: String,
}

/// The verdicts of all cases that were run.
pub(super) type Reports = BTreeMap<CaseId, Verdict>;

/// The headings of the suite, by group.
const GROUPS: [(u32, &str); 11] = [
    (1, "framing"),
    (2, "pings and pongs"),
    (3, "reserved bits"),
    (4, "opcodes"),
    (5, "fragmentation"),
    (6, "UTF-8"),
    (7, "closing"),
    (9, "limits and performance"),
    (10, "automatic fragmentation"),
    (12, "compression, by size of message"),
    (13, "compression, by parameters"),
];

impl CaseId {
    pub(super) fn parse(id: &str) -> Result<Self> {
        let numbers = id.split('.').map(str::parse).collect::<Result<_, _>>();
        Ok(Self(numbers.with_context(|| format!("`{id}` is no number of a case"))?))
    }

    fn group(&self) -> u32 {
        self.0.first().copied().unwrap_or_default()
    }
}

impl std::fmt::Display for CaseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(u32::to_string).collect();
        f.write_str(&numbers.join("."))
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\t{}", self.behavior, self.behavior_close)
    }
}

/// Reads the suite's list of one client.
pub(super) fn read(index: &str) -> Result<Reports> {
    let clients: BTreeMap<String, BTreeMap<String, Verdict>> =
        serde_json::from_str(index).context("not the report of the Autobahn test suite")?;
    let cases = clients.into_values().next().context("the suite has no client in its report")?;
    cases.into_iter().map(|(id, verdict)| Ok((CaseId::parse(&id)?, verdict))).collect()
}

/// How many cases of each group had which verdict.
pub(super) fn table(reports: &Reports) -> String {
    let mut table = format!("{:<5} {:<32} {:>5}  verdicts\n", "group", "", "cases");
    for (number, heading) in GROUPS {
        let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
        for verdict in reports.iter().filter(|(id, _)| id.group() == number).map(|(_, verdict)| verdict) {
            let text = match (&*verdict.behavior, &*verdict.behavior_close) {
                (behavior, close) if behavior == close => behavior.to_owned(),
                (behavior, close) => format!("{behavior}, closing {close}"),
            };
            *verdicts.entry(text).or_default() += 1;
        }
        let cases: usize = verdicts.values().sum();
        let verdicts: Vec<String> = verdicts.iter().map(|(verdict, count)| format!("{verdict} {count}")).collect();
        let _ = writeln!(table, "{number:<5} {heading:<32} {cases:>5}  {}", verdicts.join(", "));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_in_the_order_of_numbers() {
        let index = r#"{"genlock":{"10.1.1":{"behavior":"OK","behaviorClose":"OK","duration":3},
            "6.4.3":{"behavior":"NON-STRICT","behaviorClose":"OK","remoteCloseCode":1007}}}"#;
        let reports = read(index).unwrap();
        let lines: Vec<String> = reports.iter().map(|(id, verdict)| format!("{id}\t{verdict}")).collect();
        assert_eq!(lines, ["6.4.3\tNON-STRICT\tOK", "10.1.1\tOK\tOK"]);
        assert!(table(&reports).contains("NON-STRICT, closing OK 1"));
    }
}
