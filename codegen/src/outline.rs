//! What a user writes by hand around a connector: which functions, for which scripts.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Faults;
use crate::names::{Name, Names};
use crate::options::Options;
use crate::parse::{self, Element};
use crate::source::SourceSet;
use crate::{lower, model};

/// What a user writes by hand around a connector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outline {
    /// The connector's name, as written.
    pub name: String,
    /// The connector's version, as written.
    pub version: String,
    /// The names of the connections in the generated module `connections`, by their rows in the tables.
    pub connections: Vec<String>,
    /// The names of the parameters in the generated module `params`, by their rows in the tables.
    pub params: Vec<String>,
    /// The QActions with an id, in document order.
    pub qactions: Vec<QActionOutline>,
}

/// One QAction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct QActionOutline {
    /// Its id.
    pub id: i64,
    /// Its name, as written.
    pub name: String,
    /// The start of its element in one line: `<QAction id="11" name="Parse Response" triggers="11">`.
    pub tag: String,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// Its functions in the generated trait `QActions`, raw where they are keywords; none when nothing runs it.
    pub functions: Vec<String>,
    /// Whether its functions run beside the element, as `async fn` (option `queued`).
    pub is_queued: bool,
    /// Its script, as written.
    pub script: String,
}

/// The outline of a file; none when it holds no connector.
pub fn outline(source: &SourceSet, options: &Options) -> Option<Outline> {
    let mut faults = Faults::default();
    let document = parse::read(source, options.max_size, &mut faults);
    let model = model::read(&document, source, &mut faults)?;
    let (labels, shape) = (lower::labels(&model, source), lower::shape(&model));
    let names = Names::new(&labels, &shape);
    let mut functions = BTreeMap::<i64, Vec<String>>::new();
    let mut queued = BTreeSet::new();
    for (hook, name) in labels.hooks.iter().zip(&names.hooks) {
        functions.entry(hook.qaction).or_default().push(shown(name));
        queued.extend(hook.is_queued.then_some(hook.qaction));
    }
    // The model has one QAction for each element, in the same order.
    let elements =
        document.root.iter().flat_map(|root| root.all("QActions").take(1)).flat_map(|list| list.all("QAction"));
    let qactions = model.qactions.iter().zip(elements).filter_map(|(qaction, element): (_, &Element)| {
        let id = qaction.head.id()?;
        let name = qaction.head.name().to_owned();
        let (tag, line, script) = (qaction.doc.clone(), qaction.head.line, element.text.clone());
        let functions = functions.remove(&id).unwrap_or_default();
        Some(QActionOutline { id, name, tag, line, functions, is_queued: queued.contains(&id), script })
    });
    Some(Outline {
        name: labels.protocol.name.clone(),
        version: labels.version.clone(),
        connections: names.connections.iter().map(shown).collect(),
        params: names.params.iter().map(shown).collect(),
        qactions: qactions.collect(),
    })
}

fn shown(name: &Name) -> String {
    name.ident().to_string()
}
