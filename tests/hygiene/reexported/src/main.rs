//! A user of the library.
#![deny(warnings)]

mod by_macro {
    hygiene_reexported::vendor::engine::include_protocol!("../../golden/hostile.xml");
}

mod by_build {
    hygiene_reexported::vendor::engine::include_generated!("hostile");
}

fn main() {
    assert_eq!(by_macro::params::GAIN.name(), by_build::params::GAIN.name());
}
