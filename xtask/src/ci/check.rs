//! The connector files of the examples have no faults.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::process;

#[derive(Debug, Deserialize)]
struct Diagnostic {
    code: String,
    severity: String,
    class: Option<String>,
    message: String,
    file: String,
    line: u32,
}

/// Runs `genlock check` on every connector file of the examples: no errors, no warnings about behaviour.
pub(super) fn run() -> Result<()> {
    let files = files()?;
    let mut check = process::cargo();
    check
        .args(["run", "--quiet", "--locked", "--package", "genlock-cli", "--", "check", "--format", "json"])
        .args(&files);
    // Its exit status is 1 when there are errors, which the lines themselves say better.
    let output = check.output()?;
    ensure!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout)?;
    let diagnostics = lines
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("not a diagnostic: {line}")))
        .collect::<Result<Vec<Diagnostic>>>()?;
    let serious: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| diagnostic.is_serious()).collect();
    for Diagnostic { code, severity, message, file, line, .. } in &serious {
        println!("{file}:{line}: {severity}[{code}]: {message}");
    }
    println!("{} files, {} diagnostics, {} of them serious", files.len(), diagnostics.len(), serious.len());
    if !serious.is_empty() || !output.status.success() {
        bail!("the connector files of the examples have faults");
    }
    Ok(())
}

impl Diagnostic {
    fn is_serious(&self) -> bool {
        match self.severity.as_str() {
            "error" => true,
            "warning" => self.class.as_deref() == Some("behaviour"),
            _ => false,
        }
    }
}

/// The connector files: the reference case and the four use cases.
/// Those of all examples. Build scripts and programs are beside them, nothing else is an XML file there.
fn files() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for example in std::fs::read_dir(crate::root().join("examples"))? {
        for entry in std::fs::read_dir(example?.path())? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "xml") {
                files.push(path.strip_prefix(crate::root())?.to_path_buf());
            }
        }
    }
    ensure!(files.len() >= 5, "the examples hold {} connector files, not five and more", files.len());
    files.sort();
    Ok(files)
}
