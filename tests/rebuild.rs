//! A changed connector file compiles its crate again, by both doors, and nothing else does. Which file a name means.

use genlock_tests::{Failure, Fixture, repository};

/// A connector of this version.
fn connector(version: u32) -> String {
    format!(
        "<Protocol><Name>Versions</Name><Version>{version}</Version><ElementType>Test</ElementType><Connections>\
         <Connection id=\"0\" name=\"Link\"><Http><CommunicationOptions><WebSocket>true</WebSocket>\
         </CommunicationOptions></Http></Connection></Connections></Protocol>"
    )
}

const MAIN: &str = r#"
mod by_macro {
    genlock::include_protocol!("by-macro.xml");
}

mod by_build {
    genlock::include_generated!("by-build");
}

fn version<P: genlock::Protocol>() -> &'static str {
    P::spec().text(P::spec().version)
}

fn main() {
    println!("{} {}", version::<by_macro::Protocol>(), version::<by_build::Protocol>());
}
"#;

/// A crate that uses genlock by both doors.
fn fixture(name: &str) -> Result<Fixture, Failure> {
    let fixture = Fixture::new(env!("CARGO_TARGET_TMPDIR"), name)?;
    let (runtime, build) = (repository("runtime"), repository("build"));
    fixture.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n\
             [dependencies]\ngenlock = {{ path = \"{runtime}\" }}\n\
             [build-dependencies]\ngenlock-build = {{ path = \"{build}\" }}\n"
        ),
    )?;
    Ok(fixture)
}

#[test]
fn a_changed_file_is_compiled_again() -> Result<(), Failure> {
    let fixture = fixture("rebuild")?;
    fixture.write(
        "build.rs",
        "fn main() -> Result<(), genlock_build::Error> { genlock_build::compile(\"by-build.xml\") }",
    )?;
    fixture.write("src/main.rs", MAIN)?;
    fixture.write("by-macro.xml", &connector(1))?;
    fixture.write("by-build.xml", &connector(1))?;
    assert_eq!(fixture.run()?, "1 1");
    assert!(fixture.build()?.fresh, "nothing has changed");

    fixture.write("by-macro.xml", &connector(2))?;
    assert_eq!(fixture.run()?, "2 1");
    fixture.write("by-build.xml", &connector(3))?;
    assert_eq!(fixture.run()?, "2 3");

    fixture.write("by-macro.xml", "<Protocol>")?;
    let error = fixture.build().expect_err("the file is broken");
    let error = format!("{error:?}");
    assert!(error.contains("--> by-macro.xml:1:1"), "{error}");
    fixture.write("by-macro.xml", &connector(4))?;
    assert_eq!(fixture.run()?, "4 3");
    assert!(fixture.build()?.fresh, "nothing has changed");
    Ok(())
}

#[test]
fn a_name_that_means_two_files_is_refused() -> Result<(), Failure> {
    let fixture = fixture("two-files")?;
    fixture.write("src/main.rs", "mod link { genlock::include_protocol!(\"link.xml\"); }\nfn main() {}\n")?;
    fixture.write("src/link.xml", &connector(1))?;
    fixture.build()?;
    // What is not there cannot be watched: the other file has to change as well.
    fixture.write("link.xml", &connector(1))?;
    fixture.write("src/link.xml", &connector(2))?;
    let error = format!("{:?}", fixture.build().expect_err("two files have this name"));
    assert!(error.contains("`link.xml` names two files: "), "{error}");
    Ok(())
}
