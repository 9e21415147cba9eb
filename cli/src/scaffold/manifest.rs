//! The `Cargo.toml` of a written crate.

use std::fmt::Write;
use std::path::Path;

/// Names that cargo or Rust takes for something else, and those of the dependencies.
const TAKEN: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "build",
    "const",
    "continue",
    "core",
    "crate",
    "deps",
    "do",
    "dyn",
    "else",
    "enum",
    "examples",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "genlock",
    "if",
    "impl",
    "in",
    "incremental",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc-macro",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "tokio",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// The name of the package in the folder called `folder`.
pub(super) fn package_name(folder: &str) -> String {
    let letters =
        folder.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' });
    let words: String = letters.collect();
    let name = words.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    match name.chars().next() {
        None => "driver".to_owned(),
        Some(first) if first.is_ascii_digit() || TAKEN.contains(&name.as_str()) => format!("driver-{name}"),
        Some(_) => name,
    }
}

/// The text of the file. `path` is the folder of genlock, if it is not to come from the registry.
pub(super) fn text(package: &str, path: Option<&Path>, is_in_a_workspace: bool) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let genlock = match path {
        Some(path) => format!("{{ path = {} }}", string(&path.to_string_lossy().replace('\\', "/"))),
        None => string(version),
    };
    let workspace = if is_in_a_workspace { "\n# Not a member of the workspace around it.\n[workspace]\n" } else { "" };
    format!(
        "[package]\nname = {}\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         genlock = {genlock}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"signal\"] }}\n{workspace}",
        string(package)
    )
}

/// A string of TOML.
fn string(text: &str) -> String {
    let mut string = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => string.extend(['\\', character]),
            _ if character.is_control() => {
                let _ = write!(string, "\\u{:04X}", u32::from(character));
            }
            _ => string.push(character),
        }
    }
    string + "\""
}

#[cfg(test)]
mod tests {
    use super::{package_name, string};

    #[test]
    fn any_folder_gives_a_name_that_cargo_accepts() {
        let cases = [
            ("camera-driver", "camera-driver"),
            ("My Camera (v2)", "my-camera-v2"),
            ("4k", "driver-4k"),
            ("genlock", "driver-genlock"),
            ("type", "driver-type"),
            ("größe", "gr-e"),
            ("…", "driver"),
        ];
        for (folder, name) in cases {
            assert_eq!(package_name(folder), name, "{folder}");
        }
    }

    #[test]
    fn a_path_cannot_end_its_string() {
        assert_eq!(string("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000A\"");
    }
}
