//! Pages as JSON: what a page in a browser reads. Members that say nothing are left out.

use serde_json::Value;

use super::{Choice, Field, Form, LetterCase, NumberForm, Page, PageKind, Pages, Place};

impl Pages {
    /// The pages as one line of JSON. The members stand in a fixed order.
    pub fn to_json(&self) -> String {
        let Self { description, pages, fields } = self;
        let mut object = Object::default();
        object.text("description", description);
        object.list("pages", pages, page);
        object.list("fields", fields, field);
        object.end()
    }
}

/// An object under construction.
#[derive(Default)]
struct Object {
    members: Vec<String>,
}

impl Object {
    fn member(&mut self, key: &str, value: impl Into<Value>) {
        self.members.push(format!("\"{key}\":{}", value.into()));
    }

    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.member(key, text);
        }
    }

    fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.member(key, true);
        }
    }

    fn maybe<T: Into<Value>>(&mut self, key: &str, value: Option<T>) {
        if let Some(value) = value {
            self.member(key, value);
        }
    }

    fn list<T>(&mut self, key: &str, items: &[T], item: fn(&T) -> String) {
        if !items.is_empty() {
            let items: Vec<String> = items.iter().map(item).collect();
            self.members.push(format!("\"{key}\":[{}]", items.join(",")));
        }
    }

    fn end(self) -> String {
        format!("{{{}}}", self.members.join(","))
    }
}

fn page(page: &Page) -> String {
    let Page { name, kind, wide, first, visibility } = page;
    let mut object = Object::default();
    object.text("name", name);
    match kind {
        PageKind::Listed => {}
        PageKind::PopUp => object.member("kind", "popup"),
        PageKind::Separator => object.member("kind", "separator"),
        PageKind::Link(address) => {
            object.member("kind", "link");
            object.text("address", address);
        }
    }
    object.flag("wide", *wide);
    object.flag("first", *first);
    if let Some(visibility) = visibility {
        let mut inner = Object::default();
        inner.member("default", visibility.default);
        inner.member("pid", visibility.pid);
        inner.member("value", visibility.value.as_str());
        object.members.push(format!("\"visibility\":{}", inner.end()));
    }
    object.end()
}

fn field(field: &Field) -> String {
    let Field { pid, caption, help, form, number, unit, decimals, low, high, lines, case, .. } = field;
    let Field { logarithmic, question, partner, depends_on, choices, places, .. } = field;
    let mut object = Object::default();
    object.member("pid", *pid);
    object.text("caption", caption);
    object.text("help", help);
    object.member("form", form.word());
    object.text("number", number.word());
    object.text("unit", unit);
    object.maybe("decimals", *decimals);
    object.maybe("low", *low);
    object.maybe("high", *high);
    if *lines > 0 {
        object.member("lines", *lines);
    }
    match case {
        LetterCase::AsEntered => {}
        LetterCase::Lower => object.member("case", "lower"),
        LetterCase::Upper => object.member("case", "upper"),
    }
    object.flag("logarithmic", *logarithmic);
    object.text("question", question);
    object.maybe("partner", *partner);
    object.maybe("dependsOn", *depends_on);
    object.list("choices", choices, choice);
    object.list("places", places, place);
    object.end()
}

fn choice(choice: &Choice) -> String {
    let Choice { value, display, help, question, offered_with, exceptional } = choice;
    let mut object = Object::default();
    object.member("value", value.as_str());
    object.member("display", display.as_str());
    object.text("help", help);
    object.text("question", question);
    if !offered_with.is_empty() {
        object.member("offeredWith", offered_with.split(';').map(str::trim).collect::<Vec<_>>());
    }
    object.flag("exceptional", *exceptional);
    object.end()
}

fn place(place: &Place) -> String {
    let Place { page, row, column, form } = place;
    let mut object = Object::default();
    object.member("page", *page);
    object.member("row", *row);
    object.member("column", *column);
    object.maybe("form", form.map(Form::word));
    object.end()
}

impl Form {
    /// What it is called in JSON: the word of the connector file, where that has one of its own.
    fn word(self) -> &'static str {
        match self {
            Self::Analog => "analog",
            Self::Button => "button",
            Self::Chart => "chart",
            Self::DigitalThreshold => "threshold",
            Self::Discreet => "discreet",
            Self::Matrix => "matrix",
            Self::Number => "number",
            Self::PageButton => "pagebutton",
            Self::Progress => "progress",
            Self::Text => "string",
            Self::Table => "table",
            Self::Title => "title",
            Self::TitleEnd => "titleend",
            Self::ToggleButton => "togglebutton",
        }
    }
}

impl NumberForm {
    /// What it is called in JSON; nothing for digits.
    fn word(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Hexadecimal => "hexadecimal",
            Self::Normalised => "normalised",
            Self::Engineering => "engineering",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::TimeOfDay => "timeofday",
            Self::Date => "date",
            Self::DateTime => "datetime",
        }
    }
}
