//! A certificate for this machine, and the authority that signed it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

/// The files of a server.
#[derive(Debug)]
pub(super) struct Certificates {
    pub(super) chain: PathBuf,
    pub(super) key: PathBuf,
    /// Chain and key in one file.
    pub(super) both: PathBuf,
}

impl Certificates {
    pub(super) fn write(folder: &Path) -> Result<Self> {
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        let authority_key = KeyPair::generate()?;
        fs::write(Self::authority(folder), authority.self_signed(&authority_key)?.pem())?;

        let key = KeyPair::generate()?;
        let server = CertificateParams::new(["localhost".to_owned()])?;
        let chain = server.signed_by(&key, &Issuer::new(authority, authority_key))?.pem();
        let files =
            Self { chain: folder.join("chain.pem"), key: folder.join("key.pem"), both: folder.join("both.pem") };
        fs::write(&files.chain, &chain)?;
        fs::write(&files.key, key.serialize_pem())?;
        fs::write(&files.both, chain + &key.serialize_pem())?;
        Ok(files)
    }

    /// The authority that a client must trust.
    pub(super) fn authority(folder: &Path) -> PathBuf {
        folder.join("authority.pem")
    }
}
