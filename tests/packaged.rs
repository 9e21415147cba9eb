//! The packages that would be published work outside the workspace: nothing that they need was left out of them.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use genlock_tests::{Failure, Fixture, cargo, repository, succeeded};

const PACKAGES: [&str; 5] = ["genlock-spec", "genlock-codegen", "genlock-macros", "genlock-build", "genlock"];

/// Packs the published crates into `folder` and unpacks them there.
fn package(folder: &Path) -> Result<(), Failure> {
    // What an earlier run unpacked must not stand in for what is left out now, nor look as old as what it was built from.
    if let Err(error) = fs::remove_dir_all(folder.join("package"))
        && error.kind() != ErrorKind::NotFound
    {
        return Err(error.into());
    }
    let mut cargo = cargo(repository(""));
    cargo.args(["package", "--no-verify", "--allow-dirty", "--offline", "--target-dir"]).arg(folder);
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
    succeeded(cargo.output()?)?;
    for package in PACKAGES {
        let file = format!("{package}-{}.crate", env!("CARGO_PKG_VERSION"));
        succeeded(Command::new("tar").arg("-xzmf").arg(file).current_dir(folder.join("package")).output()?)?;
    }
    Ok(())
}

#[test]
fn packages_work_outside_the_workspace() -> Result<(), Failure> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    package(&folder)?;
    let fixture = Fixture::new(env!("CARGO_TARGET_TMPDIR"), "packaged")?;
    let version = env!("CARGO_PKG_VERSION");
    let patches = PACKAGES.map(|package| {
        let path = folder.join(format!("package/{package}-{version}"));
        format!("{package} = {{ path = \"{}\" }}\n", path.display().to_string().replace('\\', "/"))
    });
    fixture.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"packaged\"\nedition = \"2024\"\n[workspace]\n\
             [dependencies]\ngenlock = \"={version}\"\n[build-dependencies]\ngenlock-build = \"={version}\"\n\
             [patch.crates-io]\n{}",
            patches.concat()
        ),
    )?;
    fixture
        .write("build.rs", "fn main() -> Result<(), genlock_build::Error> { genlock_build::compile(\"nmos.xml\") }")?;
    fs::copy(repository("examples/nmos/nmos.xml"), fixture.path("nmos.xml"))?;
    fixture.write(
        "src/main.rs",
        "mod by_macro { genlock::include_protocol!(\"nmos.xml\"); }\n\
         mod by_build { genlock::include_generated!(\"nmos\"); }\n\
         fn main() { println!(\"{} {}\", by_macro::params::TALLY.name(), by_build::params::TALLY.pid()); }\n",
    )?;
    assert_eq!(fixture.run()?, "Tally 30");
    Ok(())
}
