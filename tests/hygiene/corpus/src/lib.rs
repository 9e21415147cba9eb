//! Every connector of the corpus by both doors, in a library in which everything needs documentation, where warnings are
//! errors.
#![deny(warnings)]
#![deny(missing_docs, unreachable_pub, missing_debug_implementations, rust_2018_idioms)]
#![deny(clippy::all, clippy::pedantic)]

/// A connector's name and its tables by the build script and by the macro.
pub type Pair =
    (&'static str, &'static genlock::__private::spec::Spec<'static>, &'static genlock::__private::spec::Spec<'static>);

include!(concat!(env!("OUT_DIR"), "/connectors.rs"));

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn both_doors_give_the_same_tables() {
        for (name, by_build, by_macro) in tables() {
            assert!(by_build == by_macro, "{name}");
        }
    }
}
