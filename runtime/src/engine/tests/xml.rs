//! Small connectors for tests.

/// A connector with one WebSocket (connection 1, status 7, make by protocol, timeout 1000 ms, one retry), the
/// parameters 7 (number), 10 and 11 (text), the triggers `make` and `read` of the use cases if there are commands and
/// responses, and `sections`, in which
/// `<Params>`, `<Triggers>` and `<Actions>` add to these.
pub(super) fn connector(sections: &str) -> String {
    let mut rest = sections.to_owned();
    let mut section = |name: &str| {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let Some(start) = rest.find(&open) else { return String::new() };
        let end = rest.find(&close).expect("a section that is opened is closed");
        let inner = rest[start + open.len()..end].to_owned();
        rest.replace_range(start..end + close.len(), "");
        inner
    };
    let (params, triggers, actions) = (section("Params"), section("Triggers"), section("Actions"));
    let each = |item: &str, id: u32, action: &str| {
        let on = format!(r#"<On id="each">{item}</On><Time>before</Time>"#);
        let action = format!("<Type>{action}</Type>");
        (trigger(id, &on, &[id]), self::action(id, &format!("<On>{item}</On>"), &action))
    };
    let (make, make_action) =
        if rest.contains("<Commands>") { each("command", 30, "make") } else { Default::default() };
    let (read, read_action) =
        if rest.contains("<Responses>") { each("response", 31, "read") } else { Default::default() };
    format!(
        r#"<Protocol>
    <Name>Test</Name><Version>1.0.0.1</Version><ElementType>Test</ElementType>
    <Connections><Connection id="1" name="Link"><Http>
        <CommunicationOptions>
            <WebSocket>true</WebSocket>
            <NotifyConnectionPIDs><Connections>7</Connections></NotifyConnectionPIDs>
            <MakeCommandByProtocol>true</MakeCommandByProtocol>
        </CommunicationOptions>
        <UserSettings>
            <TimeoutTime><DefaultValue>1000</DefaultValue></TimeoutTime>
            <Retries><DefaultValue>1</DefaultValue></Retries>
        </UserSettings>
    </Http></Connection></Connections>
    <Params>{}{}{}{params}</Params>
    <Triggers>{make}{read}{triggers}</Triggers>
    <Actions>{make_action}{read_action}{actions}</Actions>
    {rest}
</Protocol>"#,
        number(7, "Status"),
        text(10, "Out"),
        text(11, "In"),
    )
}

/// A read parameter that holds a text.
pub(super) fn text(pid: u32, name: &str) -> String {
    param(pid, name, "read", "other", "string", "")
}

/// A read parameter that holds a number.
pub(super) fn number(pid: u32, name: &str) -> String {
    param(pid, name, "read", "numeric text", "double", "")
}

/// A parameter of LengthType next param.
pub(super) fn param(pid: u32, name: &str, kind: &str, raw: &str, interprete: &str, more: &str) -> String {
    format!(
        r#"<Param id="{pid}"><Name>{name}</Name><Type>{kind}</Type><Interprete><RawType>{raw}</RawType><Type>{interprete}</Type><LengthType>next param</LengthType>{more}</Interprete></Param>"#
    )
}

/// A fixed parameter with these bytes.
pub(super) fn fixed(pid: u32, value: &str) -> String {
    format!(
        r#"<Param id="{pid}"><Name>Fixed{pid}</Name><Type>fixed</Type><Interprete><RawType>other</RawType><Type>string</Type><LengthType>fixed</LengthType><Length>{}</Length><Value>{value}</Value></Interprete></Param>"#,
        value.len()
    )
}

/// A trigger of type action; `on` is its `<On>` and `<Time>`, empty for one that is called.
pub(super) fn trigger(id: u32, on: &str, actions: &[u32]) -> String {
    let ids: String = actions.iter().map(|action| format!("<Id>{action}</Id>")).collect();
    format!(r#"<Trigger id="{id}"><Name>Trigger{id}</Name>{on}<Type>action</Type><Content>{ids}</Content></Trigger>"#)
}

/// An action; `on` is its whole `<On>` element.
pub(super) fn action(id: u32, on: &str, kind: &str) -> String {
    format!(r#"<Action id="{id}"><Name>Action{id}</Name>{on}{kind}</Action>"#)
}

/// A condition.
pub(super) fn condition(text: &str) -> String {
    format!("<Condition><![CDATA[{text}]]></Condition>")
}

/// A QAction that runs on changes of `triggers`.
pub(super) fn qaction(id: u32, triggers: &str) -> String {
    format!(r#"<QAction id="{id}" name="QAction{id}" encoding="csharp" triggers="{triggers}"/>"#)
}

/// Command 1 (parameter 10, text), response 1 (parameter 11) and pair 1 of both, with `attributes` on the pair.
pub(super) fn exchange(attributes: &str) -> String {
    format!(
        r#"<Commands><Command id="1"><Name>Ask</Name><WebSocketMessageType>text</WebSocketMessageType><Content><Param>10</Param></Content></Command></Commands>
    <Responses><Response id="1"><Name>Any</Name><Content><Param>11</Param></Content></Response></Responses>
    <Pairs><Pair id="1"{attributes}><Name>Ask</Name><Content><Command>1</Command><Response>1</Response></Content></Pair></Pairs>"#
    )
}
