//! The XML of a connector.

use std::fmt::Write as _;

use crate::protocol::{
    Action, Command, Comparison, Condition, Deed, Group, GroupType, Guard, Kind, Link, On, Operand, Pair, Param,
    Protocol, QAction, Response, Timer, Trigger, Value,
};

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<Protocol xmlns="http://www.skyline.be/protocol">
<Name>Model</Name>
<Version>1.0.0.1</Version>
<ElementType>Model</ElementType>
"#;

pub(crate) fn write(protocol: &Protocol) -> String {
    let mut text = HEAD.to_owned();
    section(&mut text, "Connections", std::slice::from_ref(&protocol.link), link);
    section(&mut text, "Params", &protocol.params, param);
    section(&mut text, "Commands", &protocol.commands, command);
    section(&mut text, "Responses", &protocol.responses, response);
    section(&mut text, "Pairs", &protocol.pairs, pair);
    section(&mut text, "Groups", &protocol.groups, group);
    section(&mut text, "Timers", &protocol.timers, timer);
    section(&mut text, "Triggers", &protocol.triggers, trigger);
    section(&mut text, "Actions", &protocol.actions, action);
    section(&mut text, "QActions", &protocol.qactions, qaction);
    text.push_str("</Protocol>\n");
    text
}

fn section<T>(text: &mut String, name: &str, items: &[T], item: impl Fn(&T) -> String) {
    if !items.is_empty() {
        let items: String = items.iter().map(|one| item(one) + "\n").collect();
        let _ = writeln!(text, "<{name}>\n{items}</{name}>");
    }
}

fn link(link: &Link) -> String {
    let Link { makes_by_protocol, timeout, retries } = link;
    format!(
        r#"<Connection id="0" name="Link"><Http><CommunicationOptions><WebSocket>true</WebSocket><MakeCommandByProtocol>{makes_by_protocol}</MakeCommandByProtocol></CommunicationOptions><UserSettings><TimeoutTime><DefaultValue>{timeout}</DefaultValue></TimeoutTime><Retries><DefaultValue>{retries}</DefaultValue></Retries></UserSettings></Http></Connection>"#
    )
}

fn param(param: &Param) -> String {
    let kind = match param.kind {
        Kind::Read => "read",
        Kind::Write => "write",
        Kind::Dummy => "dummy",
        Kind::Fixed => "fixed",
    };
    let setter = if param.setter { r#" setter="true""# } else { "" };
    let (raw, reading) = if param.is_number { ("numeric text", "double") } else { ("other", "string") };
    let length = match param.length {
        Some(length) => format!("<LengthType>fixed</LengthType><Length>{length}</Length>"),
        None => "<LengthType>next param</LengthType>".to_owned(),
    };
    let bytes = param.bytes.as_ref().map(|bytes| format!("<Value>{bytes}</Value>")).unwrap_or_default();
    let default = param.default.as_ref().map(Value::text);
    let default = default.map(|value| format!("<DefaultValue>{value}</DefaultValue>")).unwrap_or_default();
    format!(
        r#"<Param id="{}"{setter}><Name>{}</Name><Type>{kind}</Type><Interprete><RawType>{raw}</RawType><Type>{reading}</Type>{length}{bytes}{default}</Interprete></Param>"#,
        param.pid, param.name
    )
}

fn command(command: &Command) -> String {
    let content: String = command.params.iter().map(|pid| format!("<Param>{pid}</Param>")).collect();
    format!(
        r#"<Command id="{0}"><Name>Command {0}</Name><WebSocketMessageType>text</WebSocketMessageType><Content>{content}</Content></Command>"#,
        command.id
    )
}

fn pair(pair: &Pair) -> String {
    let retries = pair.retries.map(|retries| format!("retries:{retries}"));
    let ignores = pair.ignores_timeout.then(|| "ignoreTimeout".to_owned());
    let options: Vec<String> = retries.into_iter().chain(ignores).collect();
    let options = if options.is_empty() { String::new() } else { format!(r#" options="{}""#, options.join(";")) };
    let timeout = pair.timeout.map(|timeout| format!(r#" timeout="{timeout}""#)).unwrap_or_default();
    let responses: String = pair.responses.iter().map(|id| format!("<Response>{id}</Response>")).collect();
    format!(
        r#"<Pair id="{0}"{options}{timeout}><Name>Pair {0}</Name>{1}<Content><Command>{2}</Command>{responses}</Content></Pair>"#,
        pair.id,
        condition(pair.condition.as_ref()),
        pair.command
    )
}

fn response(response: &Response) -> String {
    let content: String = response.params.iter().map(|pid| format!("<Param>{pid}</Param>")).collect();
    format!(r#"<Response id="{0}"><Name>Response {0}</Name><Content>{content}</Content></Response>"#, response.id)
}

fn group(group: &Group) -> String {
    let (kind, item) = match group.kind {
        GroupType::Poll => ("poll", "Pair"),
        GroupType::Action => ("action", "Action"),
        GroupType::PollAction => ("poll action", "Action"),
        GroupType::Trigger => ("trigger", "Trigger"),
        GroupType::PollTrigger => ("poll trigger", "Trigger"),
    };
    let items = group.items.iter().map(|(id, next)| {
        let next = next.map(|next| format!(r#" next="{next}""#)).unwrap_or_default();
        format!("<{item}{next}>{id}</{item}>")
    });
    format!(
        r#"<Group id="{0}"><Name>Group {0}</Name>{1}<Type>{kind}</Type><Content>{2}</Content></Group>"#,
        group.id,
        condition(group.condition.as_ref()),
        items.collect::<String>()
    )
}

fn timer(timer: &Timer) -> String {
    let period = timer.period.map_or_else(|| "loop".to_owned(), |period| period.to_string());
    let groups: String = timer.groups.iter().map(|group| format!("<Group>{group}</Group>")).collect();
    format!(
        r#"<Timer id="{0}"><Name>Timer {0}</Name>{1}<Time initial="{2}">{period}</Time><Interval>{3}</Interval><Content>{groups}</Content></Timer>"#,
        timer.id,
        condition(timer.condition.as_ref()),
        timer.initial,
        timer.interval
    )
}

fn trigger(trigger: &Trigger) -> String {
    let on = match trigger.on {
        None => String::new(),
        Some((on, time)) => {
            let (id, word) = match on {
                On::Each(word) => (r#" id="each""#.to_owned(), word),
                On::Item(item) => (item.id().map(|id| format!(r#" id="{id}""#)).unwrap_or_default(), item.word()),
            };
            format!("<On{id}>{word}</On><Time{}>{time}</Time>", guard(trigger.guard.as_ref()))
        }
    };
    let content = trigger.content.iter().map(|(id, is_else)| {
        let is_else = if *is_else { r#" else="true""# } else { "" };
        format!("<Id{is_else}>{id}</Id>")
    });
    format!(
        r#"<Trigger id="{0}"><Name>Trigger {0}</Name>{on}{1}<Type>{2}</Type><Content>{3}</Content></Trigger>"#,
        trigger.id,
        condition(trigger.condition.as_ref()),
        if trigger.runs_triggers { "trigger" } else { "action" },
        content.collect::<String>()
    )
}

fn guard(guard: Option<&Guard>) -> String {
    let Some(Guard { param, case, with }) = guard else { return String::new() };
    let id = param.map(|pid| format!(r#" id="{pid}""#)).unwrap_or_default();
    let with = match with {
        Operand::Param(pid) => format!(r#" value="{pid}" nr="true""#),
        Operand::Text(text) => format!(r#" value="{text}""#),
        other => panic!("a guard compares with no {other:?}"),
    };
    format!(r#"{id} case="{case}"{with}"#)
}

fn action(action: &Action) -> String {
    let targets: Vec<String> = action.targets.iter().map(u32::to_string).collect();
    let targets = if targets.is_empty() { String::new() } else { format!(r#" id="{}""#, targets.join(";")) };
    let settings = match action.deed {
        Deed::Copy(Some(pid)) => format!(r#" id="{pid}""#),
        Deed::Increment(by) => format!(r#" value="{by}""#),
        Deed::RestartTimer(true) => r#" reschedule="true""#.to_owned(),
        _ => String::new(),
    };
    format!(
        r#"<Action id="{0}"><Name>Action {0}</Name>{1}<On{targets}>{2}</On><Type{settings}>{3}</Type></Action>"#,
        action.id,
        condition(action.condition.as_ref()),
        action.deed.on(),
        action.deed.word()
    )
}

fn qaction(qaction: &QAction) -> String {
    let pids: Vec<String> = qaction.triggers.iter().map(u32::to_string).collect();
    format!(
        r#"<QAction id="{0}" name="QAction {0}" encoding="csharp" triggers="{1}">{2}</QAction>"#,
        qaction.id,
        pids.join(";"),
        condition(qaction.condition.as_ref())
    )
}

fn condition(condition: Option<&Condition>) -> String {
    let Some(condition) = condition else { return String::new() };
    let mut text = comparison(&condition.first);
    for (is_and, other) in &condition.others {
        let _ = write!(text, " {} {}", if *is_and { "AND" } else { "OR" }, comparison(other));
    }
    format!("<Condition><![CDATA[{text}]]></Condition>")
}

fn comparison(comparison: &Comparison) -> String {
    format!("{} {} {}", operand(&comparison.left), comparison.operator, operand(&comparison.right))
}

fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Param(pid) => format!("id:{pid}"),
        Operand::Sum(pid, number) => format!("id:{pid} + {number}"),
        Operand::Number(number) => number.to_string(),
        Operand::Text(text) => format!("\"{text}\""),
        Operand::Empty => "empty".to_owned(),
        Operand::EmptyString => "emptystring".to_owned(),
    }
}
