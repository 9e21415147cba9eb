//! The table that is printed.

use std::fmt::Write as _;

use super::row::{Outcome, Row};

const HEADINGS: [&str; 10] = [
    "server",
    "between",
    "use case",
    "deflate",
    "opened",
    "health",
    "states",
    "compressed to/from",
    "plain to/from",
    "result",
];

/// The rows as a table of aligned columns, the faults of each row under it.
pub(crate) fn render(rows: &[Row<'_>], outcomes: &[Outcome]) -> String {
    let cells: Vec<[String; 10]> = rows.iter().zip(outcomes).map(|(row, outcome)| cells(row, outcome)).collect();
    let mut widths = HEADINGS.map(str::len);
    for line in &cells {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.len());
        }
    }
    let mut table = String::new();
    write_line(&mut table, &HEADINGS.map(str::to_owned), &widths);
    for (line, outcome) in cells.iter().zip(outcomes) {
        write_line(&mut table, line, &widths);
        for fault in &outcome.faults {
            let _ = writeln!(table, "    {}", fault.replace('\n', "\n    "));
        }
    }
    table.push_str("to/from: data messages to and from the server. Deflate: what the server agrees to; `not offered`: by this use case.\n");
    table
}

fn cells(row: &Row<'_>, outcome: &Outcome) -> [String; 10] {
    let deflate = match (row.deflate, row.case.offers_deflate) {
        (false, _) => "off",
        (true, true) => "on",
        (true, false) => "on, not offered",
    };
    let counts = match &outcome.summaries {
        Some((driver, device)) => [
            driver.open.to_string(),
            driver.health.to_string(),
            format!("{} of {}", driver.states, device.states),
            format!("{}/{}", device.compressed_in, device.compressed_out),
            format!("{}/{}", device.plain_in, device.plain_out),
        ],
        None => std::array::from_fn(|_| "-".to_owned()),
    };
    let [opened, health, states, compressed, plain] = counts;
    let result = if outcome.faults.is_empty() { "ok" } else { "FAILED" };
    [
        row.server.name.clone(),
        row.between.map_or("-", |tool| &tool.name).to_owned(),
        row.case.name.to_owned(),
        deflate.to_owned(),
        opened,
        health,
        states,
        compressed,
        plain,
        result.to_owned(),
    ]
}

fn write_line(table: &mut String, cells: &[String; 10], widths: &[usize; 10]) {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        let _ = write!(line, "{cell:<width$}  ");
    }
    table.push_str(line.trim_end());
    table.push('\n');
}
