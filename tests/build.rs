//! Generates the code of every connector of the repository's tests and examples, for `doors.rs`.

fn main() -> Result<(), genlock_build::Error> {
    for file in [
        "../examples/nmos/normal.xml",
        "../examples/nmos/dynamic-ip.xml",
        "../examples/nmos/custom-handshake.xml",
        "../examples/nmos/custom-handshake-dynamic-ip.xml",
        "../examples/nmos/nmos.xml",
        "golden/hostile.xml",
        "golden/refused.xml",
    ] {
        genlock_build::compile(file)?;
    }
    Ok(())
}
