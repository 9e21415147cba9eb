//! `cargo xtask peers`: the reference driver in all four use cases against two servers that are not ours, directly and
//! through what stands between drivers and devices in practice.

mod debian;
mod device;
mod driver;
mod install;
mod middle;
mod row;
mod table;

use std::path::Path;
use std::thread;

use anyhow::{Result, bail};

use debian::Tool;
use device::Server;
use row::{Outcome, Row};

/// Rows that run at a time. They mostly wait, so more than there are cores.
const AT_A_TIME: usize = 5;

/// Installs the servers, runs every row, prints the table.
pub(crate) fn run() -> Result<()> {
    let servers = install::servers()?;
    let driver = driver::build()?;
    let tools = debian::tools();
    let rows = rows(&servers, &tools);
    println!("{} runs of {} s, {AT_A_TIME} at a time", rows.len(), driver::SECONDS);
    let outcomes = run_all(&rows, &driver);
    print!("{}", table::render(&rows, &outcomes));
    let failed = outcomes.iter().filter(|outcome| !outcome.faults.is_empty()).count();
    if failed > 0 {
        bail!("{failed} of {} runs failed", rows.len());
    }
    Ok(())
}

/// Every use case, with every server, with compression and without; and with the first server behind every program that
/// can stand in between.
fn rows<'s>(servers: &'s [Server], tools: &'s [Tool]) -> Vec<Row<'s>> {
    let mut rows = Vec::new();
    for server in servers {
        for deflate in [true, false] {
            rows.extend(driver::CASES.iter().map(|case| Row { case, server, deflate, between: None }));
        }
    }
    if let Some(server) = servers.first() {
        for tool in tools {
            let cases = driver::CASES.iter().filter(|case| case.is_minimal());
            rows.extend(cases.map(|case| Row { case, server, deflate: true, between: Some(tool) }));
        }
    }
    rows
}

/// Runs the rows batch by batch; the outcomes come in the order of the rows.
fn run_all(rows: &[Row<'_>], driver: &Path) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for batch in rows.chunks(AT_A_TIME) {
        thread::scope(|scope| {
            let runs: Vec<_> = batch.iter().map(|row| scope.spawn(|| row.run(driver))).collect();
            outcomes
                .extend(runs.into_iter().map(|run| run.join().unwrap_or_else(|_| Outcome::failed("the run panicked"))));
        });
    }
    outcomes
}
