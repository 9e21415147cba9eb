//! Certificates of all kinds, made for one test.

use std::path::PathBuf;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// An authority whose certificates are good from 2020 to 2090.
pub(crate) struct Authority {
    pub(crate) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate with its key.
pub(crate) struct Identity {
    pub(crate) chain: String,
    pub(crate) key: String,
}

/// What a certificate says.
pub(crate) struct Facts {
    pub(crate) name: &'static str,
    pub(crate) hosts: &'static [&'static str],
    pub(crate) years: [i32; 2],
    pub(crate) purpose: ExtendedKeyUsagePurpose,
}

/// A good server on this machine.
pub(crate) const DEVICE: Facts = Facts {
    name: "Camera 1",
    hosts: &["localhost", "127.0.0.1"],
    years: [2020, 2090],
    purpose: ExtendedKeyUsagePurpose::ServerAuth,
};

impl Facts {
    fn params(&self) -> CertificateParams {
        let hosts: Vec<String> = self.hosts.iter().map(|&host| host.to_owned()).collect();
        let mut params = CertificateParams::new(hosts).unwrap();
        params.distinguished_name.remove(DnType::CommonName);
        params.distinguished_name.push(DnType::CommonName, self.name);
        [params.not_before, params.not_after] = self.years.map(|year| date_time_ymd(year, 1, 2));
        params.extended_key_usages = vec![self.purpose.clone()];
        params
    }

    /// Signed by itself, as devices do it: as if it were an authority.
    pub(crate) fn signed_by_itself(&self) -> Identity {
        let mut params = self.params();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Identity { chain: params.self_signed(&key).unwrap().pem(), key: key.serialize_pem() }
    }
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let (params, key) = Self::params(name, [2020, 2090]);
        Self { pem: params.self_signed(&key).unwrap().pem(), issuer: Issuer::new(params, key) }
    }

    fn params(name: &str, years: [i32; 2]) -> (CertificateParams, KeyPair) {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        [params.not_before, params.not_after] = years.map(|year| date_time_ymd(year, 1, 2));
        (params, KeyPair::generate().unwrap())
    }

    /// An authority below this one, whose own certificate is good in these years.
    pub(crate) fn below(&self, name: &str, years: [i32; 2]) -> Self {
        let (params, key) = Self::params(name, years);
        Self { pem: params.signed_by(&key, &self.issuer).unwrap().pem(), issuer: Issuer::new(params, key) }
    }

    pub(crate) fn sign(&self, facts: &Facts) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = facts.params().signed_by(&key, &self.issuer).unwrap();
        Identity { chain: certificate.pem(), key: key.serialize_pem() }
    }
}

impl Identity {
    pub(crate) fn certificates(&self) -> Vec<CertificateDer<'static>> {
        CertificateDer::pem_slice_iter(self.chain.as_bytes()).map(Result::unwrap).collect()
    }

    pub(crate) fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::from_pem_slice(self.key.as_bytes()).unwrap()
    }
}

/// A folder for the files of one test, which goes with it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("genlock-tls-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Writes a file and gives its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays behind harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
