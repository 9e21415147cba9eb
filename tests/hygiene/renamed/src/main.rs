//! `genlock` is a dependency by the name `bcast`.
#![deny(warnings)]

mod by_macro {
    bcast::include_protocol!("../../golden/hostile.xml");
}

mod by_build {
    bcast::include_generated!("hostile");
}

fn main() {
    assert_eq!(by_macro::params::GAIN.name(), by_build::params::GAIN.name());
}
