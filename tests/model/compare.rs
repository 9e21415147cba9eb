//! The engine and the model by the same script, line by line.

use genlock::sim;
use genlock_codegen::diagnostic::render_text;
use genlock_codegen::{Options, SourceSet, compile};
use genlock_spec::OwnedSpec;

use crate::model::Model;
use crate::protocol::Protocol;
use crate::script::Script;
use crate::xml;

/// What the model knows of; the rest of a trace is the connection's, or text for people.
const COMPARED: [&str; 9] = ["element", "param", "trigger", "action", "qaction", "group", "response", "pair", "send"];

#[derive(Debug)]
pub(crate) enum Outcome {
    /// With the trace of both.
    Same(Vec<String>),
    /// The connector runs away after this many inputs.
    RanAway(usize),
    Different(Difference),
    /// It does not compile, or the script asks for what it does not have.
    Refused(String),
}

/// The first line that differs.
#[derive(Debug)]
pub(crate) struct Difference {
    /// The lines before it.
    pub(crate) before: Vec<String>,
    pub(crate) engine: Option<String>,
    pub(crate) model: Option<String>,
}

pub(crate) fn compare(protocol: &Protocol, script: &Script) -> Outcome {
    let tables = match tables(protocol) {
        Ok(tables) => tables,
        Err(reason) => return Outcome::Refused(reason),
    };
    if !script.fits(protocol) {
        return Outcome::Refused("the script asks for what the connector does not have".to_owned());
    }
    let model = match Model::trace(protocol, script) {
        Ok(model) => model,
        Err(count) => return Outcome::RanAway(count),
    };
    let engine = match engine(&tables, script) {
        Ok(engine) => engine,
        Err(reason) => return Outcome::Refused(reason),
    };
    let Some(position) = (0..engine.len().max(model.len())).find(|at| engine.get(*at) != model.get(*at)) else {
        return Outcome::Same(model);
    };
    Outcome::Different(Difference {
        before: model.iter().take(position).cloned().collect(),
        engine: engine.get(position).cloned(),
        model: model.get(position).cloned(),
    })
}

fn tables(protocol: &Protocol) -> Result<OwnedSpec, String> {
    let source = SourceSet::new("model.xml", xml::write(protocol));
    let output = compile(&source, &Options::default());
    let errors: String = output.errors().map(|fault| render_text(fault, &source)).collect();
    if errors.is_empty() { output.spec.ok_or(errors) } else { Err(errors) }
}

fn engine(tables: &OwnedSpec, script: &Script) -> Result<Vec<String>, String> {
    let script = sim::Script::parse(&script.write()).map_err(|error| error.to_string())?;
    let mut trace = Vec::new();
    let result = sim::simulate(tables, &script, |line| {
        let is_hook_error = line.what == "error" && line.details.get("qaction").is_some();
        if is_hook_error || COMPARED.contains(&line.what) {
            trace.push(line.to_string());
        }
    });
    result.map_err(|error| error.to_string())?;
    Ok(trace)
}
