//! Connectors that compile although no element of them starts, and those that need no transport.

use genlock::{ConnectionState, Error};

/// A serial line beside a WebSocket.
#[allow(deprecated, reason = "the macro warns that the serial line is not carried out")]
mod mixed {
    genlock::protocol! {
        r#"<Protocol>
            <Name>Mixed</Name><Version>1.0.0.1</Version><ElementType>Test</ElementType><Provider>genlock</Provider>
            <Connections>
                <Connection id="0" name="Stream"><Http>
                    <CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions>
                </Http></Connection>
                <Connection id="1" name="Line"><Serial single="true"/></Connection>
            </Connections>
            <Params><Param id="1"><Name>Size</Name><Type>length</Type></Param></Params>
        </Protocol>"#
    }
}

/// Nothing to connect to.
mod nothing {
    genlock::protocol! {
        r#"<Protocol>
            <Name>Nothing</Name><Version>1.0.0.1</Version><ElementType>Test</ElementType><Provider>genlock</Provider>
            <Type>virtual</Type>
            <Params>
                <Param id="1"><Name>Switch</Name><Type>write</Type><Interprete>
                    <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
                </Interprete></Param>
                <Param id="2"><Name>Lamp</Name><Type>read</Type><Interprete>
                    <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
                </Interprete></Param>
            </Params>
            <QActions><QAction id="1" name="Switched" encoding="csharp" triggers="1"/></QActions>
        </Protocol>"#
    }
}

struct Driver;

impl nothing::QActions for Driver {
    fn switched(cx: &mut nothing::Context<'_, Self>) -> genlock::HookResult {
        let Some(value) = cx.get(nothing::params::SWITCH) else { return Ok(()) };
        cx.set(nothing::params::LAMP, value)
    }
}

#[tokio::test]
async fn a_connection_without_a_transport_is_refused_by_name() {
    let started = mixed::element("rack 1", Driver)
        .connection(mixed::connections::STREAM, |stream| stream.host("ws://127.0.0.1"))
        .start()
        .await;
    let Err(error @ Error::Unserved { .. }) = started else { panic!("{started:?}") };
    assert_eq!(
        error.to_string(),
        "element `rack 1` can't start: connection 1 `Line` (line 7 of the XML) is of the kind `serial single`, which \
         this version of genlock has no transport for; leave it out of the XML or make it a WebSocket"
    );
}

#[test]
fn its_names_can_be_used_all_the_same() {
    assert_eq!((mixed::connections::LINE.id(), mixed::params::SIZE.pid()), (1, 1));
}

#[tokio::test]
async fn a_virtual_connection_needs_no_host_and_opens_nothing() {
    let element = nothing::element("shelf", Driver).start().await.unwrap();
    element.set(nothing::params::SWITCH, "on").await.unwrap();
    assert_eq!(element.get(nothing::params::LAMP).await.unwrap().as_deref(), Some("on"));
    let mut link = element.watch(nothing::connections::CONNECTION_0);
    let link = link.wait_for(|_| true).await.unwrap();
    assert_eq!(
        (link.state, link.reason.to_string().as_str()),
        (ConnectionState::Idle, "it is virtual: there is no device behind it")
    );
    element.stop().await.unwrap();
}
