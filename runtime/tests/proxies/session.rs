//! The proxy that the session of a handshake names (CONN-10, CONN-45).

use genlock::ConnectionState;

use super::http_proxy::{Does, HttpProxy};
use super::{Device, bounded};

mod gate {
    genlock::protocol! { r#"<Protocol xmlns="http://www.skyline.be/protocol">
        <Name>Gate</Name>
        <Description>A link whose session names a proxy.</Description>
        <Provider>genlock</Provider>
        <Version>1.0.0.1</Version>
        <ElementType>Gate</ElementType>
        <Connections>
            <Connection id="0" name="Link"><Http>
                <CommunicationOptions><WebSocket>true</WebSocket><WebSocketHandshake>5</WebSocketHandshake></CommunicationOptions>
                <UserSettings><BusAddress><DefaultValue>bypassProxy</DefaultValue></BusAddress></UserSettings>
            </Http></Connection>
        </Connections>
        <HTTP>
            <Session id="5" name="Handshake" proxyServer="20" proxyUser="gate" proxyPassword="p@ss">
                <Connection id="1" name="Handshake"><Request verb="GET" url="/ws"/></Connection>
            </Session>
        </HTTP>
        <Params>
            <Param id="20" trending="false"><Name>Proxy</Name><Description>Proxy</Description><Type>read</Type>
                <Interprete><RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType></Interprete>
            </Param>
        </Params>
    </Protocol>"# }
}

#[tokio::test]
async fn conn_10_http_43_the_proxy_of_the_session_wins_over_the_bus_address() {
    bounded(async {
        let (proxy, device) =
            (HttpProxy::start(Does::ConnectFor("Basic Z2F0ZTpwQHNz\r\n")).await, Device::start().await);
        let element = gate::element("gate", ())
            .connection(gate::connections::LINK, |link| link.host("ws://localhost").port(device.port))
            .set(gate::params::PROXY, format!("127.0.0.1:{}", proxy.port))
            .start()
            .await
            .unwrap();
        let mut link = element.watch(gate::connections::LINK);
        let session = device.accept().await;
        link.wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        assert_eq!(proxy.requests().len(), 1);

        // The value is read with every attempt (CONN-38); an empty one names no proxy, so the bus address counts.
        element.set(gate::params::PROXY, "").await.unwrap();
        drop(session);
        let _session = device.accept().await;
        assert_eq!(proxy.requests().len(), 1);
    })
    .await;
}
