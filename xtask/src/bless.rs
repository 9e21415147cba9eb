//! `cargo xtask bless`: writes the expectations of the tests anew.

use anyhow::Result;

use crate::process;

/// Runs the tests with the variables at which they write what they find instead of comparing it.
///
/// `GENLOCK_BLESS` is ours (golden files, diagnostics); `TRYBUILD` is trybuild's.
pub(crate) fn run() -> Result<()> {
    let mut tests = process::cargo();
    tests.args(["test", "--workspace"]).env("GENLOCK_BLESS", "1").env("TRYBUILD", "overwrite");
    process::show(&mut tests)?;
    println!("Look at `git diff` before you commit: what is in it is what users will see.");
    Ok(())
}
