//! What emission needs beyond the tables: names, documentation and places.

/// The names of one connector: one entry a row of the table of the same name, in the same order.
///
/// They can be made from a faulty file as well, so that the names which the user's code refers to exist while the
/// XML has errors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// The name of the file.
    pub file: String,
    /// The protocol itself.
    pub protocol: Label,
    /// The protocol's Version.
    pub version: String,
    /// The parameters.
    pub params: Vec<Label>,
    /// The commands.
    pub commands: Vec<Label>,
    /// The responses.
    pub responses: Vec<Label>,
    /// The pairs.
    pub pairs: Vec<Label>,
    /// The groups.
    pub groups: Vec<Label>,
    /// The timers.
    pub timers: Vec<Label>,
    /// The triggers.
    pub triggers: Vec<Label>,
    /// The actions.
    pub actions: Vec<Label>,
    /// The connections.
    pub connections: Vec<Label>,
    /// The QActions.
    pub qactions: Vec<Label>,
    /// The functions that the user writes, one a hook entry ([`genlock_spec::Hook::entry`]).
    pub hooks: Vec<HookLabel>,
}

/// The name and the documentation of one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    /// Its Name, as written; may be empty.
    pub name: String,
    /// Its id; 0 in a faulty file that gives it none.
    pub id: i64,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// Paragraphs of plain text: Description, Subtext.
    pub docs: Vec<String>,
}

/// One function that the user writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HookLabel {
    /// What its name is made from: the method of `entryPoint`, or the QAction's name.
    pub name: String,
    /// The id of its QAction.
    pub qaction: i64,
    /// The start of its element: `<QAction id="11" name="Parse Response" triggers="11">`.
    pub doc: String,
    /// Whether it runs beside the element (option `queued`, QA-22).
    pub is_queued: bool,
    /// The line of its element in the XML, from 1.
    pub line: u32,
}
