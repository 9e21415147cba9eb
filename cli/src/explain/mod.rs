//! `genlock explain`.

mod rows;

use std::io;

use genlock_codegen::diagnostic::{Class, Kind, Rule, rule, rules};
use genlock_codegen::nearest;

use crate::Outcome;
use crate::console::Console;

/// Prints the pages of what `name` names: a code, the name of a kind of fault, or the number of a rule. Without a name,
/// prints all codes.
pub(crate) fn explain(name: Option<&str>, console: &mut Console) -> io::Result<Outcome> {
    let Some(name) = name else {
        list(console)?;
        return Ok(Outcome::NoErrors);
    };
    if let Some(rule) = rule(name) {
        writeln!(console.out, "# {}: a rule of {}\n", rule.id, rule.kind.code())?;
        print_rule(rule, console)?;
        writeln!(console.out, "\n{}", rule.kind.page().trim_end())?;
        return Ok(Outcome::NoErrors);
    }
    let is_meant = |kind: &&Kind| [kind.code(), kind.fault()].iter().any(|word| word.eq_ignore_ascii_case(name));
    let mut kinds = Kind::ALL.iter().filter(is_meant).peekable();
    if kinds.peek().is_none() {
        let words = Kind::ALL.iter().flat_map(|kind| [kind.code(), kind.fault()]);
        let words = words.chain(rules().iter().map(|rule| rule.id));
        let near = nearest(name, words).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        writeln!(console.err, "genlock: no code, kind of fault or rule is called `{name}`{near}")?;
        writeln!(console.err, "genlock: `genlock explain` lists the codes and kinds")?;
        return Ok(Outcome::CannotRun);
    }
    while let Some(kind) = kinds.next() {
        page(*kind, console)?;
        if kinds.peek().is_some() {
            writeln!(console.out)?;
        }
    }
    Ok(Outcome::NoErrors)
}

/// Prints one line a code.
fn list(console: &mut Console) -> io::Result<()> {
    let width = Kind::ALL.iter().map(|kind| kind.fault().len()).max().unwrap_or_default();
    for kind in Kind::ALL {
        writeln!(console.out, "{}  {:width$}  {}", kind.code(), kind.fault(), summary(kind.page()))?;
    }
    Ok(())
}

/// The first paragraph of a page, in one line.
fn summary(page: &str) -> String {
    let lines = page.lines().skip(1).skip_while(|line| line.is_empty());
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Prints the page of `kind` with its rules.
fn page(kind: Kind, console: &mut Console) -> io::Result<()> {
    writeln!(console.out, "{}", kind.page().trim_end())?;
    let mut rules = rules().iter().filter(|rule| rule.kind == kind).peekable();
    if rules.peek().is_some() {
        writeln!(console.out, "\n## Rules\n\nWhere and when, by the numbers of the platform's validator:\n")?;
    }
    rules.try_for_each(|rule| print_rule(rule, console))
}

/// Prints where, how bad, when, and what to do.
fn print_rule(rule: &Rule, console: &mut Console) -> io::Result<()> {
    let places: Vec<String> = rule.places.split(';').map(|place| format!("`{}`", place.trim())).collect();
    let class = if rule.class == Class::Style { " of style" } else { "" };
    writeln!(console.out, "- {}, {}{class}, at {}", rule.id, rule.severity.as_str(), places.join(", "))?;
    if let Some(row) = rows::row(rule.id) {
        writeln!(console.out, "  When: {}", row.fires_when)?;
        writeln!(console.out, "  Fix: {}", row.fix)?;
    }
    Ok(())
}
