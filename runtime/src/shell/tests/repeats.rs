//! Equal messages of a connector that drops them, in an element that nobody looks into: a message is handed over whole there.

use std::time::Duration;

use tokio::time::sleep;

use super::peer::{peer, soon};

mod level {
    crate::protocol! { r#"<Protocol xmlns="http://www.skyline.be/protocol">
        <Name>Level</Name>
        <Description>A link that says a level again and again.</Description>
        <Provider>genlock</Provider>
        <Version>1.0.0.1</Version>
        <ElementType>Level</ElementType>
        <Advanced ignoreEqualResponse="true"/>
        <Connections>
            <Connection id="0" name="Link"><Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http></Connection>
        </Connections>
        <Params>
            <Param id="1" trending="false"><Name>Level</Name><Description>Level</Description><Type>read</Type>
                <Interprete><RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType></Interprete></Param>
        </Params>
        <Responses><Response id="1"><Name>Level</Name><Content><Param>1</Param></Content></Response></Responses>
        <Triggers><Trigger id="1"><Name>Read</Name><On id="1">response</On><Time>before</Time><Type>action</Type>
            <Content><Id>1</Id></Content></Trigger></Triggers>
        <Actions><Action id="1"><Name>Read</Name><On>response</On><Type>read</Type></Action></Actions>
    </Protocol>"# }
}

#[tokio::test(start_paused = true)]
async fn rsp_15_18_equal_messages_are_dropped_and_counted() {
    soon(async {
        let (dial, mut peer) = peer();
        let builder = level::element("level", ()).connection(level::connections::LINK, |link| link.host("ws://device"));
        let element = builder.dial(dial).start().await.unwrap();
        let mut session = peer.accept().await;
        for (message, dropped) in [("low", 0), ("low", 1), ("high", 1), ("low", 1), ("low", 2)] {
            session.send(message).await;
            sleep(Duration::from_millis(1)).await;
            assert_eq!(element.get(level::params::LEVEL).await.unwrap().as_deref(), Some(message));
            assert_eq!(element.counters().await.unwrap().discarded_repeats, dropped, "{message}");
        }
    })
    .await;
}
