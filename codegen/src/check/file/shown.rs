//! What is shown to the user, and what clients can have at all.

use std::collections::BTreeSet;

use super::number::{list, plain};
use super::{File, Param, Table};
use crate::parse::{Element, Slot};

/// What the parts of a file say together about what is shown.
pub(super) struct Shown {
    /// Columns that a table on a page shows.
    columns: BTreeSet<u32>,
    /// The columns that are the primary key of their table.
    primary_keys: BTreeSet<u32>,
    /// The tables of which each row is an element of its own.
    exports: Exports,
}

/// The tables whose rows are elements of a generated protocol.
enum Exports {
    /// The part of the file that would name them is left out.
    Unknown,
    Tables(BTreeSet<u32>),
}

/// A column that a table lists for the user.
#[derive(Clone, Copy)]
pub(crate) struct Listed<'d> {
    /// Its id as written.
    pub(crate) entry: Slot<'d>,
    pub(crate) pid: Option<u32>,
    /// Whether it has a width; without one it is there, but not seen.
    pub(crate) is_visible: bool,
}

impl Shown {
    pub(super) fn new(root: &Element, params: &[Param<'_>], tables: &[Table<'_>]) -> Self {
        let on_a_page = tables.iter().filter(|table| params.get(table.param).is_some_and(Param::is_positioned));
        let listed = on_a_page.flat_map(Table::listed).filter(|listed| listed.is_visible);
        Self {
            columns: listed.filter_map(|listed| listed.pid).collect(),
            primary_keys: tables.iter().filter_map(|table| table.primary_key()?.pid).collect(),
            exports: Exports::new(root),
        }
    }
}

impl Exports {
    fn new(root: &Element) -> Self {
        let kind = root.find("Type");
        if kind.is_none() && root.find("Connections").is_none() && root.find("DVEs").is_none() {
            return Self::Unknown;
        }
        let options = kind.and_then(|kind| kind.get("options")).map(Slot::attribute);
        // `exportProtocol:<name>:<table>[:noElementPrefix]`
        let by_option = options.into_iter().flat_map(|options| list(options, ';')).filter_map(|option| {
            let mut parts = option.trimmed().split(':');
            parts.next().filter(|name| name.eq_ignore_ascii_case("exportProtocol"))?;
            parts.nth(1).and_then(plain)
        });
        let protocols = root.find_at(&["DVEs", "DVEProtocols"]).into_iter().flat_map(|list| list.all("DVEProtocol"));
        let by_element =
            protocols.filter_map(|protocol| protocol.get("tablePID").and_then(|table| plain(&table.value)));
        Self::Tables(by_option.chain(by_element).collect())
    }
}

impl File<'_> {
    /// Whether the user sees the parameter: it stands on a page, or it is a column that a table on a page shows.
    pub(crate) fn is_shown(&self, param: &Param<'_>) -> bool {
        param.is_positioned() || self.shown.columns.contains(&param.id)
    }

    /// Whether it is shown, or sets what is shown.
    pub(crate) fn is_shown_or_sets(&self, param: &Param<'_>) -> bool {
        self.is_shown(param) || (param.is_write() && self.partner(param).is_some_and(|read| self.is_shown(read)))
    }

    /// Whether the parameter is the primary key column of a table.
    pub(crate) fn is_primary_key(&self, param: &Param<'_>) -> bool {
        self.shown.primary_keys.contains(&param.id)
    }

    /// Whether the parameter moves to a generated (DVE) protocol.
    pub(crate) fn is_exported(&self, param: &Param<'_>) -> bool {
        let Some(export) = param.attribute(&[], "export").filter(|export| !export.is("false")) else { return false };
        match &self.shown.exports {
            Exports::Unknown => !export.is_blank(),
            Exports::Tables(tables) if export.is("true") => !tables.is_empty(),
            Exports::Tables(tables) => list(export, ';').filter_map(|id| plain(id.raw)).any(|id| tables.contains(&id)),
        }
    }

    /// Whether clients can have the parameter, here or in a generated protocol.
    pub(crate) fn is_available(&self, param: &Param<'_>) -> bool {
        param.rt_display || self.is_exported(param)
    }

    /// Whether it is the protocol of a spectrum analyzer.
    pub(crate) fn is_spectrum(&self) -> bool {
        let kind = self.root.find("Display").and_then(|display| display.get("type"));
        kind.is_some_and(|kind| Slot::attribute(kind).is("spectrum analyzer"))
    }

    /// The tables whose rows are elements of a generated protocol.
    pub(crate) fn exporting_tables(&self) -> impl Iterator<Item = u32> + '_ {
        let tables = match &self.shown.exports {
            Exports::Unknown => None,
            Exports::Tables(tables) => Some(tables),
        };
        tables.into_iter().flatten().copied()
    }
}

impl<'d> Param<'d> {
    /// The places of the parameter on pages.
    pub(crate) fn positions(&self) -> impl Iterator<Item = &'d Element> + use<'d> {
        let positions = self.element.find_at(&["Display", "Positions"]);
        positions.into_iter().flat_map(|positions| positions.all("Position"))
    }

    /// Whether it has a position with page, row and column.
    pub(crate) fn is_positioned(&self) -> bool {
        self.positions().any(is_complete)
    }

    /// The options of `Measurement/Type`, with their places, untrimmed.
    pub(crate) fn measurement_options(&self) -> impl Iterator<Item = Slot<'d>> + use<'d> {
        let options = self.attribute(&["Measurement", "Type"], "options");
        options.into_iter().flat_map(|options| list(options, ';'))
    }

    /// The lower end of a group box.
    pub(crate) fn is_title_end(&self) -> bool {
        self.measurement == "title" && self.measurement_options().any(|option| option.is("end"))
    }

    /// A number that is shown as a date or time.
    pub(crate) fn is_date_or_time(&self) -> bool {
        let is_one = |option: Slot<'_>| {
            let option = option.trimmed().to_lowercase();
            option.starts_with("date") || option.starts_with("time")
        };
        self.measurement == "number" && self.measurement_options().any(is_one)
    }

    /// A number that is shown as a date, with or without the time of the day.
    pub(crate) fn is_date(&self) -> bool {
        let is_one = |option: Slot<'_>| option.trimmed().to_lowercase().starts_with("date");
        self.measurement == "number" && self.measurement_options().any(is_one)
    }

    /// The menu of a table.
    pub(crate) fn is_context_menu(&self) -> bool {
        ends_with(self.name, "_ContextMenu")
    }

    /// What a QAction tells the client that called it.
    pub(crate) fn is_feedback(&self) -> bool {
        ends_with(self.name, "_QActionFeedback")
    }
}

/// Whether a `Position` has a page, and numbers as row and column.
fn is_complete(position: &Element) -> bool {
    let number = |name| position.find(name).is_some_and(|element| plain(&element.text).is_some());
    position.find("Page").is_some_and(|page| !page.text.trim().is_empty()) && number("Row") && number("Column")
}

/// Whether `name` ends with `suffix`, letter case ignored.
fn ends_with(name: &str, suffix: &str) -> bool {
    let start = name.len().checked_sub(suffix.len());
    start.and_then(|start| name.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

impl<'d> Table<'d> {
    /// The columns that the table lists for the user: `tab=columns:<pid>|<idx>-…,width:<px>-…`.
    pub(crate) fn listed(&self) -> impl Iterator<Item = Listed<'d>> + use<'d> {
        let mut widths = self.tab_part("width:").into_iter().flat_map(|widths| list(widths, '-'));
        self.tab_part("columns:").into_iter().flat_map(|columns| list(columns, '-')).map(move |column| {
            let entry = list(column, '|').next().unwrap_or(column);
            let is_visible = widths.next().is_none_or(|width| width.trimmed() != "0");
            Listed { entry, pid: plain(entry.raw), is_visible }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{File, Param};
    use crate::diagnostic::Faults;
    use crate::source::SourceSet;

    fn with_file(text: &str, look: impl FnOnce(&File<'_>)) {
        let source = SourceSet::new("shown.xml", text);
        let mut faults = Faults::default();
        let document = crate::parse::read(&source, 1 << 20, &mut faults);
        let model = crate::model::read(&document, &source, &mut faults).expect("a model");
        let options = crate::Options::default();
        look(&File::new(document.root.as_ref().expect("a root"), &source, &model, &options));
    }

    const TABLE: &str = r#"<Protocol><Type options="exportProtocol:Part:100">virtual</Type><Params>
        <Param id="100"><Name>Parts</Name><Type>array</Type>
          <ArrayOptions index="0"><ColumnOption idx="0" pid="101"/><ColumnOption idx="1" pid="102"/>
            <ColumnOption idx="2" pid="103"/></ArrayOptions>
          <Measurement><Type options="tab=columns:101|0-102|1-103|2,width:80-0">table</Type></Measurement>
          <Display><Positions><Position><Page>Parts</Page><Row>0</Row><Column>0</Column></Position></Positions></Display>
        </Param>
        <Param id="101"/><Param id="102" export="true"/><Param id="103" export="200"/>
        <Param id="203"><Name>parts_contextmenu</Name></Param>
      </Params></Protocol>"#;

    #[test]
    fn columns_with_a_width_are_shown_with_their_table() {
        with_file(TABLE, |file| {
            let is = |question: &dyn Fn(&Param<'_>) -> bool| -> Vec<u32> {
                file.params.iter().filter(|param| question(param)).map(|param| param.id).collect()
            };
            assert_eq!(is(&|param| file.is_shown(param)), [100, 101, 103]);
            assert_eq!(is(&|param| file.is_primary_key(param)), [101]);
            assert_eq!(is(&|param| file.is_exported(param)), [102]);
            assert_eq!(is(&|param| param.is_context_menu()), [203]);
        });
    }
}
