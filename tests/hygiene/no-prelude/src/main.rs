//! Nothing is in scope, and what generated code uses has other meanings here.
#![no_implicit_prelude]
#![deny(warnings)]

mod by_macro {
    #[allow(unused_imports, reason = "they are here to be in the way")]
    use crate::obstacles::*;

    ::genlock::include_protocol!("../../golden/hostile.xml");
}

mod by_build {
    #[allow(unused_imports, reason = "they are here to be in the way")]
    use crate::obstacles::*;

    ::genlock::include_generated!("hostile");
}

/// Items of the names of the prelude, of the runtime and of the tables.
#[expect(non_camel_case_types, dead_code, reason = "they are here to be in the way")]
mod obstacles {
    pub(crate) mod core {}
    pub(crate) mod std {}
    pub(crate) mod genlock {}
    pub(crate) struct Option;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Result;
    pub(crate) struct Text;
    pub(crate) struct Param;
    pub(crate) struct Spec;
    pub(crate) struct List;
    pub(crate) struct Send;
    pub(crate) struct f64;
    pub(crate) trait Into {}
    pub(crate) trait Sized {}
}

fn main() {
    ::std::assert_eq!(by_macro::params::GAIN.name(), by_build::params::GAIN.name());
}
