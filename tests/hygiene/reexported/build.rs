//! The code by the other door, which has to be told the path.

fn main() -> Result<(), genlock_build::Error> {
    genlock_build::Config::new().crate_path("::hygiene_reexported::vendor::engine").compile("../../golden/hostile.xml")
}
