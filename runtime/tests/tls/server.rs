//! The certificate of the server (CONN-70 to CONN-73, REL-56, REL-58).

use futures_util::{SinkExt as _, StreamExt as _};
use genlock::{Roots, Tls};
use rcgen::ExtendedKeyUsagePurpose;
use tokio::io::AsyncWriteExt as _;
use tokio_rustls::rustls::{HandshakeKind, version};
use tokio_tungstenite::tungstenite::Message;

use super::authority::{Authority, DEVICE, Facts, Folder};
use super::device::Device;
use super::{LINK, bounded, element, is_open, refusal, start, trusting};

#[tokio::test]
async fn conn_70_wss_is_tls_and_messages_of_every_size_pass() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("sizes"));
        let device = Device::start(&authority.sign(&DEVICE)).await;
        let element = element(&device, trusting(&authority, &folder)).await;
        let stream = device.accept_tls().await.unwrap();
        let (_, tls) = stream.get_ref();
        assert_eq!(tls.server_name(), Some("localhost")); // SNI
        assert_eq!(tls.alpn_protocol(), Some(b"http/1.1".as_slice())); // not HTTP/2
        let mut session = tokio_tungstenite::accept_async(stream).await.unwrap();
        is_open(&element).await;
        for size in [1, 16_384, 65_537, 5 << 20] {
            let exchange = element.send(super::lamp::pairs::ASK).request("x".repeat(size)).answer();
            let answered = tokio::spawn(exchange);
            assert_eq!(session.next().await.unwrap().unwrap().len(), size);
            session.send(Message::text("y".repeat(size))).await.unwrap();
            assert_eq!(answered.await.unwrap().unwrap().answer.len(), size);
        }
        element.stop().await.unwrap();
        assert!(matches!(session.next().await, Some(Ok(Message::Close(_)))));
    })
    .await;
}

/// Says why a server with this certificate is refused, by an element that trusts `Studio CA`.
async fn refused(test: &str, facts: &Facts) -> String {
    let (authority, folder) = (Authority::new("Studio CA"), Folder::new(test));
    let device = Device::start(&authority.sign(facts)).await;
    let element = element(&device, trusting(&authority, &folder)).await;
    refusal(&element, &device).await
}

#[tokio::test]
async fn an_expired_certificate_is_told_with_its_dates() {
    let reason = bounded(refused("expired", &Facts { years: [2020, 2021], ..DEVICE })).await;
    assert_eq!(
        reason,
        "the server's certificate is refused: it has expired; renew it, and check the clock of this machine (subject \
         `CN=Camera 1`, issuer `CN=Studio CA`, valid from 2020-01-02T00:00:00Z to 2021-01-02T00:00:00Z)"
    );
}

#[tokio::test]
async fn a_certificate_of_the_future_is_told_as_such() {
    let reason = bounded(refused("future", &Facts { years: [2080, 2081], ..DEVICE })).await;
    assert!(reason.contains("it is not valid yet"), "{reason}");
    assert!(reason.contains("valid from 2080-01-02T00:00:00Z"), "{reason}");
}

#[tokio::test]
async fn a_certificate_for_another_host_names_both() {
    let reason = bounded(refused("name", &Facts { hosts: &["camera.example", "10.0.0.7"], ..DEVICE })).await;
    assert!(reason.contains("it is not for `localhost`, but for "), "{reason}");
    assert!(reason.contains("camera.example") && reason.contains("10.0.0.7"), "{reason}");
    assert!(reason.contains("subject `CN=Camera 1`"), "{reason}");
}

#[tokio::test]
async fn the_certificate_of_the_chain_that_is_to_blame_is_named() {
    bounded(async {
        let (root, folder) = (Authority::new("Studio CA"), Folder::new("chain"));
        let between = root.below("Building CA", [2020, 2022]);
        let mut identity = between.sign(&DEVICE);
        identity.chain.push_str(&between.pem);
        let device = Device::start(&identity).await;
        let trusted = element(&device, trusting(&root, &folder)).await;
        let reason = refusal(&trusted, &device).await;
        assert!(reason.contains("it has expired"), "{reason}");
        assert!(reason.contains("(subject `CN=Building CA`, issuer `CN=Studio CA`"), "{reason}");

        let unknown = Folder::new("chain-unknown");
        let between = root.below("Building CA", [2020, 2090]);
        let mut identity = between.sign(&DEVICE);
        identity.chain.push_str(&between.pem);
        let device = Device::start(&identity).await;
        let other = element(&device, trusting(&Authority::new("Other CA"), &unknown)).await;
        let reason = refusal(&other, &device).await;
        assert!(reason.contains("its issuer is not trusted here; name the issuer's certificate"), "{reason}");
        assert!(reason.contains("(subject `CN=Building CA`, issuer `CN=Studio CA`"), "{reason}");
    })
    .await;
}

#[tokio::test]
async fn rel_58_a_server_that_signs_for_itself_is_refused_unless_it_is_named_or_verification_is_skipped() {
    bounded(async {
        let (identity, folder) = (DEVICE.signed_by_itself(), Folder::new("itself"));
        let device = Device::start(&identity).await;
        let by_default = element(&device, Tls::default()).await;
        let reason = refusal(&by_default, &device).await;
        assert!(reason.contains("it is signed by itself, and not trusted here"), "{reason}");
        assert!(reason.contains("subject `CN=Camera 1`, issuer `CN=Camera 1`"), "{reason}");
        by_default.stop().await.unwrap();

        let named = Tls::default().roots(Roots::Own).ca_file(folder.write("camera.pem", &identity.chain));
        for tls in [named, Tls::default().skip_verification(true)] {
            let element = element(&device, tls).await;
            let _session = device.accept().await;
            is_open(&element).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_signs_for_itself_and_is_named_is_still_looked_at() {
    bounded(async {
        for (facts, why) in [
            (Facts { years: [2020, 2021], ..DEVICE }, "it has expired"),
            (Facts { years: [2080, 2081], ..DEVICE }, "it is not valid yet"),
            (Facts { hosts: &["camera.example"], ..DEVICE }, "it is not for `localhost`, but for "),
            (Facts { purpose: ExtendedKeyUsagePurpose::ClientAuth, ..DEVICE }, "it is not for servers"),
        ] {
            let (identity, folder) = (facts.signed_by_itself(), Folder::new("looked-at"));
            let device = Device::start(&identity).await;
            let named = Tls::default().roots(Roots::Own).ca_file(folder.write("camera.pem", &identity.chain));
            let reason = refusal(&element(&device, named).await, &device).await;
            assert!(reason.contains(why), "{reason}");
        }
    })
    .await;
}

#[tokio::test]
async fn conn_73_skipping_accepts_everything_but_what_is_not_for_servers() {
    bounded(async {
        let authority = Authority::new("Nobody's CA");
        let bad = [Facts { years: [2020, 2021], ..DEVICE }, Facts { hosts: &["camera.example"], ..DEVICE }];
        for facts in bad {
            let device = Device::start(&authority.sign(&facts)).await;
            let element = element(&device, Tls::default().skip_verification(true)).await;
            let _session = device.accept().await;
            is_open(&element).await;
        }
        let client = Facts { purpose: ExtendedKeyUsagePurpose::ClientAuth, ..DEVICE };
        let device = Device::start(&authority.sign(&client)).await;
        let element = element(&device, Tls::default().skip_verification(true)).await;
        let reason = refusal(&element, &device).await;
        assert!(reason.contains("it is not for servers"), "{reason}");
    })
    .await;
}

#[tokio::test]
async fn conn_73_a_server_must_hold_the_key_of_its_certificate_also_when_verification_is_skipped() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("impostor"));
        let [signed, itself] = [authority.sign(&DEVICE), DEVICE.signed_by_itself()];
        let named = Tls::default().roots(Roots::Own).ca_file(folder.write("camera.pem", &itself.chain));
        for (shown, tls) in [
            (&signed, trusting(&authority, &folder)),
            (&itself, named),
            (&signed, Tls::default().skip_verification(true)),
        ] {
            for version in [&version::TLS12, &version::TLS13] {
                let device = Device::impostor(shown, &DEVICE.signed_by_itself(), version).await;
                let reason = refusal(&element(&device, tls.clone()).await, &device).await;
                let expected = "the server does not hold the key of the certificate that it shows: ";
                assert!(reason.starts_with(expected), "{version:?}: {reason}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_name_can_be_asked_for() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("asked"));
        let device = Device::start(&authority.sign(&Facts { hosts: &["camera.example"], ..DEVICE })).await;
        let tls = trusting(&authority, &folder).server_name("camera.example");
        let element = start(|link| link.host("wss://127.0.0.1").port(device.port).tls(tls)).await.unwrap();
        let stream = device.accept_tls().await.unwrap();
        assert_eq!(stream.get_ref().1.server_name(), Some("camera.example"));
        let _session = tokio_tungstenite::accept_async(stream).await.unwrap();
        is_open(&element).await;
    })
    .await;
}

#[tokio::test]
async fn an_address_of_numbers_is_verified_too() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("numbers"));
        let device = Device::start(&authority.sign(&DEVICE)).await;
        let tls = trusting(&authority, &folder);
        let element = start(|link| link.host("wss://127.0.0.1").port(device.port).tls(tls)).await.unwrap();
        let _session = device.accept().await;
        is_open(&element).await;
    })
    .await;
}

#[tokio::test]
async fn a_session_is_resumed_when_the_connection_comes_back() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("resumed"));
        let device = Device::start(&authority.sign(&DEVICE)).await;
        let element = element(&device, trusting(&authority, &folder)).await;
        for kind in [HandshakeKind::Full, HandshakeKind::Resumed] {
            let stream = device.accept_tls().await.unwrap();
            assert_eq!(stream.get_ref().1.handshake_kind(), Some(kind));
            let _session = tokio_tungstenite::accept_async(stream).await.unwrap();
            is_open(&element).await;
        }
    })
    .await;
}

#[tokio::test]
async fn rel_56_a_failed_tls_handshake_is_tried_again() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("again"));
        let device = Device::start(&authority.sign(&DEVICE)).await;
        let element = element(&device, trusting(&authority, &folder)).await;
        drop(device.accept_tcp().await); // the first: no word of TLS
        let mut second = device.accept_tcp().await;
        second.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let not_tls = |reason: &genlock::Reason| reason.to_string().contains("does not speak TLS on this port");
        element.watch(LINK).wait_for(|link| not_tls(&link.reason)).await.unwrap();
        let _session = device.accept().await;
        is_open(&element).await;
        assert_eq!(element.counters().await.unwrap().opened, 1);
    })
    .await;
}
