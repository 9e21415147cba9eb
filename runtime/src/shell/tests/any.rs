//! Elements by the ids of their connector file, and connectors that are read at run time.

use genlock_codegen::{Options, SourceSet, compile};

use super::Seen;
use super::connectors::normal;
use super::peer::{peer, soon};
use crate::{AlarmLevel, AnyElement, AnyElementBuilder, ConnectionState, Connector, ElementState, Error, Event, Value};

const XML: &str = r#"<Protocol>
    <Name>Mixer</Name><Version>1.0.0.1</Version><ElementType>Mixer</ElementType>
    <Connections><Connection id="1" name="Link"><Http><CommunicationOptions>
        <WebSocket>true</WebSocket>
    </CommunicationOptions></Http></Connection></Connections>
    <Params>
        <Param id="1" trending="false"><Name>Input</Name><Type>write</Type><Interprete>
            <RawType>numeric text</RawType><Type>double</Type><LengthType>next param</LengthType>
        </Interprete><Measurement><Type>discreet</Type><Discreets>
            <Discreet><Display>Camera 1</Display><Value>10</Value></Discreet>
            <Discreet><Display>10</Display><Value>20</Value></Discreet>
        </Discreets></Measurement></Param>
        <Param id="2" trending="false"><Name>Password</Name><Type>write</Type><Interprete>
            <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
        </Interprete><Measurement><Type options="password">string</Type></Measurement></Param>
        <Param id="3" trending="false"><Name>Go</Name><Type>write</Type><Interprete>
            <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
        </Interprete><Measurement><Type>button</Type><Discreets>
            <Discreet><Display>Go</Display><Value>go</Value></Discreet>
        </Discreets></Measurement></Param>
        <Param id="4" trending="false"><Name>Level</Name><Description>Level</Description><Type>read</Type><Interprete>
            <RawType>numeric text</RawType><Type>double</Type><LengthType>next param</LengthType>
        </Interprete><Display><RTDisplay>true</RTDisplay></Display><Alarm><Monitored>true</Monitored><Normal>1</Normal><CH>5</CH></Alarm></Param>
    </Params>
    <Commands><Command id="1"><Name>Go</Name><Content><Param>3</Param></Content></Command></Commands>
    <Responses><Response id="1"><Name>Level</Name><Content><Param>4</Param></Content></Response></Responses>
    <Pairs><Pair id="1"><Name>Go</Name><Content><Command>1</Command><Response>1</Response></Content></Pair></Pairs>
    <Triggers><Trigger id="1"><Name>Set Level</Name><Type>action</Type><Content><Id>1</Id></Content></Trigger></Triggers>
    <Actions><Action id="1"><Name>Clear</Name><On id="1">parameter</On><Type>clear</Type></Action></Actions>
    <QActions>
        <QAction id="1" name="On Go" encoding="csharp" triggers="3"/>
        <QAction id="2" name="Later" encoding="csharp" triggers="3" options="queued"/>
    </QActions>
</Protocol>"#;

fn mixer() -> AnyElementBuilder {
    let output = compile(&SourceSet::new("mixer.xml", XML), &Options::default());
    let errors: Vec<_> = output.errors().map(|fault| fault.message.clone()).collect();
    let tables = output.spec.unwrap_or_else(|| panic!("{errors:?}"));
    let builder = Connector::new(tables).element("mixer");
    builder.connection(1, |link| link.host("ws://device")).unwrap()
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[tokio::test(start_paused = true)]
async fn an_element_of_any_connector_is_the_same_element() {
    soon(async {
        let (dial, mut peer) = peer();
        let link = normal::connections::WEB_SOCKET_CONNECTION;
        let builder = normal::element("camera", Seen::default()).connection(link, |c| c.host("ws://device"));
        let element = builder.dial(dial).start().await.unwrap();
        let any = AnyElement::from(&element);
        assert_eq!((any.name(), any.protocol_version()), ("camera", "1.0.0.1"));
        any.set(10, text("beat")).await.unwrap();
        assert_eq!(element.get(normal::params::WEBSOCKET_HEARTBEAT_REQUEST).await.unwrap().as_deref(), Some("beat"));
        assert_eq!(any.get(10).await.unwrap(), Some(text("beat")));

        let mut session = peer.accept().await;
        let answer = tokio::spawn({
            let any = any.clone();
            async move { any.execute(1).await }
        });
        assert_eq!(session.receive_text().await, "beat");
        session.send("alive").await;
        assert_eq!(answer.await.unwrap().unwrap(), [(11, text("alive"))]);

        drop(element);
        any.reconnect(1).await.unwrap(); // it is a handle of its own
        any.stop().await.unwrap();
        assert!(matches!(any.snapshot().await, Err(Error::Stopped { .. })));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_the_connector_does_not_have_is_refused_by_name() {
    soon(async {
        let (dial, _peer) = peer();
        let refused = mixer().connection(7, |link| link).unwrap_err();
        assert!(refused.to_string().starts_with("there is no connection 7 in the connector"), "{refused}");
        assert!(mixer().set(70, text("x")).is_err());
        let element = mixer().dial(dial).start().await.unwrap();
        for (what, result) in [
            ("parameter 70", element.set(70, text("x")).await),
            ("parameter 70", element.press(70).await),
            ("parameter 70", element.get(70).await.map(|_| ())),
            ("trigger 70", element.check_trigger(70).await),
            ("pair 70", element.execute(70).await.map(|_| ())),
            ("connection 70", element.reconnect(70).await),
        ] {
            assert_eq!(result, Err(Error::Unknown { what: what.to_owned() }));
        }
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_operators_enter_is_a_discreet_by_its_text_or_its_value_or_a_number_or_a_text() {
    soon(async {
        let (dial, _peer) = peer();
        let element = mixer().dial(dial).start().await.unwrap();
        for (pid, entered, value) in [
            (1, "Camera 1", Value::Number(10.0)),
            (1, "camera 1", Value::Number(10.0)),
            (1, "20", Value::Number(20.0)),
            (1, "10", Value::Number(20.0)), // the text that is shown goes before the value
            (1, "2,5", Value::Number(2.5)),
            (2, "Camera 1", text("Camera 1")),
            (3, "Go", text("go")),
        ] {
            assert_eq!(element.entered(pid, entered), Ok(value), "{entered}");
        }
        assert_eq!(
            element.entered(1, "hunter2").unwrap_err().to_string(),
            "parameter 1 can't take this value: what was entered is no number and none of: Camera 1, 10"
        );
        assert_eq!(
            element.press(4).await.unwrap_err().to_string(),
            "parameter 4 can't take this value: it is no button, as it has no discreets; set a value instead"
        );
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_has_values_alarms_and_connections_and_no_secrets() {
    soon(async {
        let (dial, mut peer) = peer();
        let element = mixer().enter(4, "5").unwrap().dial(dial).start().await.unwrap();
        element.set(2, text("hunter2")).await.unwrap();
        let _session = peer.accept().await;
        let snapshot = loop {
            let snapshot = element.snapshot().await.unwrap();
            if snapshot.connections[0].state == ConnectionState::Open {
                break snapshot;
            }
            tokio::task::yield_now().await;
        };
        assert_eq!(snapshot.state, ElementState::Active);
        assert_eq!((snapshot.connections[0].id, snapshot.connections[0].opened), (1, 1));
        let params: Vec<_> = snapshot.params.into_iter().map(|param| (param.pid, param.value, param.alarm)).collect();
        assert_eq!(
            params,
            [
                (1, None, AlarmLevel::Undefined),
                (2, None, AlarmLevel::Undefined),
                (3, None, AlarmLevel::Undefined),
                (4, Some(Value::Number(5.0)), AlarmLevel::Critical),
            ]
        );
        element.pause().await.unwrap();
        assert_eq!(element.snapshot().await.unwrap().state, ElementState::Paused);
        element.resume().await.unwrap();
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn qa_25_qactions_of_a_connector_that_is_read_at_run_time_say_once_that_they_do_nothing() {
    soon(async {
        let (dial, _peer) = peer();
        let (element, mut events) = mixer().dial(dial).start_with_events().await.unwrap();
        let mut warned = Vec::new();
        for _ in 0..2 {
            element.press(3).await.unwrap();
        }
        element.check_trigger(1).await.unwrap(); // what runs beside the element has run, too
        tokio::task::yield_now().await;
        element.stop().await.unwrap();
        while let Ok(event) = events.next().await {
            if let Event::Log { text, .. } = event
                && text.starts_with("QAction")
            {
                warned.push(text);
            }
        }
        assert_eq!(
            warned,
            [
                "QAction 1, run by parameter 3, has no function; it does nothing",
                "QAction 2, run by parameter 3, has no function; it does nothing",
            ]
        );
    })
    .await;
}
