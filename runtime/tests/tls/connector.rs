//! What the connector file says about certificates (CONN-71, CONN-72, REL-57).

use std::time::Duration;

use genlock::{Backoff, ConnectionState, Reconnect, Tls};

use super::authority::DEVICE;
use super::bounded;
use super::device::Device;

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

async fn element(main: &Device, spare: &Device, tls: Tls) -> pair::Element {
    pair::element("pair", ())
        .connection(MAIN, |link| link.host("wss://localhost").port(main.port))
        .connection(SPARE, |link| link.host("wss://localhost").port(spare.port).tls(tls))
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
        let element = element(&main, &spare, Tls::default()).await;
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
        let element = element(&main, &spare, Tls::default().skip_verification(false)).await;
        let refused = |reason: &genlock::Reason| matches!(reason, genlock::Reason::Tls(_));
        let mut watch = element.watch(SPARE);
        tokio::select! {
            status = watch.wait_for(|link| refused(&link.reason)) => drop(status.unwrap()),
            () = spare.serve() => unreachable!("it serves for good"),
        }
    })
    .await;
}
