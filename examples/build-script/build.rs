//! Compiles `nmos.xml` to `nmos.rs` in `OUT_DIR`.

fn main() -> Result<(), genlock_build::Error> {
    genlock_build::compile("nmos.xml")
}
