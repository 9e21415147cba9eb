//! Code that was generated for the tables of another version.

const _: () = genlock::__private::same_abi::<genlock::__private::Abi<0>>();

fn main() {}
