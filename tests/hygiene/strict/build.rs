//! The code by the other door.

fn main() -> Result<(), genlock_build::Error> {
    genlock_build::compile("../../golden/hostile.xml")
}
