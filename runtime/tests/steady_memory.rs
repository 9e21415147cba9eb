//! Memory stays flat whatever number of messages comes (TRG-52, REL-43, REL-53).

#![cfg(feature = "sim")]
#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

mod probe {
    genlock::protocol! { r#"<Protocol>
        <Name>Probe</Name><Version>1.0.0.1</Version><ElementType>Probe</ElementType><Provider>genlock</Provider>
        <Connections><Connection id="0" name="Link"><Http>
            <CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions>
        </Http></Connection></Connections>
        <Params>
            <Param id="1"><Name>In</Name><Type>read</Type><Interprete>
                <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
            </Interprete></Param>
            <Param id="2"><Name>Copy</Name><Type>read</Type><Interprete>
                <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
            </Interprete></Param>
        </Params>
        <Responses><Response id="1"><Name>Push</Name><Content><Param>1</Param></Content></Response></Responses>
        <Triggers>
            <Trigger id="1"><Name>Read</Name><On id="each">response</On><Time>before</Time><Type>action</Type>
                <Content><Id>1</Id></Content></Trigger>
            <Trigger id="2"><Name>Changed</Name><On id="1">parameter</On><Time>change after response</Time>
                <Type>action</Type><Content><Id>2</Id></Content></Trigger>
        </Triggers>
        <Actions>
            <Action id="1"><Name>Read</Name><On>response</On><Type>read</Type></Action>
            <Action id="2"><Name>Copy</Name><On id="2">parameter</On><Type id="1">copy</Type></Action>
        </Actions>
    </Protocol>"# }
}

/// Looks at every line of every log.
struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What more memory the element has after `messages` messages, in bytes.
fn growth(messages: u32) -> i64 {
    let probe = probe::element("probe", ()).connection(probe::connections::LINK, |link| link.host("ws://127.0.0.1"));
    let mut probe = probe.simulate().unwrap();
    probe.accept(probe::connections::LINK);
    let mut exchange = |messages: std::ops::Range<u32>| {
        for number in messages {
            // All of one length, so that the memory of the values is the same.
            probe.receive(probe::connections::LINK, format!("{number:08}"));
            probe.take_trace();
        }
    };
    exchange(0..1000); // all that is kept has its size now
    let grown = allocation_counter::measure(|| exchange(1000..1000 + messages));
    assert_eq!(probe.get(probe::params::COPY).unwrap(), format!("{:08}", 999 + messages), "the trigger has run");
    grown.bytes_current
}

#[test]
fn rel_43_change_after_response_keeps_nothing_of_a_message() {
    assert_eq!(growth(10_000), 0);
}

#[test]
fn rel_53_the_stream_log_keeps_nothing_of_a_message() {
    tracing::subscriber::with_default(Listener, || assert_eq!(growth(10_000), 0));
}
