//! Connections side by side: none of them silences another.

use tokio::io::AsyncWriteExt as _;

use super::peer::{peer, soon};
use crate::{Connection, ConnectionState, Event};

mod pair {
    crate::protocol! { r#"<Protocol xmlns="http://www.skyline.be/protocol">
        <Name>Pair</Name>
        <Description>Two links that only listen.</Description>
        <Provider>genlock</Provider>
        <Version>1.0.0.1</Version>
        <ElementType>Pair</ElementType>
        <Connections>
            <Connection id="0" name="First"><Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http></Connection>
            <Connection id="1" name="Second"><Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http></Connection>
        </Connections>
        <Params>
            <Param id="1" trending="false"><Name>FromFirst</Name><Description>From first</Description><Type>read</Type>
                <Interprete><RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType></Interprete></Param>
            <Param id="2" trending="false"><Name>FromSecond</Name><Description>From second</Description><Type>read</Type>
                <Interprete><RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType></Interprete></Param>
        </Params>
        <Responses>
            <Response id="1" options="Connection:0"><Name>OfFirst</Name><Content><Param>1</Param></Content></Response>
            <Response id="2" options="Connection:1"><Name>OfSecond</Name><Content><Param>2</Param></Content></Response>
        </Responses>
        <Triggers><Trigger id="1"><Name>Read</Name><On id="each">response</On><Time>before</Time><Type>action</Type>
            <Content><Id>1</Id></Content></Trigger></Triggers>
        <Actions><Action id="1"><Name>Read</Name><On>response</On><Type>read</Type></Action></Actions>
    </Protocol>"# }
}
use pair::connections::{FIRST, SECOND};
use pair::responses::{OF_FIRST, OF_SECOND};

/// How many messages the loud peer has sent before the element looks.
const FLOOD: usize = 100;

/// How many messages of the loud peer may come before the only one of the other: the turns may begin with either.
const AHEAD: usize = 2;

#[tokio::test(start_paused = true)]
async fn a_flood_on_one_connection_does_not_hold_up_another() {
    for (loud, quiet) in [(FIRST, SECOND), (SECOND, FIRST)] {
        let ahead = soon(ahead_of_the_quiet_one(loud, quiet)).await;
        assert!(ahead <= AHEAD, "{ahead} of {FLOOD} messages came first");
    }
}

/// How many messages of `loud` are handled before the one of `quiet`, when all of them are there.
async fn ahead_of_the_quiet_one(loud: Connection<pair::Protocol>, quiet: Connection<pair::Protocol>) -> usize {
    let (dial, mut peer) = peer();
    let element = pair::element("pair", ())
        .connection(loud, |link| link.host("ws://loud"))
        .connection(quiet, |link| link.host("ws://quiet"))
        .dial(dial)
        .start()
        .await
        .unwrap();
    let mut sessions = [peer.accept().await, peer.accept().await];
    if loud == SECOND {
        sessions.reverse();
    }
    let [loud_session, quiet_session] = &mut sessions;
    for connection in [loud, quiet] {
        element.watch(connection).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
    }
    let mut events = element.events().await.unwrap();

    // One write each: the element does not run in between. A text of one byte, as a server sends it.
    let frame = [0x81, 1, b'x'];
    loud_session.0.get_mut().write_all(&frame.repeat(FLOOD)).await.unwrap();
    quiet_session.0.get_mut().write_all(&frame).await.unwrap();
    let quiet_response = if quiet == FIRST { OF_FIRST.id() } else { OF_SECOND.id() };
    let mut ahead = 0;
    loop {
        match events.next().await.unwrap() {
            Event::Response { id, .. } if id == quiet_response => return ahead,
            Event::Response { .. } => ahead += 1,
            _ => {}
        }
    }
}
