//! What is lowered for pages: captions, forms, places, and the list of the pages themselves.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use genlock_codegen::pages::{Field, Form, LetterCase, NumberForm, PageKind, Pages};
use genlock_codegen::{Options, SourceSet, compile};

/// The pages of a connector of these parameters.
fn pages(display: &str, params: &str) -> Pages {
    let xml = format!(
        "<Protocol><Name>Made</Name><Description> Two\n lines </Description><Version>1.0.0.1</Version>\
         <ElementType>Made</ElementType>{display}<Connections><Connection id=\"0\" name=\"Link\"><Http>\
         <CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http></Connection></Connections>\
         <Params>{params}</Params></Protocol>"
    );
    let output = compile(&SourceSet::new("made.xml", xml), &Options::default());
    assert!(output.spec.is_some(), "{:?}", output.errors().collect::<Vec<_>>());
    output.pages
}

/// A parameter of a type, and how it is shown.
fn param(id: u32, name: &str, kind: &str, value: &str, display: &str, measurement: &str) -> String {
    let raw = if value == "double" { "numeric text" } else { "other" };
    format!(
        "<Param id=\"{id}\"><Name>{name}</Name><Description>The {name}</Description><Type>{kind}</Type>\
         <Interprete><RawType>{raw}</RawType><LengthType>next param</LengthType><Type>{value}</Type></Interprete>\
         <Display><RTDisplay>true</RTDisplay>{display}</Display><Measurement>{measurement}</Measurement></Param>"
    )
}

fn place(page: &str, row: u32, column: u32) -> String {
    format!("<Positions><Position><Page>{page}</Page><Row>{row}</Row><Column>{column}</Column></Position></Positions>")
}

fn number(display: &str, options: &str) -> Field {
    let measurement = format!("<Type {options}>number</Type>");
    let pages = pages("", &param(1, "Level", "read", "double", display, &measurement));
    pages.fields.first().unwrap().clone()
}

#[test]
fn pages_come_in_the_order_of_the_file_and_the_others_by_name() {
    let display = "<Display defaultPage=\"Link\" pageOrder=\"Link;----;Maker#http://example.com/;Empty\" \
                   wideColumnPages=\"Alarms\"><Pages><Page><Name>Expert</Name><Visibility default=\"false\" \
                   overridePID=\"2\" value=\"1\"/></Page></Pages></Display>";
    let text = "<Type>string</Type>";
    let button = "<Type>pagebutton</Type><Discreets><Discreet><Display>Details...</Display><Value>Details</Value>\
                  </Discreet></Discreets>";
    let params = [
        param(1, "Feed", "read", "string", &place("Link", 0, 0), text),
        param(2, "Mode", "read", "double", &place("Expert", 0, 0), "<Type>number</Type>"),
        param(3, "Alarm", "read", "string", &place("Alarms", 1, 0), text),
        param(4, "More", "write", "string", &place("Link", 1, 1), button),
        param(5, "Detail", "read", "string", &place("Details", 0, 0), text),
    ];
    let pages = pages(display, &params.concat());
    let list: Vec<(&str, &PageKind)> = pages.pages.iter().map(|page| (&*page.name, &page.kind)).collect();
    let link = PageKind::Link("http://example.com/".to_owned());
    assert_eq!(
        list,
        [
            ("Link", &PageKind::Listed),
            ("", &PageKind::Separator),
            ("Maker", &link),
            ("Alarms", &PageKind::Listed),
            ("Details", &PageKind::PopUp),
            ("Expert", &PageKind::Listed),
        ]
    );
    assert_eq!(pages.description, "Two lines");
    let flags: Vec<(bool, bool)> = pages.pages.iter().map(|page| (page.first, page.wide)).collect();
    assert_eq!(flags, [(true, false), (false, false), (false, false), (false, true), (false, false), (false, false)]);
    let visibility = pages.pages.last().unwrap().visibility.as_ref().unwrap();
    assert_eq!((visibility.default, visibility.pid, &*visibility.value), (false, 2, "1"));
    let places: Vec<(u32, u32, u32)> = pages
        .fields
        .iter()
        .flat_map(|field| &field.places)
        .map(|place| (place.page, place.row, place.column))
        .collect();
    assert_eq!(places, [(0, 0, 0), (5, 0, 0), (3, 1, 0), (0, 1, 1), (4, 0, 0)]);
}

#[test]
fn param_160_the_form_is_that_of_the_measurement() {
    let title = param(1, "Box", "read", "string", &place("A", 0, 0), "<Type options=\"end\">title</Type>");
    let read = param(2, "Level", "read", "double", "<Units>dBm</Units><Decimals>2</Decimals>", "<Type>analog</Type>");
    let write = param(3, "Level", "write", "double", "", "<Type>number</Type>");
    let pages = pages("", &[title, read, write].concat());
    let forms: Vec<Form> = pages.fields.iter().map(|field| field.form).collect();
    assert_eq!(forms, [Form::TitleEnd, Form::Analog, Form::Number]);
    let partners: Vec<Option<u32>> = pages.fields.iter().map(|field| field.partner).collect();
    assert_eq!(partners, [None, Some(3), Some(2)]);
    let level = pages.fields.get(1).unwrap();
    assert_eq!((&*level.caption, &*level.unit, level.decimals), ("The Level", "dBm", Some(2)));
}

#[test]
fn param_167_168_numbers_are_written_as_the_options_say() {
    let forms = [
        ("options=\"time\"", NumberForm::Seconds),
        ("options=\"time:minute\"", NumberForm::Minutes),
        ("options=\"time:hour\"", NumberForm::Hours),
        ("options=\"time;timeofday\"", NumberForm::TimeOfDay),
        ("options=\"date\"", NumberForm::Date),
        ("options=\"datetime\"", NumberForm::DateTime),
        ("hex=\"true\"", NumberForm::Hexadecimal),
        ("scientificNotation=\"universal\"", NumberForm::Normalised),
        ("scientificNotation=\"scientific\"", NumberForm::Engineering),
        ("", NumberForm::Plain),
    ];
    for (options, form) in forms {
        assert_eq!(number("", options).number, form, "{options}");
    }
    let field = number("<Range><Low>0.5</Low><High>2.5</High></Range><Trending logarithmic=\"true\"/>", "");
    assert_eq!((field.low, field.high, field.logarithmic), (Some(0.5), Some(2.5), true));
}

#[test]
fn param_169_the_case_of_a_text_and_its_lines_are_kept() {
    let text = "<Type case=\"upper\" lines=\"4\">string</Type>";
    let pages = pages("", &param(1, "Note", "write", "string", "", text));
    let field = pages.fields.first().unwrap();
    assert_eq!((field.case, field.lines, field.form), (LetterCase::Upper, 4, Form::Text));
}

#[test]
fn param_164_choices_say_when_they_are_offered() {
    let mode = param(1, "Mode", "read", "string", "", "<Type>string</Type>");
    let choices = "<Type>discreet</Type><Discreets dependencyId=\"1\"><Discreet dependencyValues=\"A;B\" \
                   options=\"confirm:Sure?\"><Display>One</Display><Value>1</Value><Tooltip>The first</Tooltip>\
                   </Discreet><Discreet dependencyValues=\"B\"><Display state=\"disabled\">Two</Display><Value>2</Value>\
                   </Discreet></Discreets>";
    let pages = pages("", &[mode, param(2, "Pick", "write", "string", "", choices)].concat());
    let field = pages.fields.get(1).unwrap();
    assert_eq!(field.depends_on, Some(1));
    let [one, two] = field.choices.as_slice() else { panic!("{:?}", field.choices) };
    assert_eq!((&*one.offered_with, &*one.question, &*one.help, one.exceptional), ("A;B", "Sure?", "The first", false));
    assert_eq!((&*two.value, &*two.display, two.exceptional), ("2", "Two", true));
}

#[test]
fn a_parameter_that_is_not_on_display_has_no_row() {
    let hidden = "<Param id=\"1\"><Name>Inner</Name><Type>read</Type><Interprete><RawType>other</RawType>\
                  <LengthType>next param</LengthType><Type>string</Type></Interprete></Param>";
    assert_eq!(pages("", hidden).fields.len(), 0);
}

#[test]
fn json_leaves_out_what_says_nothing() {
    let level = param(1, "Level", "read", "double", "<Units>dBm</Units>", "<Type>number</Type>");
    let json = r#"{"description":"Two lines","fields":[{"pid":1,"caption":"The Level","form":"number","unit":"dBm"}]}"#;
    assert_eq!(pages("", &level).to_json(), json);
    assert_eq!(Pages::default().to_json(), "{}");
}
