//! The same code from a build script.
//!
//! A macro's code cannot be looked at in a file, and some teams want generated code to be a step of the build.
//! `genlock-build` writes the same tokens, formatted, to a file in `OUT_DIR`:
//!
//! ```toml
//! [build-dependencies]
//! genlock-build = "0.1"
//! ```
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), genlock_build::Error> {
//!     genlock_build::compile("lamp.xml")
//! }
//! ```
//!
//! ```text
//! // src/main.rs
//! mod lamp {
//!     genlock::include_generated!("lamp");
//! }
//! ```
//!
//! From here on nothing differs: same names, same types, same checks. A fault in the XML fails the build with the same
//! snippet of the file, a warning is a `cargo::warning`. The file is written only when it changes, and the script runs
//! again only when the XML did. With a build script the feature `macros` is not needed.
//!
//! To look at the code without either, `genlock expand lamp.xml` prints it.
//!
//! # Options
//!
//! What the macro takes behind the path, [`Config`](https://docs.rs/genlock-build) takes as methods: `allow`, which names the warnings
//! that are meant; `deny_warnings`; `unhandled`, which gives every QAction a body that says once that it does nothing (see
//! [`porting`](super::porting)). Beyond that: `crate_path`, where genlock is known under another name, and `out_dir`.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = std::env::temp_dir().join("genlock-guide");
//! # std::fs::create_dir_all(&folder)?;
//! genlock_build::Config::new().unhandled(true).out_dir(&folder).compile("docs/lamp.xml")?;
//!
//! let code = std::fs::read_to_string(folder.join("lamp.rs"))?;
//! assert!(code.contains("pub mod params"));
//! # Ok(())
//! # }
//! ```
