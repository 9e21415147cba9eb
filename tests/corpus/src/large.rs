//! Connectors as large as one likes, the same ones on every run.

/// How many parameters a module has.
const MODULE: usize = 10;
/// How many groups a timer has.
const ROUND: usize = 10;

/// A connector with about `params` parameters: modules of `MODULE` parameters, each with a command, a response, a
/// pair, a group, a trigger, an action and a QAction, as devices of many equal cards have them.
pub fn made(params: usize) -> String {
    let modules = params.div_ceil(MODULE);
    let list = |name: &str, head: &str, item: fn(usize) -> String| {
        let items: String = (0..modules).map(item).collect();
        format!("\t<{name}>\n{head}{items}\t</{name}>\n")
    };
    let timers: String = (0..modules.div_ceil(ROUND)).map(|at| timer(at, modules)).collect();
    [
        HEAD.to_owned(),
        list("Params", "", module),
        list("Commands", "", command),
        list("Responses", "", response),
        list("Pairs", "", pair),
        list("Groups", "", group),
        list("Triggers", BEFORE, trigger),
        list("Actions", MAKE_AND_READ, action),
        format!("\t<Timers>\n{timers}\t</Timers>\n"),
        list("QActions", "", qaction),
        "</Protocol>\n".to_owned(),
    ]
    .concat()
}

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8" ?>
<Protocol xmlns="http://www.skyline.be/protocol">
	<Name>Frame of Many Cards</Name>
	<Description>Made by a program: as many cards as one likes.</Description>
	<Version>1.0.0.1</Version>
	<Provider>genlock</Provider>
	<Vendor>Example Works</Vendor>
	<ElementType>Frame</ElementType>
	<Display defaultPage="General" pageOrder="General" />
	<Connections>
		<Connection id="0" name="HTTP Connection">
			<Http>
				<CommunicationOptions>
					<WebSocket>true</WebSocket>
					<MakeCommandByProtocol>true</MakeCommandByProtocol>
				</CommunicationOptions>
			</Http>
		</Connection>
	</Connections>
"#;

const BEFORE: &str = r#"		<Trigger id="1">
			<Name>Before Each Command</Name>
			<On id="each">command</On>
			<Time>before</Time>
			<Type>action</Type>
			<Content>
				<Id>1</Id>
			</Content>
		</Trigger>
		<Trigger id="2">
			<Name>Before Each Response</Name>
			<On id="each">response</On>
			<Time>before</Time>
			<Type>action</Type>
			<Content>
				<Id>2</Id>
			</Content>
		</Trigger>
"#;

const MAKE_AND_READ: &str = r#"		<Action id="1">
			<Name>Make Command</Name>
			<On>command</On>
			<Type>make</Type>
		</Action>
		<Action id="2">
			<Name>Read Response</Name>
			<On>response</On>
			<Type>read</Type>
		</Action>
"#;

const TEXT: &str = "\t\t\t<Interprete>\n\t\t\t\t<RawType>other</RawType>\n\t\t\t\t<Type>string</Type>\n\t\t\t\t\
    <LengthType>next param</LengthType>\n\t\t\t</Interprete>\n";
const NUMBER: &str = "\t\t\t<Interprete>\n\t\t\t\t<RawType>numeric text</RawType>\n\t\t\t\t<Type>double</Type>\n\t\t\t\t\
    <LengthType>next param</LengthType>\n\t\t\t</Interprete>\n";
const STATES: &str = "\t\t\t\t<Type>discreet</Type>\n\t\t\t\t<Discreets>\n\t\t\t\t\t\
    <Discreet>\n\t\t\t\t\t\t<Display>Idle</Display>\n\t\t\t\t\t\t<Value>0</Value>\n\t\t\t\t\t</Discreet>\n\t\t\t\t\t\
    <Discreet>\n\t\t\t\t\t\t<Display>Running</Display>\n\t\t\t\t\t\t<Value>1</Value>\n\t\t\t\t\t</Discreet>\n\t\t\t\t\t\
    <Discreet>\n\t\t\t\t\t\t<Display>Failed</Display>\n\t\t\t\t\t\t<Value>2</Value>\n\t\t\t\t\t</Discreet>\n\t\t\t\t\
    </Discreets>\n";
const LEVEL: &str = "\t\t\t\t<Type>number</Type>\n";
const LEVEL_DISPLAY: &str = "\t\t\t\t<Units>dB</Units>\n\t\t\t\t<Range>\n\t\t\t\t\t<Low>-60</Low>\n\t\t\t\t\t<High>20</High>\n\t\t\t\t</Range>\n";

/// The id of parameter `at` of a module.
fn id(module: usize, at: usize) -> usize {
    100 + module * MODULE + at
}

/// The parameters of a module.
fn module(module: usize) -> String {
    let [label, state, level] = ["Label", "State", "Level"];
    [
        shown(module, (0, 0, 0), label, "read", TEXT, ("", "\t\t\t\t<Type>string</Type>\n")),
        shown(module, (1, 1, 0), state, "read", NUMBER, ("", STATES)),
        shown(module, (2, 1, 1), state, "write", NUMBER, ("", STATES)),
        shown(module, (3, 2, 0), level, "read", NUMBER, (LEVEL_DISPLAY, LEVEL)),
        shown(module, (4, 2, 1), level, "write", NUMBER, (LEVEL_DISPLAY, LEVEL)),
        hidden(module, 5, "Request", TEXT),
        hidden(module, 6, "Answer", TEXT),
        hidden(module, 7, "Count", NUMBER),
        hidden(module, 8, "Note", TEXT),
        format!(
            "\t\t<Param id=\"{}\">\n\t\t\t<Name>Card{module}Head</Name>\n\t\t\t<Type>fixed</Type>\n\t\t\t<Interprete>\n\
            \t\t\t\t<RawType>other</RawType>\n\t\t\t\t<Type>string</Type>\n\t\t\t\t<LengthType>fixed</LengthType>\n\
            \t\t\t\t<Length>6</Length>\n\t\t\t\t<Value>C{module:04}:</Value>\n\t\t\t</Interprete>\n\t\t</Param>\n",
            id(module, 9)
        ),
    ]
    .concat()
}

/// A parameter on a page: `place` is its number in the module, its row and its column.
fn shown(
    module: usize,
    (at, row, column): (usize, usize, usize),
    what: &str,
    kind: &str,
    interprete: &str,
    (display, measurement): (&str, &str),
) -> String {
    let row = module % 25 * 3 + row;
    format!(
        "\t\t<Param id=\"{}\" trending=\"false\">\n\t\t\t<Name>Card{module}{what}</Name>\n\t\t\t\
        <Description>Card {module} {what}</Description>\n\t\t\t<Type>{kind}</Type>\n\t\t\t<Information>\n\t\t\t\t\
        <Subtext>The {what} of card {module} as it reports it.</Subtext>\n\t\t\t</Information>\n{interprete}\t\t\t<Display>\n\
        \t\t\t\t<RTDisplay>true</RTDisplay>\n{display}\t\t\t\t<Positions>\n\t\t\t\t\t<Position>\n\t\t\t\t\t\t\
        <Page>Cards {}</Page>\n\t\t\t\t\t\t<Row>{row}</Row>\n\t\t\t\t\t\t<Column>{column}</Column>\n\t\t\t\t\t</Position>\n\
        \t\t\t\t</Positions>\n\t\t\t</Display>\n\t\t\t<Measurement>\n{measurement}\t\t\t</Measurement>\n\t\t</Param>\n",
        id(module, at),
        module / 25
    )
}

/// A parameter that nobody sees.
fn hidden(module: usize, at: usize, what: &str, interprete: &str) -> String {
    format!(
        "\t\t<Param id=\"{}\" trending=\"false\">\n\t\t\t<Name>Card{module}{what}</Name>\n\t\t\t<Type>read</Type>\n\
        {interprete}\t\t</Param>\n",
        id(module, at)
    )
}

fn command(module: usize) -> String {
    format!(
        "\t\t<Command id=\"{}\">\n\t\t\t<Name>Card {module}</Name>\n\t\t\t<WebSocketMessageType>text</WebSocketMessageType>\n\
        \t\t\t<Content>\n\t\t\t\t<Param>{}</Param>\n\t\t\t\t<Param>{}</Param>\n\t\t\t</Content>\n\t\t</Command>\n",
        module + 1,
        id(module, 9),
        id(module, 5)
    )
}

fn response(module: usize) -> String {
    format!(
        "\t\t<Response id=\"{}\">\n\t\t\t<Name>Card {module}</Name>\n\t\t\t<Content>\n\t\t\t\t<Param>{}</Param>\n\t\t\t\t\
        <Param>{}</Param>\n\t\t\t</Content>\n\t\t</Response>\n",
        module + 1,
        id(module, 9),
        id(module, 6)
    )
}

fn pair(module: usize) -> String {
    let number = module + 1;
    format!(
        "\t\t<Pair id=\"{number}\">\n\t\t\t<Name>Card {module}</Name>\n\t\t\t<Content>\n\t\t\t\t<Command>{number}</Command>\n\
        \t\t\t\t<Response>{number}</Response>\n\t\t\t</Content>\n\t\t</Pair>\n"
    )
}

fn group(module: usize) -> String {
    let number = module + 1;
    format!(
        "\t\t<Group id=\"{number}\">\n\t\t\t<Name>Card {module}</Name>\n\t\t\t<Condition>id:{} != empty AND id:{} == 1\
        </Condition>\n\t\t\t<Content>\n\t\t\t\t<Pair>{number}</Pair>\n\t\t\t</Content>\n\t\t</Group>\n",
        id(module, 5),
        id(module, 1)
    )
}

fn trigger(module: usize) -> String {
    let number = module + 10;
    format!(
        "\t\t<Trigger id=\"{number}\">\n\t\t\t<Name>Set Card {module}</Name>\n\t\t\t<On id=\"{}\">parameter</On>\n\t\t\t\
        <Time>change</Time>\n\t\t\t<Type>action</Type>\n\t\t\t<Content>\n\t\t\t\t<Id>{number}</Id>\n\t\t\t</Content>\n\
        \t\t</Trigger>\n",
        id(module, 2)
    )
}

fn action(module: usize) -> String {
    format!(
        "\t\t<Action id=\"{}\">\n\t\t\t<Name>Ask Card {module}</Name>\n\t\t\t<On id=\"{}\">group</On>\n\t\t\t\
        <Type>execute next</Type>\n\t\t</Action>\n",
        module + 10,
        module + 1
    )
}

/// The timer of the groups from `at` times [`ROUND`] on.
fn timer(at: usize, modules: usize) -> String {
    let groups: String = (at * ROUND..(at * ROUND + ROUND).min(modules))
        .map(|group| format!("\t\t\t\t<Group>{}</Group>\n", group + 1))
        .collect();
    format!(
        "\t\t<Timer id=\"{}\">\n\t\t\t<Name>Cards {at}</Name>\n\t\t\t<Time>{}</Time>\n\t\t\t<Interval>75</Interval>\n\t\t\t\
        <Content>\n{groups}\t\t\t</Content>\n\t\t</Timer>\n",
        at + 1,
        10_000 + at * 1000
    )
}

fn qaction(module: usize) -> String {
    format!(
        "\t\t<QAction id=\"{}\" name=\"Card {module}\" encoding=\"csharp\" triggers=\"{}\"><![CDATA[\nusing System;\n\
        using Skyline.DataMiner.Scripting;\n\npublic class QAction\n{{\n\tpublic static void Run(SLProtocol protocol)\n\t{{\n\
        \t\tstring answer = Convert.ToString(protocol.GetParameter({}));\n\t\tprotocol.SetParameter({}, answer.Length);\n\t}}\n\
        }}\n]]></QAction>\n",
        module + 1,
        id(module, 6),
        id(module, 6),
        id(module, 7)
    )
}
