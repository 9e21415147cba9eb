//! The macro and the build script give the same code, and it is the code that was looked at (`golden/`).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{env, fs};

use genlock_codegen::{Options, SourceSet, compile};

/// Each connector by both doors, and its texts.
macro_rules! doors {
    ($($name:ident $xml:literal $generated:literal)+) => {
        #[allow(deprecated, reason = "the macro warns of what no element runs")]
        mod by_macro {
            $(pub(crate) mod $name { genlock::include_protocol!($xml); })+
        }

        mod by_build {
            $(pub(crate) mod $name { genlock::include_generated!($generated); })+
        }

        #[test]
        fn both_doors_give_the_same_tables() {
            $(assert_eq!(
                <by_macro::$name::Protocol as genlock::Protocol>::spec(),
                <by_build::$name::Protocol as genlock::Protocol>::spec(),
                $xml
            );)+
        }

        /// The macro emits the tokens of `compile` as they are.
        #[test]
        fn the_build_script_writes_the_tokens_that_the_macro_emits() {
            $({
                let sources = SourceSet::new($xml, include_str!($xml));
                let tokens = compile(&sources, &Options::default()).tokens;
                assert_eq!(generated(include_str!(concat!(env!("OUT_DIR"), "/", $generated, ".rs"))), printed(tokens));
            })+
        }
    };
}

doors! {
    normal "../examples/nmos/normal.xml" "normal"
    dynamic_ip "../examples/nmos/dynamic-ip.xml" "dynamic-ip"
    custom_handshake "../examples/nmos/custom-handshake.xml" "custom-handshake"
    custom_handshake_dynamic_ip "../examples/nmos/custom-handshake-dynamic-ip.xml" "custom-handshake-dynamic-ip"
    nmos "../examples/nmos/nmos.xml" "nmos"
    hostile "golden/hostile.xml" "hostile"
    refused "golden/refused.xml" "refused"
}

/// The code of a generated file, without its header.
fn generated(file: &str) -> &str {
    file.split_once("\n\n").map_or(file, |(_, code)| code)
}

fn printed(tokens: impl Into<proc_macro2::TokenStream>) -> String {
    prettyplease::unparse(&syn::parse2(tokens.into()).unwrap())
}

/// `GENLOCK_BLESS=1 cargo test -p genlock-tests --test doors` writes the code as it is now.
#[test]
fn the_code_is_as_it_was_last_looked_at() {
    for (golden, code) in [
        ("golden/normal.rs", include_str!(concat!(env!("OUT_DIR"), "/normal.rs"))),
        ("golden/refused.rs", include_str!(concat!(env!("OUT_DIR"), "/refused.rs"))),
        ("golden/hostile.rs", include_str!(concat!(env!("OUT_DIR"), "/hostile.rs"))),
    ] {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/").to_owned() + golden;
        if env::var_os("GENLOCK_BLESS").is_some() {
            fs::write(&path, generated(code)).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let differs = expected.lines().zip(generated(code).lines()).enumerate().find(|(_, (old, new))| old != new);
        assert!(expected == generated(code), "{golden} differs: {differs:?}; see GENLOCK_BLESS");
    }
}
