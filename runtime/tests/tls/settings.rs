//! Settings that cannot be followed, and files that change.

use genlock::{Error, Roots, Tls};

use super::authority::{Authority, DEVICE, Folder};
use super::device::Device;
use super::{bounded, element, is_open, refusal, start, trusting};

/// Why an element with these settings does not start.
async fn refused(tls: Tls) -> String {
    match start(|link| link.host("wss://localhost").tls(tls)).await {
        Err(Error::Settings { reason, .. }) => reason,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it started"),
    }
}

#[tokio::test]
async fn settings_that_cannot_be_followed_are_refused_at_the_start() {
    let folder = Folder::new("settings");
    let identity = Authority::new("Studio CA").sign(&DEVICE);
    let other = Authority::new("Other CA").sign(&DEVICE);
    let (pem, key) = (folder.write("device.pem", &identity.chain), folder.write("device.key", &identity.key));
    let locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    for (tls, why) in [
        (Tls::default().ca_file("no-such-file.pem"), "the file `no-such-file.pem` cannot be used: "),
        (Tls::default().ca_file(key.clone()), "device.key` cannot be used: it holds no certificate in PEM"),
        (Tls::default().roots(Roots::Own), "`Roots::Own` trusts nobody without a `Tls::ca_file`; name one"),
        (Tls::default().server_name("two words"), "`two words` is no name that a certificate can be for"),
        (Tls::default().client_certificate(pem.clone(), pem.clone()), "it holds no private key in PEM"),
        (Tls::default().client_certificate(key.clone(), key), "device.key` cannot be used: it holds no certificate"),
        (
            Tls::default().client_certificate(pem.clone(), folder.write("other.key", &other.key)),
            "other.key` cannot be used: with the certificate of `",
        ),
        (Tls::default().client_certificate(pem, folder.write("locked.key", locked)), "its key needs a password"),
    ] {
        let reason = refused(tls).await;
        assert!(reason.starts_with("connection 0 (Link): "), "{reason}");
        assert!(reason.contains(why), "{reason}");
    }
}

#[tokio::test]
async fn a_renewed_file_needs_no_restart() {
    bounded(async {
        let (old, new, folder) = (Authority::new("Old CA"), Authority::new("New CA"), Folder::new("renewed"));
        let device = Device::start(&new.sign(&DEVICE)).await;
        let element = element(&device, trusting(&old, &folder)).await;
        let reason = refusal(&element, &device).await;
        assert!(reason.contains("issuer `CN=New CA`"), "{reason}");
        folder.write("authority.pem", &new.pem);
        let _session = loop {
            // An attempt that began before the file changed may fail.
            if let Ok(stream) = device.accept_tls().await {
                break tokio_tungstenite::accept_async(stream).await.unwrap();
            }
        };
        is_open(&element).await;
    })
    .await;
}
