//! Two connections, each with its own word on certificates (CONN-71, CONN-72, CONN-74, REL-57).

use std::time::Duration;

use genlock::{Backoff, ConnectionState, Reconnect, Tls};

use super::authority::{Authority, DEVICE, Folder};
use super::client::presenting;
use super::device::{Asks, Device};
use super::{bounded, trusting};

mod pair {
    genlock::protocol! { r#"<Protocol xmlns="http://www.skyline.be/protocol">
        <Name>Pair</Name>
        <Description>Two links; the second one's certificate is not looked at.</Description>
        <Provider>genlock</Provider>
        <Version>1.0.0.1</Version>
        <ElementType>Pair</ElementType>
        <Connections>
            <Connection id="0" name="Main"><Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http></Connection>
            <Connection id="1" name="Spare"><Http>
                <CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions>
                <UserSettings><SkipCertificateVerification><DefaultValue>true</DefaultValue></SkipCertificateVerification></UserSettings>
            </Http></Connection>
        </Connections>
    </Protocol>"# }
}
use pair::connections::{MAIN, SPARE};

async fn element([main, spare]: [&Device; 2], [main_tls, spare_tls]: [Tls; 2]) -> pair::Element {
    pair::element("pair", ())
        .connection(MAIN, |link| link.host("wss://localhost").port(main.port).tls(main_tls))
        .connection(SPARE, |link| link.host("wss://localhost").port(spare.port).tls(spare_tls))
        .reconnect(Reconnect::Automatic(Backoff::default().first(Duration::from_millis(10))))
        .start()
        .await
        .unwrap()
}

#[tokio::test]
async fn conn_72_rel_57_each_connection_has_its_own_word_on_verification() {
    bounded(async {
        let identity = DEVICE.signed_by_itself();
        let (main, spare) = (Device::start(&identity).await, Device::start(&identity).await);
        let element = element([&main, &spare], [Tls::default(), Tls::default()]).await;
        let _session = spare.accept().await;
        element.watch(SPARE).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        let down = |state: &ConnectionState| matches!(state, ConnectionState::Backoff { .. });
        let mut watch = element.watch(MAIN);
        let reason = tokio::select! {
            status = watch.wait_for(|link| down(&link.state)) => status.unwrap().reason.to_string(),
            () = main.serve() => unreachable!("it serves for good"),
        };
        assert!(reason.contains("it is signed by itself, and not trusted here"), "{reason}");
    })
    .await;
}

#[tokio::test]
async fn conn_71_the_operator_can_have_certificates_verified_all_the_same() {
    bounded(async {
        let identity = DEVICE.signed_by_itself();
        let (main, spare) = (Device::start(&identity).await, Device::start(&identity).await);
        let element = element([&main, &spare], [Tls::default(), Tls::default().skip_verification(false)]).await;
        let refused = |reason: &genlock::Reason| matches!(reason, genlock::Reason::Tls(_));
        let mut watch = element.watch(SPARE);
        tokio::select! {
            status = watch.wait_for(|link| refused(&link.reason)) => drop(status.unwrap()),
            () = spare.serve() => unreachable!("it serves for good"),
        }
    })
    .await;
}

#[tokio::test]
async fn conn_74_rel_57_each_connection_has_its_own_client_certificate() {
    bounded(async {
        let authorities = ["Studio CA", "Spare CA"].map(Authority::new);
        let folders = ["main", "spare"].map(Folder::new);
        let [main, spare] = [0, 1].map(|link| {
            let identity = authorities[link].sign(&DEVICE);
            let asks = Asks::Always(&authorities[link]); // it does not know the other one
            async move { Device::asking(&identity, asks).await }
        });
        let (main, spare) = (main.await, spare.await);
        let tls = [0, 1].map(|link| {
            let (authority, folder) = (&authorities[link], &folders[link]);
            presenting(trusting(authority, folder), authority, folder)
        });
        let element = element([&main, &spare], tls).await;
        let _sessions = tokio::join!(main.accept(), spare.accept());
        for link in [MAIN, SPARE] {
            element.watch(link).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        }
    })
    .await;
}
