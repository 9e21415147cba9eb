//! The code by the other door, which has to be told the name.

fn main() -> Result<(), genlock_build::Error> {
    genlock_build::Config::new().crate_path("::bcast").compile("../../golden/hostile.xml")
}
