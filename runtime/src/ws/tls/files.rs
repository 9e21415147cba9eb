//! The files that an operator names, as bytes.

use std::fs;
use std::path::{Path, PathBuf};

use super::TlsError;
use crate::settings::Tls as Settings;

/// What the files held when they were read.
#[derive(PartialEq, Eq)]
pub(super) struct Files {
    pub(super) authorities: Vec<File>,
    pub(super) client: Option<Client>,
}

/// One file.
#[derive(PartialEq, Eq)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
}

/// The client's certificate and key.
#[derive(PartialEq, Eq)]
pub(super) struct Client {
    pub(super) chain: File,
    pub(super) key: File,
}

impl Files {
    /// Reads what the settings name. It blocks.
    pub(super) fn read(settings: &Settings) -> Result<Self, TlsError> {
        let authorities = settings.ca_files.iter().map(|path| File::read(path)).collect::<Result<_, _>>()?;
        let client = settings.client.as_ref().map(Client::read).transpose()?;
        Ok(Self { authorities, client })
    }
}

impl File {
    fn read(path: &Path) -> Result<Self, TlsError> {
        let bytes = fs::read(path).map_err(|error| TlsError::file(path, &error))?;
        Ok(Self { path: path.to_owned(), bytes })
    }

    /// Why what is in the file cannot be used.
    pub(super) fn unusable(&self, why: &dyn std::fmt::Display) -> TlsError {
        TlsError::file(&self.path, why)
    }
}

impl Client {
    fn read([chain, key]: &[PathBuf; 2]) -> Result<Self, TlsError> {
        Ok(Self { chain: File::read(chain)?, key: File::read(key)? })
    }
}

impl std::fmt::Debug for Files {
    /// The bytes stay out: a key is among them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files").finish_non_exhaustive()
    }
}
