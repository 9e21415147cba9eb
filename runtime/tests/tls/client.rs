//! The certificate of the client (CONN-74).

use genlock::Tls;
use rcgen::ExtendedKeyUsagePurpose;

use super::authority::{Authority, DEVICE, Facts, Folder};
use super::device::{Asks, Device};
use super::{bounded, element, is_open, refusal, trusting};

const DRIVER: Facts =
    Facts { name: "Driver", hosts: &[], years: [2020, 2090], purpose: ExtendedKeyUsagePurpose::ClientAuth };

/// Presents what `authority` signed for the driver.
pub(crate) fn presenting(tls: Tls, authority: &Authority, folder: &Folder) -> Tls {
    let identity = authority.sign(&DRIVER);
    tls.client_certificate(folder.write("driver.pem", &identity.chain), folder.write("driver.key", &identity.key))
}

#[tokio::test]
async fn conn_74_a_certificate_is_sent_when_the_settings_have_one_and_the_server_asks() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("sent"));
        for asks in [Asks::Always(&authority), Asks::IfThereIsOne(&authority)] {
            let device = Device::asking(&authority.sign(&DEVICE), asks).await;
            let tls = presenting(trusting(&authority, &folder), &authority, &folder);
            let element = element(&device, tls).await;
            let stream = device.accept_tls().await.unwrap();
            assert_eq!(stream.get_ref().1.peer_certificates().map(<[_]>::len), Some(1));
            let _session = tokio_tungstenite::accept_async(stream).await.unwrap();
            is_open(&element).await;
        }
    })
    .await;
}

#[tokio::test]
async fn conn_74_otherwise_an_empty_list_is_sent() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("empty"));
        let device = Device::asking(&authority.sign(&DEVICE), Asks::IfThereIsOne(&authority)).await;
        let element = element(&device, trusting(&authority, &folder)).await;
        let stream = device.accept_tls().await.unwrap();
        assert_eq!(stream.get_ref().1.peer_certificates(), None);
        let _session = tokio_tungstenite::accept_async(stream).await.unwrap();
        is_open(&element).await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_demands_a_certificate_is_told_as_such() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("demands"));
        let device = Device::asking(&authority.sign(&DEVICE), Asks::Always(&authority)).await;
        let reason = refusal(&element(&device, trusting(&authority, &folder)).await, &device).await;
        assert_eq!(
            reason,
            "the server refused the TLS handshake (CertificateRequired): it asks for a client certificate; set one with \
             `Tls::client_certificate`"
        );
        let strangers = presenting(trusting(&authority, &folder), &Authority::new("Other CA"), &folder);
        let reason = refusal(&element(&device, strangers).await, &device).await;
        assert!(reason.contains("(UnknownCA): it does not accept the client certificate"), "{reason}");
    })
    .await;
}

mod vault {
    genlock::protocol! { r#"<Protocol xmlns="http://www.skyline.be/protocol">
        <Name>Vault</Name>
        <Description>A link whose session logs in by a certificate.</Description>
        <Provider>genlock</Provider>
        <Version>1.0.0.1</Version>
        <ElementType>Vault</ElementType>
        <Connections>
            <Connection id="0" name="Link"><Http>
                <CommunicationOptions><WebSocket>true</WebSocket><WebSocketHandshake>5</WebSocketHandshake></CommunicationOptions>
            </Http></Connection>
        </Connections>
        <HTTP>
            <Session id="5" name="Handshake" loginMethod="certificate">
                <Connection id="1" name="Handshake"><Request verb="GET" url="/ws"/></Connection>
            </Session>
        </HTTP>
    </Protocol>"# }
}

#[tokio::test]
async fn conn_74_http_42_a_session_that_asks_for_a_certificate_needs_one() {
    bounded(async {
        let (authority, folder) = (Authority::new("Studio CA"), Folder::new("asks"));
        let device = Device::asking(&authority.sign(&DEVICE), Asks::IfThereIsOne(&authority)).await;
        let tls = trusting(&authority, &folder);
        for (tls, has_one) in [(presenting(tls.clone(), &authority, &folder), true), (tls, false)] {
            let element = vault::element("vault", ())
                .connection(vault::connections::LINK, |link| link.host("wss://localhost").port(device.port).tls(tls))
                .start()
                .await
                .unwrap();
            if has_one {
                let stream = device.accept_tls().await.unwrap();
                assert_eq!(stream.get_ref().1.peer_certificates().map(<[_]>::len), Some(1));
            } else {
                let down =
                    |reason: &genlock::Reason| reason.to_string().contains("and the settings have none; set one");
                element.watch(vault::connections::LINK).wait_for(|link| down(&link.reason)).await.unwrap();
            }
        }
    })
    .await;
}
