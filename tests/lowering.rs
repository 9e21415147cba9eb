//! The tables that connectors are lowered to: facts of the rules that are decided before anything runs.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails where something is not there")]

use std::fs;
use std::path::Path;

use genlock_codegen::{Options, SourceSet, compile};
use genlock_spec::{
    ActionKind, AlarmLevel, Arithmetic, Body, Comparison, ConditionStep, ConnectionKind, GroupKind, Index,
    InitialBytes, LengthType, List, MessageType, Operand, Operation, OwnedSpec, ParamIndex, QueuePlace, RequestIndex,
    Rounding, Rows, SlowPoll, Source, Spec, Text, TimerStart, TriggerContent, UnservedPart, ValueType,
};

/// The tables of one of the connectors of the example.
fn example(name: &str) -> OwnedSpec {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/nmos").join(name);
    tables(&fs::read_to_string(path).unwrap())
}

fn tables(xml: &str) -> OwnedSpec {
    let source = SourceSet::new("a.xml", xml);
    let output = compile(&source, &Options::default());
    let messages: Vec<&str> = output.diagnostics.iter().map(|fault| fault.message.as_str()).collect();
    output.spec.unwrap_or_else(|| panic!("{messages:#?}"))
}

/// A connector with one WebSocket, number 1, and `parts`.
fn connector(parts: &str) -> OwnedSpec {
    connected(&connection(1), parts)
}

fn connected(connections: &str, parts: &str) -> OwnedSpec {
    tables(&format!(
        "<Protocol><Name>Test</Name><Version>1.0.0.1</Version><ElementType>Test</ElementType><Connections>{connections}</Connections>{parts}</Protocol>"
    ))
}

fn connection(id: u32) -> String {
    format!(
        "<Connection id=\"{id}\"><Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http></Connection>"
    )
}

/// A text parameter.
fn param(id: u32) -> String {
    param_with(id, "read", "<RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>")
}

fn param_with(id: u32, kind: &str, interprete: &str) -> String {
    format!("<Param id=\"{id}\"><Name>P{id}</Name><Type>{kind}</Type><Interprete>{interprete}</Interprete></Param>")
}

fn response(id: u32, pid: u32, options: &str) -> String {
    format!("<Response id=\"{id}\" {options}><Name>R{id}</Name><Content><Param>{pid}</Param></Content></Response>")
}

fn trigger(id: u32, on: &str, time: &str) -> String {
    format!("<Trigger id=\"{id}\">{on}<Time>{time}</Time><Type>action</Type><Content><Id>1</Id></Content></Trigger>")
}

const READ: &str = "<Actions><Action id=\"1\"><On>response</On><Type>read</Type></Action></Actions>";

/// Three responses and triggers.
fn responses(triggers: &[String]) -> OwnedSpec {
    let responses: String = (1..=3).map(|id| response(id, id, "")).collect();
    let params: String = (1..=3).map(param).collect();
    let triggers = triggers.concat();
    connector(&format!(
        "<Params>{params}</Params><Responses>{responses}</Responses><Triggers>{triggers}</Triggers>{READ}"
    ))
}

/// The positions in a list.
fn positions<I: Index>(spec: &Spec<'_>, list: List<I>) -> Vec<usize> {
    spec.list(list).map(Index::position).collect()
}

fn ids_after(spec: &OwnedSpec) -> Vec<Vec<u32>> {
    let spec = spec.view();
    let id = |position: usize| spec.triggers.get(position).unwrap().id;
    spec.responses.iter().map(|response| positions(&spec, response.after).into_iter().map(id).collect()).collect()
}

#[test]
fn the_reference_case_has_its_rows_in_document_order() {
    let owned = example("nmos.xml");
    let spec = owned.view();
    assert_eq!(spec.text(spec.name), "NMOS IS-07 Events");
    assert_eq!(spec.text(spec.version), "1.0.0.1");
    assert_eq!(
        spec.params.iter().map(|row| row.pid).collect::<Vec<_>>(),
        [6, 7, 8, 9, 10, 11, 12, 13, 20, 30, 31, 32, 33, 34, 113]
    );
    assert_eq!(spec.pairs.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(spec.triggers.iter().map(|row| row.id).collect::<Vec<_>>(), [30, 31, 32, 33, 34]);
    assert_eq!(spec.params.first().map(|row| (spec.text(row.name), row.line)), Some(("WebsocketUrl", 39)));
}

#[test]
fn conn_30_a_connection_has_its_handshake_and_its_state() {
    let owned = example("nmos.xml");
    let spec = owned.view();
    let connection = spec.connections.first().unwrap();
    assert_eq!(
        (connection.id, connection.port, connection.timeout_ms, connection.retries),
        (1, Some(8050), Some(5000), None)
    );
    assert!(connection.make_command_by_protocol && connection.bypass_proxy);
    assert_eq!(spec.param(connection.status.unwrap()).pid, 7);
    assert_eq!(spec.param(connection.dynamic_ip.unwrap()).pid, 6);
    let request = spec.request(connection.handshake.unwrap());
    let Source::Param(path) = request.path else { panic!("{:?}", request.path) };
    assert_eq!((request.session, spec.param(path).pid), (25, 8));
    let headers = spec.headers_of(request.headers).iter().map(|header| (spec.text(header.key), header.value));
    let headers: Vec<_> = headers.collect();
    let [(key, Source::Param(value))] = headers.as_slice() else { panic!("{headers:?}") };
    assert_eq!((*key, spec.param(*value).pid), ("Sec-WebSocket-Extensions", 9));
}

#[test]
fn conn_40_parameters_of_the_answer_need_not_exist() {
    let owned = example("nmos.xml");
    let request = owned.requests.first().unwrap();
    assert_eq!((request.status_code, request.content), (None, None));
}

/// The tables of a file whose head is there and whose connections are in `parts`.
fn declared(parts: &str) -> OwnedSpec {
    tables(&format!(
        "<Protocol><Name>Test</Name><Version>1.0.0.1</Version><ElementType>Test</ElementType><Provider>genlock</Provider>{parts}</Protocol>"
    ))
}

#[test]
fn the_older_syntax_numbers_connections_by_their_order() {
    let owned = declared(
        "<Type advanced=\"snmpv3:SNMP Connection - Traps;virtual:Virtual Connection\" communicationOptions=\"makeCommandByProtocol\">smart-serial single</Type>\
         <PortSettings name=\"IP Connection\"><BusAddress><DefaultValue>7</DefaultValue></BusAddress>\
         <SlowPoll><DefaultValue>5</DefaultValue></SlowPoll><PingInterval><DefaultValue>3000</DefaultValue></PingInterval>\
         <TimeoutTimeElement><DefaultValue>60000</DefaultValue></TimeoutTimeElement></PortSettings>\
         <Ports><PortSettings name=\"SNMP Connection - Traps\"><IPport><DefaultValue>162</DefaultValue></IPport>\
         </PortSettings><PortSettings name=\"Virtual Connection\"/></Ports>",
    );
    let spec = owned.view();
    let kinds: Vec<_> = spec.connections.iter().map(|row| (row.id, spec.text(row.name), row.kind, row.port)).collect();
    assert_eq!(
        kinds,
        [
            (0, "IP Connection", ConnectionKind::SmartSerialSingle, None),
            (1, "SNMP Connection - Traps", ConnectionKind::SnmpV3, Some(162)),
            (2, "Virtual Connection", ConnectionKind::Virtual, None),
        ]
    );
    let line = spec.connections.first().unwrap();
    assert_eq!(
        (line.bus_address.map(|text| spec.text(text)), line.slow_poll),
        (Some("7"), Some(SlowPoll::Timeouts(5)))
    );
    assert_eq!((line.ping_interval_ms, line.element_timeout_ms), (Some(3000), Some(60_000)));
    assert!(line.make_command_by_protocol);
    let refused: Vec<_> = spec.unserved.iter().map(|row| (row.id, row.part)).collect();
    let kind = |kind| UnservedPart::Connection(kind);
    assert_eq!(refused, [(0, kind(ConnectionKind::SmartSerialSingle)), (1, kind(ConnectionKind::SnmpV3))]);
}

#[test]
fn conn_05_rel_09_the_transitional_syntax_has_a_type_in_each_connection() {
    let owned = declared(
        "<Connections><Connection id=\"0\" name=\"A\"><Type>snmp</Type></Connection>\
         <Connection id=\"3\" name=\"B\"><Type>virtual</Type></Connection></Connections>",
    );
    let kinds: Vec<_> = owned.connections.iter().map(|row| (row.id, row.kind)).collect();
    assert_eq!(kinds, [(0, ConnectionKind::Snmp), (3, ConnectionKind::Virtual)]);
}

#[test]
fn conn_122_what_names_no_connection_goes_where_something_can_be_sent() {
    let connections = format!("<Connection id=\"0\"><Virtual/></Connection>{}", connection(1));
    let command = "<Commands><Command id=\"1\"><Name>C</Name><Content><Param>1</Param></Content></Command></Commands>";
    let pair = "<Pairs><Pair id=\"1\"><Name>P</Name><Content><Command>1</Command></Content></Pair></Pairs>";
    let owned = connected(&connections, &format!("<Params>{}</Params>{command}{pair}", param(1)));
    assert_eq!(owned.pairs.first().unwrap().connection.position(), 1);
    assert!(owned.unserved.is_empty());
}

#[test]
fn a_session_that_a_group_sends_is_there_whole() {
    let session = "<HTTP><Session id=\"4\" keepAlive=\"true\" userName=\"1\"><Connection id=\"1\" timeout=\"900\">\
                   <Request verb=\"PUT\" url=\"/a\"><Parameters><Parameter key=\"k\" pid=\"1\"/></Parameters></Request>\
                   <Response><Headers><Header key=\"Date\" pid=\"1\"/></Headers></Response></Connection></Session></HTTP>";
    let group = "<Groups><Group id=\"1\"><Name>G</Name><Content><Session connection=\"1\">4</Session></Content></Group></Groups>";
    let polled = "<Connection id=\"1\"><Http></Http></Connection>";
    let owned = connected(polled, &format!("<Params>{}</Params>{session}{group}", param(1)));
    let spec = owned.view();
    let row = spec.sessions.first().unwrap();
    assert_eq!((row.id, row.keep_alive, row.user_name), (4, true, Source::Param(ParamIndex(0))));
    let [request] = spec.requests_of(row.requests) else { panic!("{:?}", spec.requests) };
    assert_eq!((spec.text(request.verb), request.timeout_ms), ("PUT", Some(900)));
    let Body::Fields(fields) = request.body else { panic!("{:?}", request.body) };
    let key = |header: &genlock_spec::Header| (spec.text(header.key), header.value);
    assert_eq!(spec.headers_of(fields).iter().map(key).collect::<Vec<_>>(), [("k", Source::Param(ParamIndex(0)))]);
    let answer = spec.headers_of(request.answer_headers).iter().map(key).collect::<Vec<_>>();
    assert_eq!(answer, [("Date", Source::Param(ParamIndex(0)))]);
    let group = spec.groups.first().unwrap();
    assert_eq!((group.kind, spec.items_of(group.items).len()), (GroupKind::PollSessions, 1));
    assert_eq!(spec.session_items.first().unwrap().request, Some(RequestIndex(0)));
    assert!(spec.unserved.is_empty());
}

/// The tables of a file that no element runs, with one parameter whose `Interprete` has `parts`.
fn interpreted(parts: &str) -> OwnedSpec {
    let parts = format!("<RawType>numeric text</RawType><Type>double</Type><LengthType>next param</LengthType>{parts}");
    declared(&format!(
        "<Type>gpib</Type><PortSettings name=\"GPIB Connection\"/><Params>{}{}</Params>",
        param_with(1, "read", &parts),
        param(2)
    ))
}

#[test]
fn param_85_a_sequence_is_there_step_by_step() {
    let owned = interpreted(
        "<OffSet>128</OffSet><Sequence noset=\"true\" loop=\"65536\">div:10;+:id:2;log10;OffSet;*:param:2;^:-2</Sequence>",
    );
    let spec = owned.view();
    let format = spec.format(spec.params.first().unwrap().format.unwrap());
    let steps: Vec<_> = spec.sequence_of(format.sequence).iter().map(|step| (step.operation, step.operand)).collect();
    assert_eq!(
        steps,
        [
            (Operation::Divide, Operand::Number(10.0)),
            (Operation::Add, Operand::Param(ParamIndex(1))),
            (Operation::Log10, Operand::None),
            (Operation::Add, Operand::Number(128.0)),
            (Operation::Multiply, Operand::Column(ParamIndex(1))),
            (Operation::Power, Operand::Number(-2.0)),
        ]
    );
    assert_eq!(format.wraps_at, Some(65536));
    assert_eq!(spec.params.get(1).unwrap().format, None);
}

#[test]
fn param_100_and_105_exceptions_and_others_are_there_with_their_values() {
    let owned = interpreted(
        "<Exceptions><Exception id=\"1\" value=\"-1\"><Display state=\"disabled\">N/A</Display><Value>-2</Value></Exception></Exceptions>\
         <Others><Other id=\"2\"><Display state=\"disabled\">Off</Display><Value>10</Value></Other></Others>\
         <Scale lowData=\"0\" highData=\"255\" low=\"-10\" high=\"10\"/><Range><Low>-3.5</Low></Range>\
         <Rounding>halfUp</Rounding><Decimals>2</Decimals><Base>16</Base><Endian>big</Endian>",
    );
    let spec = owned.view();
    let format = spec.format(spec.params.first().unwrap().format.unwrap());
    let [exception] = spec.exceptions_of(format.exceptions) else { panic!("{:?}", spec.exceptions) };
    let texts = [exception.incoming, exception.value, exception.display].map(|text| spec.text(text));
    assert_eq!(texts, ["-1", "-2", "N/A"]);
    let [other] = spec.others_of(format.others) else { panic!("{:?}", spec.others) };
    assert_eq!((other.param, spec.text(other.value)), (Some(ParamIndex(1)), "10"));
    assert_eq!(
        format.scale.map(|scale| (scale.low_data, scale.high_data, scale.low, scale.high)),
        Some((0, 255, -10, 10))
    );
    assert_eq!((format.low, format.high, format.decimals), (Some(-3.5), None, Some(2)));
    assert_eq!((format.rounding, format.base, format.big_endian), (Rounding::HalfUp, 16, true));
}

#[test]
fn a_bit_field_knows_its_group() {
    let owned = declared(
        "<Type>gpib</Type><PortSettings name=\"GPIB Connection\"/><Params><Param id=\"1\"><Name>Byte</Name><Type>group</Type></Param>\
         <Param id=\"2\"><Name>Bit</Name><Type id=\"1\">read bit</Type><Interprete><LengthType>fixed</LengthType>\
         <Length>1</Length><StartPosition>3</StartPosition><NbrOfBits>2</NbrOfBits></Interprete></Param></Params>",
    );
    let spec = owned.view();
    let bits = spec.format(spec.params.get(1).unwrap().format.unwrap()).bits;
    assert_eq!((bits.group, bits.start, bits.len), (Some(ParamIndex(0)), 3, 2));
}

const LINE: &str = "<Type>serial</Type><PortSettings name=\"IP Connection\"/>";

#[test]
fn rel_61_spaces_and_letter_case_of_options_change_nothing() {
    let tables = |dynamic: &str, response: &str, qaction: &str| {
        let address = param(1).replace("<Type>read</Type>", &format!("<Type options=\"{dynamic}\">read</Type>"));
        let answer = self::response(1, 2, &format!("options=\"{response}\""));
        let hook = format!("<QAction id=\"1\" name=\"Q\" encoding=\"csharp\" triggers=\"2\" options=\"{qaction}\"/>");
        let parts =
            format!("<Params>{address}{}</Params><Responses>{answer}</Responses><QActions>{hook}</QActions>", param(2));
        let owned = connected(&[connection(1), connection(2)].concat(), &parts);
        let spec = owned.view();
        let links = spec.connections.iter().map(|row| (row.dynamic_ip, spec.list(row.responses).collect::<Vec<_>>()));
        let hook = spec.qactions.first().unwrap();
        (links.collect::<Vec<_>>(), hook.queued, hook.binary)
    };
    let plain = tables("dynamic ip 2", "connection:2", "queued;binary");
    assert!(
        plain.0.iter().map(|(address, responses)| (address.is_some(), responses.len())).eq([(false, 0), (true, 1)])
    );
    assert_eq!((plain.1, plain.2), (true, true));
    for (dynamic, response, qaction) in [
        (" dynamic ip 2 ", " connection:2 ", " queued ; binary "),
        ("Dynamic IP 2", "Connection:2", "Queued;BINARY"),
        ("dynamic ip 2;", "connection:2;", ";queued;;binary;"),
    ] {
        assert_eq!(tables(dynamic, response, qaction), plain, "{dynamic}, {response}, {qaction}");
    }
}

#[test]
fn options_of_other_transports_are_there_with_their_values() {
    let owned = declared(&format!(
        "{LINE}<Params>{}{}</Params>\
         <Commands><Command id=\"1\" ascii=\"2\"><Name>C</Name><Content><Param>1</Param><Param>2</Param></Content></Command></Commands>\
         <Responses><Response id=\"1\"><Name>R</Name><Content optional=\"1+\"><Param>1</Param><Param>2</Param></Content></Response></Responses>\
         <Pairs><Pair id=\"1\" ping=\"true\" options=\"oneByte;commBreak:20;receiveInterval:300\"><Name>P</Name><Content>\
         <Command>1</Command><Response>1</Response><ResponseOnBadCommand>1</ResponseOnBadCommand></Content></Pair></Pairs>\
         <Groups><Group id=\"5\" threadId=\"3\" connectionPID=\"1\"><Name>G</Name><Content multipleGet=\"true\">\
         <Param>1:single</Param></Content></Group></Groups>",
        param(1),
        param_with(2, "fixed", "<LengthType>fixed</LengthType><Value>x</Value><Length>1</Length>"),
    ));
    let spec = owned.view();
    let pair = spec.pairs.first().unwrap();
    assert_eq!(
        (pair.ping, pair.one_byte_ms, pair.break_ms, pair.receive_interval_ms),
        (true, Some(5), Some(20), Some(300))
    );
    assert_eq!(positions(&spec, pair.on_bad_command), [0]);
    assert_eq!(positions(&spec, spec.commands.first().unwrap().ascii_params), [1]);
    assert_eq!(spec.responses.first().unwrap().optional.map(|text| spec.text(text)), Some("1+"));
    let group = spec.groups.first().unwrap();
    assert_eq!(
        (group.kind, group.thread, group.connection_param),
        (GroupKind::PollParams, Some(3), Some(ParamIndex(0)))
    );
    assert!(group.multiple_get);
}

#[test]
fn an_older_guard_and_an_action_that_is_not_carried_out_are_there_whole() {
    let owned = declared(&format!(
        "{LINE}<Params>{}{}</Params><Triggers><Trigger id=\"1\"><Name>T</Name><On id=\"1\">parameter</On>\
         <Time id=\"2\" case=\"greater\" value=\"10\">change</Time><Type>action</Type><Content><Id>1</Id></Content></Trigger>\
         </Triggers><Actions><Action id=\"1\"><Name>A</Name><On id=\"2\">parameter</On><Type id=\"1\">normalize</Type>\
         </Action></Actions>",
        param(1),
        param(2)
    ));
    let spec = owned.view();
    let guard = spec.steps_of(spec.triggers.first().unwrap().guard);
    let [ConditionStep::Param(ParamIndex(1)), with, ConditionStep::Comparison(Comparison::Greater)] = guard else {
        panic!("{guard:?}")
    };
    let is_ten = match with {
        ConditionStep::Number(number) => number.total_cmp(&10.0).is_eq(),
        ConditionStep::Text(text) => spec.text(*text) == "10",
        _ => false,
    };
    assert!(is_ten, "{guard:?}");
    let ActionKind::Unserved { word, settings } = spec.actions.first().unwrap().kind else {
        panic!("{:?}", spec.actions)
    };
    let settings: Vec<_> =
        spec.settings_of(settings).iter().map(|row| (spec.text(row.name), spec.text(row.value))).collect();
    assert_eq!((spec.text(word), settings.as_slice()), ("normalize", [("id", "1")].as_slice()));
}

#[test]
fn a_qaction_has_its_inputs_and_options() {
    let owned = declared(&format!(
        "{LINE}<Params>{}{}</Params><QActions><QAction id=\"1\" name=\"Q\" encoding=\"csharp\" triggers=\"1\" \
         inputParameters=\"2;1\" options=\"queued;binary\" row=\"true\"/></QActions>",
        param(1),
        param(2)
    ));
    let spec = owned.view();
    let qaction = spec.qactions.first().unwrap();
    assert_eq!(positions(&spec, qaction.inputs), [1, 0]);
    assert!(qaction.queued && qaction.binary && qaction.per_row);
    assert_eq!(spec.hooks.len(), 1);
}

#[test]
fn alm_03_limits_of_a_number_have_two_sides_and_may_be_relative() {
    let alarm = "<Alarm type=\"relative:2,,3\" activeTime=\"5000\" options=\"threshold:2,3\">\
                 <Monitored disabledIf=\"2,1\">true</Monitored><CL>10</CL><WaL>20</WaL><CH>90</CH></Alarm>";
    let display = "<Display><RTDisplay>true</RTDisplay></Display>";
    let number = |pid| {
        param_with(pid, "read", "<RawType>numeric text</RawType><Type>double</Type><LengthType>next param</LengthType>")
    };
    let shown = |pid: u32, more: &str| {
        let described = format!("</Name><Description>P{pid}</Description>");
        number(pid).replace("</Interprete>", &format!("</Interprete>{display}{more}")).replace("</Name>", &described)
    };
    let params = [shown(1, alarm), shown(2, ""), shown(3, "")].concat();
    let owned = declared(&format!("{LINE}<Params>{params}</Params>"));
    let spec = owned.view();
    let monitoring = spec.monitoring(spec.params.first().unwrap().monitoring.unwrap());
    let lows: Vec<_> = spec.thresholds_of(monitoring.lows).iter().map(|low| (low.level, low.number)).collect();
    assert_eq!(lows, [(AlarmLevel::Critical, Some(10.0)), (AlarmLevel::Warning, Some(20.0))]);
    let nominal = monitoring.nominal.unwrap();
    assert_eq!((nominal.is_relative, nominal.value, nominal.factor), (true, Some(ParamIndex(1)), None));
    assert_eq!((nominal.instead, monitoring.active_ms), (Some(ParamIndex(2)), Some(5000)));
    assert_eq!(
        (monitoring.disabled_by, monitoring.disabled_value.map(|text| spec.text(text))),
        (Some(ParamIndex(1)), Some("1"))
    );
    assert_eq!((monitoring.threshold, monitoring.compared), (Some(ParamIndex(1)), Some(ParamIndex(2))));
}

#[test]
fn a_table_has_its_columns_by_number() {
    let array = "<Param id=\"10\"><Name>T</Name><Type>array</Type><ArrayOptions index=\"0\">\
                 <NamingFormat>,1,-,2</NamingFormat><ColumnOption idx=\"1\" pid=\"2\" type=\"snmp\" options=\";save\"/>\
                 <ColumnOption idx=\"0\" pid=\"1\" type=\"retrieved\" options=\"\"/></ArrayOptions></Param>";
    let owned = connector(&format!("<Params>{array}{}{}</Params>", param(1), param(2)));
    let spec = owned.view();
    let table = spec.arrays.first().unwrap();
    let columns: Vec<_> = spec.columns_of(table.columns).iter().map(|row| (row.idx, row.param, row.save)).collect();
    assert_eq!(columns, [(0, ParamIndex(1), false), (1, ParamIndex(2), true)]);
    let [Source::Param(ParamIndex(1)), Source::Literal(dash), Source::Param(ParamIndex(2))] =
        spec.name_parts_of(table.naming)
    else {
        panic!("{:?}", spec.name_parts)
    };
    assert_eq!(spec.text(*dash), "-");
    assert_eq!(spec.unserved.first().map(|row| (row.part, row.id)), Some((UnservedPart::Table, 10)));
}

#[test]
fn conn_110_the_normal_case_has_neither_handshake_nor_address() {
    let owned = example("normal.xml");
    let connection = owned.connections.first().unwrap();
    assert_eq!((connection.handshake, connection.dynamic_ip), (None, None));
    assert!(owned.requests.is_empty());
}

#[test]
fn conn_34_a_literal_url_is_the_path_and_wins_over_pid() {
    let session = "<HTTP><Session id=\"1\"><Connection id=\"1\"><Request url=\"/events\" pid=\"1\"/></Connection></Session></HTTP>";
    let connection = connection(1).replace("</WebSocket>", "</WebSocket><WebSocketHandshake>1</WebSocketHandshake>");
    let owned = connected(&connection, &format!("<Params>{}</Params>{session}", param(1)));
    let Source::Literal(path) = owned.requests.first().unwrap().path else { panic!("{:?}", owned.requests) };
    assert_eq!(owned.view().text(path), "/events");
}

#[test]
fn conn_36_the_text_of_a_header_is_its_value() {
    let headers = "<Headers><Header key=\"Origin\">https://example.org</Header></Headers>";
    let session = format!(
        "<HTTP><Session id=\"1\"><Connection id=\"1\"><Request>{headers}</Request></Connection></Session></HTTP>"
    );
    let connection = connection(1).replace("</WebSocket>", "</WebSocket><WebSocketHandshake>1</WebSocketHandshake>");
    let owned = connected(&connection, &session);
    let Source::Literal(value) = owned.headers.first().unwrap().value else { panic!("{:?}", owned.headers) };
    assert_eq!(owned.view().text(value), "https://example.org");
}

#[test]
fn conn_98_a_bare_dynamic_ip_means_the_only_connection() {
    let param = param(1).replace("<Type>read", "<Type options=\"Dynamic IP\">read");
    let owned = connector(&format!("<Params>{param}</Params>"));
    assert_eq!(owned.params.first().unwrap().dynamic_ip.map(Index::position), Some(0));
}

#[test]
fn conn_122_pairs_without_a_connection_use_the_only_one() {
    let owned = example("nmos.xml");
    for pair in &owned.pairs {
        assert_eq!((pair.connection.position(), pair.connection_is_fixed), (0, false));
    }
    assert!(owned.groups.iter().all(|group| group.connection.is_none()));
}

#[test]
fn pair_27_the_option_connection_is_fixed() {
    let parts = format!(
        "<Params>{}</Params><Commands><Command id=\"1\"><Content><Param>1</Param></Content></Command></Commands>\
         <Pairs><Pair id=\"1\" options=\"Retries:0;ignoretimeout;connection:7\" timeout=\"250\">\
         <Content><Command>1</Command></Content></Pair></Pairs>\
         <Groups><Group id=\"1\" connection=\"7\"><Content><Pair next=\"9\">1</Pair></Content></Group></Groups>",
        param(1)
    );
    let owned = connected(&(connection(3) + &connection(7)), &parts);
    let pair = owned.pairs.first().unwrap();
    assert_eq!((pair.connection.position(), pair.connection_is_fixed), (1, true));
    assert_eq!((pair.retries, pair.ignore_timeout, pair.timeout_ms), (Some(0), true, Some(250)));
    assert_eq!(owned.groups.first().unwrap().connection.map(Index::position), Some(1));
    assert_eq!(owned.group_items.first().unwrap().next_ms, 9);
}

#[test]
fn conn_80_the_message_type_is_binary_unless_it_says_text() {
    assert!(example("nmos.xml").commands.iter().all(|command| command.message_type == MessageType::Text));
    let command = "<Commands><Command id=\"1\"><Content><Param>1</Param></Content></Command></Commands>";
    let owned = connector(&format!("<Params>{}</Params>{command}", param(1)));
    assert_eq!(owned.commands.first().unwrap().message_type, MessageType::Binary);
}

#[test]
fn rsp_02_messages_are_tried_on_the_responses_of_their_connection_in_document_order() {
    let responses =
        response(9, 1, "") + &response(2, 1, "options=\"Connection:7\"") + &response(5, 1, "options=\"connection:3\"");
    let parts = format!("<Params>{}</Params><Responses>{responses}</Responses>", param(1));
    let owned = connected(&(connection(3) + &connection(7) + &connection(8)), &parts);
    let spec = owned.view();
    let tried: Vec<_> = spec.connections.iter().map(|connection| positions(&spec, connection.responses)).collect();
    assert_eq!(tried, [vec![0, 2], vec![0, 1], vec![0]]);
}

#[test]
fn trg_30_each_fires_for_every_item() {
    let owned = responses(&[trigger(1, "<On id=\"EACH\">response</On>", "after")]);
    assert_eq!(ids_after(&owned), [[1], [1], [1]]);
}

#[test]
fn trg_31_specific_trigger_hides_each() {
    let owned = responses(&[
        trigger(1, "<On id=\"each\">response</On>", "after"),
        trigger(2, "<On id=\"1\">response</On>", "after"),
        trigger(3, "<On id=\"2\">response</On>", "after"),
    ]);
    assert_eq!(ids_after(&owned), [[2], [3], [1]]);
}

#[test]
fn trg_32_another_time_hides_nothing() {
    let owned = responses(&[
        trigger(1, "<On id=\"each\">response</On>", "after"),
        trigger(2, "<On id=\"1\">response</On>", "before"),
    ]);
    assert_eq!(ids_after(&owned), [[1], [1], [1]]);
}

#[test]
fn trg_40_several_triggers_fire_in_document_order() {
    let owned = responses(&[
        trigger(9, "<On id=\"1\">response</On>", "after"),
        trigger(2, "<On id=\"1\">response</On>", "after"),
    ]);
    assert_eq!(ids_after(&owned), [vec![9, 2], vec![], vec![]]);
}

#[test]
fn trg_04_a_trigger_without_on_fires_on_nothing() {
    let owned = example("nmos.xml");
    let spec = owned.view();
    assert!(spec.params.iter().all(|param| param.on_change.is_empty()));
    let TriggerContent::Actions(actions) = spec.triggers.get(2).unwrap().content else { panic!("{:?}", spec.triggers) };
    let ActionKind::ClearParams(cleared) = spec.action(spec.list(actions).next().unwrap()).kind else {
        panic!("{:?}", spec.actions)
    };
    assert_eq!(spec.list(cleared).map(|param| spec.param(param).pid).collect::<Vec<_>>(), [11]);
}

#[test]
fn trg_23_after_startup_stands_at_the_protocol() {
    let trigger = "<Triggers><Trigger id=\"4\"><On>protocol</On><Time>after startup</Time><Type>action</Type><Content><Id>1</Id></Content></Trigger></Triggers>";
    let action = "<Actions><Action id=\"1\"><On id=\"1\">parameter</On><Type>clear</Type></Action></Actions>";
    let owned = connector(&format!("<Params>{}</Params>{trigger}{action}", param(1)));
    assert_eq!(positions(&owned.view(), owned.after_startup), [0]);
}

#[test]
fn act_03_an_action_without_ids_has_no_targets() {
    let owned = example("nmos.xml");
    let spec = owned.view();
    let kinds: Vec<ActionKind> = spec.actions.iter().map(|action| action.kind).take(2).collect();
    let [ActionKind::Make(commands), ActionKind::Read(read)] = kinds.as_slice() else { panic!("{kinds:?}") };
    assert!(commands.is_empty() && read.is_empty());
}

#[test]
fn que_02_the_execute_family_differs_in_place_and_presence() {
    let kinds = [
        ("execute", QueuePlace::Normal, false),
        ("execute one now", QueuePlace::Normal, true),
        ("execute next", QueuePlace::Front, false),
        ("execute one top", QueuePlace::Front, true),
        ("add to execute", QueuePlace::Tail, false),
        ("execute one", QueuePlace::Tail, true),
        ("force execute", QueuePlace::Forced, false),
    ];
    for (word, place, once) in kinds {
        let action =
            format!("<Actions><Action id=\"1\"><On id=\"2;1\">group</On><Type>{word}</Type></Action></Actions>");
        let groups = "<Groups><Group id=\"1\"><Content/></Group><Group id=\"2\"><Content/></Group></Groups>";
        let owned = connector(&format!("{groups}{action}"));
        let ActionKind::Queue { place: queued, once: only, groups } = owned.actions.first().unwrap().kind else {
            panic!("{word}")
        };
        assert_eq!((queued, only), (place, once), "{word}");
        assert_eq!(positions(&owned.view(), groups), [1, 0], "{word}");
    }
}

#[test]
fn grp_03_types_of_groups() {
    let owned = example("nmos.xml");
    let kinds: Vec<GroupKind> = owned.groups.iter().map(|group| group.kind).collect();
    assert_eq!(kinds, [GroupKind::PollPairs, GroupKind::PollPairs, GroupKind::PollActions]);
}

#[test]
fn tmr_03_a_timer_has_its_time_and_its_start() {
    let owned = example("nmos.xml");
    let timer = owned.timers.first().unwrap();
    assert_eq!((timer.period_ms, timer.looped, timer.interval_ms), (5000, false, 75));
    assert_eq!((timer.start, positions(&owned.view(), timer.groups)), (TimerStart::Started, vec![2]));
    let timers = "<Groups><Group id=\"1\"><Content/></Group></Groups><Timers>\
        <Timer id=\"1\"><Time initial=\"random=3:9\">LOOP</Time><Interval>0</Interval><Content><Group>1</Group></Content></Timer>\
        <Timer id=\"2\"><Time initial=\"false\">1</Time><Interval>0</Interval><Content><Group>1</Group></Content></Timer></Timers>";
    let owned = connector(timers);
    let rows: Vec<_> = owned.timers.iter().map(|timer| (timer.period_ms, timer.looped, timer.start)).collect();
    assert_eq!(rows, [(0, true, TimerStart::Random { from: 3, to: 9 }), (1, false, TimerStart::Stopped)]);
}

#[test]
fn cond_13_a_condition_is_its_steps_in_the_order_of_evaluation() {
    let number = "<RawType>numeric text</RawType><Type>double</Type><LengthType>next param</LengthType>";
    let params = format!("<Params>{}{}</Params>", param(1), param_with(2, "read", number));
    let condition = "<Condition>id:1 == emptystring OR (id:2 &amp; 4) == 4 AND id:1 != \"a\"</Condition>";
    let trigger = |rest: &str| {
        format!(
            "<Triggers><Trigger id=\"1\"><Name>T</Name>{rest}<Type>action</Type>\
             <Content><Id>1</Id><Id else=\"true\">2</Id></Content></Trigger></Triggers>"
        )
    };
    let clear = |id: u32| format!("<Action id=\"{id}\"><On id=\"1\">parameter</On><Type>clear</Type></Action>");
    let actions = format!("<Actions>{}{}</Actions>", clear(1), clear(2));
    let owned = connector(&format!("{params}{}{actions}", trigger(condition)));
    let spec = owned.view();
    let row = spec.triggers.first().unwrap();
    let (value, state) = (ConditionStep::Param(ParamIndex(1)), ConditionStep::Param(ParamIndex(0)));
    let equal = ConditionStep::Comparison(Comparison::Equal);
    let shown: Vec<ConditionStep> = spec.steps_of(row.condition).to_vec();
    assert_eq!(shown.len(), 13);
    assert_eq!(shown[0..3], [state, ConditionStep::Text(Text::new(0, 0)), equal]);
    let masked = [value, ConditionStep::Number(4.0), ConditionStep::Arithmetic(Arithmetic::BitAnd)];
    assert_eq!(shown[3..6], masked);
    assert_eq!(shown[6..9], [ConditionStep::Number(4.0), equal, ConditionStep::Or]);
    assert_eq!(shown[9], state);
    assert_eq!(shown[11..], [ConditionStep::Comparison(Comparison::NotEqual), ConditionStep::And]);
    // TRG-41
    let (TriggerContent::Actions(then), TriggerContent::Actions(otherwise)) = (row.content, row.otherwise) else {
        panic!("{row:?}")
    };
    assert_eq!((positions(&spec, then), positions(&spec, otherwise)), (vec![0], vec![1]));
    let owned = connector(&format!("{params}{}{actions}", trigger("")));
    assert_eq!(owned.triggers.first().unwrap().condition, Rows::new(0, 0));
}

#[test]
fn qa_04_hooks_run_in_document_order() {
    let qactions = "<QActions>\
        <QAction id=\"9\" name=\"Second id\" encoding=\"csharp\" triggers=\"2;1\"/>\
        <QAction id=\"3\" name=\"First id\" encoding=\"csharp\" triggers=\"1\"/></QActions>";
    let owned = connector(&format!("<Params>{}{}</Params>{qactions}", param(1), param(2)));
    let spec = owned.view();
    let hooks = spec.params.first().unwrap().hooks;
    let ids: Vec<u32> = spec.list(hooks).map(|hook| spec.qaction(spec.hook(hook).qaction).id).collect();
    assert_eq!(ids, [9, 3]);
}

#[test]
fn qa_10_entry_points_that_are_the_same_are_one_function() {
    let qaction = "<QActions><QAction id=\"1\" name=\"Q\" encoding=\"csharp\" triggers=\"1;2;3\" entryPoint=\"Run;Other.Run;Run\"/></QActions>";
    let params: String = (1..=3).map(param).collect();
    let owned = connector(&format!("<Params>{params}</Params>{qaction}"));
    assert_eq!(owned.hooks.iter().map(|hook| hook.entry).collect::<Vec<_>>(), [0, 1, 0]);
}

#[test]
fn param_21_fixed_parameters_start_filled() {
    let cases = [
        ("<RawType>other</RawType><LengthType>fixed</LengthType><Length>2</Length>", "  "),
        ("<RawType>numeric text</RawType><LengthType>fixed</LengthType><Length>3</Length>", "000"),
        // PARAM-26
        ("<RawType>other</RawType><LengthType>fixed</LengthType><Length>4</Length><Value>AB</Value>", "  AB"),
        // PARAM-28
        ("<RawType>other</RawType><LengthType>fixed</LengthType><Value>0x0D0x0A</Value>", "\r\n"),
    ];
    for (interprete, expected) in cases {
        let owned = connector(&format!("<Params>{}</Params>", param_with(1, "read", interprete)));
        let param = owned.params.first().unwrap();
        let InitialBytes::Bytes(bytes) = param.initial else { panic!("{interprete}") };
        assert_eq!(owned.view().text(bytes), expected, "{interprete}");
        assert_eq!(param.length, LengthType::Fixed(expected.len() as u32), "{interprete}");
    }
}

#[test]
fn param_30_other_parameters_start_with_no_bytes() {
    assert!(example("nmos.xml").params.iter().all(|param| param.initial == InitialBytes::None));
}

#[test]
fn param_142_setter_names_the_read_parameter_of_the_same_name() {
    let read = param(5).replace("P5", "Level");
    let write = param_with(6, "write", "<LengthType>next param</LengthType>").replace("P6", "LEVEL");
    let write = write.replace("<Param id=\"6\">", "<Param id=\"6\" setter=\"true\">");
    let owned = connector(&format!("<Params>{write}{read}</Params>"));
    assert_eq!(owned.params.first().unwrap().setter.map(Index::position), Some(1));
}

#[test]
fn alm_05_thresholds_stand_most_severe_first() {
    let owned = example("nmos.xml");
    let spec = owned.view();
    let state = spec.params.get(1).unwrap();
    assert_eq!(state.value_type, ValueType::Number);
    let levels = spec.thresholds_of(state.alarms).iter().map(|row| (row.level, spec.text(row.value), row.number));
    assert_eq!(
        levels.collect::<Vec<_>>(),
        [(AlarmLevel::Critical, "0", Some(0.0)), (AlarmLevel::Normal, "1", Some(1.0))]
    );
    let discreets = spec.discreets_of(state.discreets).iter().map(|row| (spec.text(row.display), row.number));
    assert_eq!(discreets.collect::<Vec<_>>(), [("Closed", Some(0.0)), ("Open", Some(1.0))]);
}

#[test]
fn alm_06_several_values_of_a_level_are_several_thresholds() {
    let alarm = "</Interprete><Alarm><Monitored>true</Monitored><WaH>a;b</WaH><CH>c</CH></Alarm>\
                 <Description>P1</Description><Display><RTDisplay>true</RTDisplay></Display>";
    let owned = connector(&format!("<Params>{}</Params>", param(1).replace("</Interprete>", alarm)));
    let levels = owned.alarms.iter().map(|row| (row.level, owned.view().text(row.value)));
    assert_eq!(
        levels.collect::<Vec<_>>(),
        [(AlarmLevel::Critical, "c"), (AlarmLevel::Warning, "a"), (AlarmLevel::Warning, "b")]
    );
}

#[test]
fn save_02_saved_parameters_and_defaults() {
    let owned = example("nmos.xml");
    let spec = owned.view();
    let saved = spec.params.iter().filter(|param| param.save);
    let saved: Vec<_> = saved.map(|param| (param.pid, param.default.map(|text| spec.text(text)))).collect();
    assert_eq!(saved, [(8, Some("x-nmos/events/ws")), (13, Some("11111111-1111-4111-8111-111111111111"))]);
}

#[test]
fn param_169_a_password_is_a_secret() {
    let measurement = "</Interprete><Measurement><Type options=\"fixedfont;Password\">string</Type></Measurement>";
    let owned = connector(&format!("<Params>{}{}</Params>", param(1).replace("</Interprete>", measurement), param(2)));
    assert_eq!(owned.params.iter().map(|param| param.secret).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn the_same_file_gives_the_same_tables_and_tokens() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/nmos/nmos.xml");
    let source = SourceSet::from_bytes("nmos.xml", fs::read(path).unwrap());
    let (one, two) = (compile(&source, &Options::default()), compile(&source, &Options::default()));
    assert_eq!(one.spec, two.spec);
    assert_eq!(one.tokens.to_string(), two.tokens.to_string());
}

#[test]
fn save_08_save_on_a_table_saves_nothing() {
    let table = r#"<Params><Param id="1000" save="true"><Name>Rows</Name><Type>array</Type>
        <ArrayOptions index="0"><ColumnOption idx="0" pid="1001" type="retrieved" options=""/></ArrayOptions></Param>
        <Param id="1001"><Name>Key</Name><Type>read</Type><Interprete>
            <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
        </Interprete></Param></Params>"#;
    let spec = connector(table);
    assert!(!spec.params[0].save, "a table is no value; its columns are saved one by one");
}

#[test]
fn conn_72_rel_57_each_connection_has_its_own_word_on_verification() {
    let owned = example("../../tests/corpus/websocket-redundant-encoder.xml");
    let skipped = owned.connections.iter().map(|row| (row.id, row.skip_certificate_verification));
    assert_eq!(skipped.take(2).collect::<Vec<_>>(), [(0, false), (1, true)]);
}
