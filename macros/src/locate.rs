//! Where the file is: relative to the package, or beside the source file that names it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{env, fs};

use genlock_codegen::nearest;
use syn::{Error, LitStr, Result};

/// A file that was found.
pub(crate) struct Located {
    /// The path as written, with `/` on every platform.
    pub(crate) relative: LitStr,
    /// What it is relative to.
    pub(crate) base: Base,
    path: PathBuf,
}

/// What a path is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// The folder of `Cargo.toml`.
    Manifest,
    /// The folder of the source file.
    Source,
}

impl Located {
    /// The file's bytes.
    pub(crate) fn read(&self) -> Result<Vec<u8>> {
        let fail = |error| Error::new(self.relative.span(), format!("cannot read `{}`: {error}", self.path.display()));
        fs::read(&self.path).map_err(fail)
    }
}

/// Finds the file that `literal` names.
pub(crate) fn locate(literal: &LitStr) -> Result<Located> {
    let name = literal.value().replace('\\', "/");
    let fail = |message: String| Err(Error::new(literal.span(), message));
    if is_absolute(&name) {
        return fail(format!(
            "`{name}` is an absolute path, which names another file on the next machine: \
             write it relative to the folder of Cargo.toml"
        ));
    }
    let located = |(base, path)| Located { relative: LitStr::new(&name, literal.span()), base, path };
    let in_package = env::var_os("CARGO_MANIFEST_DIR").map(|folder| Path::new(&folder).join(&name));
    let beside = literal.span().unwrap().local_file().and_then(|source| Some(source.parent()?.join(&name)));
    let tried: Vec<(Base, PathBuf)> = [(Base::Manifest, in_package), (Base::Source, beside)]
        .into_iter()
        .filter_map(|(base, path)| Some((base, path?)))
        .collect();
    match tried.iter().filter(|(_, path)| exists(path)).cloned().collect::<Vec<_>>().as_slice() {
        [] => fail(not_found(&name, &tried)),
        [(_, first), (_, second)] if !is_same(first, second) => fail(format!(
            "`{name}` names two files: `{}` and `{}`; rename one of them",
            first.display(),
            second.display()
        )),
        [found, ..] => Ok(located(found.clone())),
    }
}

/// Absolute on any platform, not only on this one.
fn is_absolute(name: &str) -> bool {
    name.starts_with('/') || name.chars().nth(1) == Some(':')
}

/// Whether something is there, even if it cannot be read: then the reason is what the user needs to know.
fn exists(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(_) => true,
        Err(error) => !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
    }
}

fn is_same(first: &Path, second: &Path) -> bool {
    first.canonicalize().ok().is_some_and(|first| second.canonicalize().is_ok_and(|second| first == second))
}

/// The paths that were tried, and a file there with a similar name.
fn not_found(name: &str, tried: &[(Base, PathBuf)]) -> String {
    let tried_paths = tried.iter().map(|(base, path)| match base {
        Base::Manifest => format!("\n  tried in the folder of Cargo.toml: {}", path.display()),
        Base::Source => format!("\n  tried beside this source file: {}", path.display()),
    });
    let near = tried.iter().find_map(|(_, path)| near(path));
    let near = near.map(|file| format!("\n  near it: `{file}`")).unwrap_or_default();
    format!("there is no file `{name}`{}{near}", tried_paths.collect::<String>())
}

/// The file in the same folder whose name is most like that of `path`.
fn near(path: &Path) -> Option<String> {
    let entries =
        fs::read_dir(path.parent()?).ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut files: Vec<String> = entries.collect();
    files.sort(); // folders have no order of their own
    nearest(&path.file_name()?.to_string_lossy(), files.iter().map(String::as_str)).map(str::to_owned)
}
