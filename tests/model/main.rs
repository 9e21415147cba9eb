//! The heart of the engine against a model of it: random connectors and inputs, traces compared line by line.
//!
//! Parameters and their change events, triggers, actions, conditions, the execution queue, groups, timers, commands and
//! pairs with their retries and timeouts. The model is written from the rules alone; the connectors go through the compiler as XML, so lowering is tested along with it.
//!
//! `cargo xtask model --steps 1000000` is the campaign; a step is one input.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where something is not there, and says what it did"
)]

mod compare;
mod inputs;
mod model;
mod protocol;
mod protocols;
mod script;
mod shrink;
mod xml;

use std::collections::BTreeMap;

use fastrand::Rng;

use compare::{Outcome, compare};

/// The inputs of one connector.
const INPUTS: usize = 40;

/// Steps without a campaign: a few seconds without optimisation.
const SMOKE: usize = 1_500;

/// What must have come about for the comparison to say anything of it.
const SEEN: [&str; 15] = [
    "action",
    "element active",
    "element timeout",
    "group done",
    "group skipped",
    "pair failed",
    "pair queued",
    "pair sent",
    "pair succeeded",
    "pair timeout",
    "param",
    "qaction",
    "response",
    "send",
    "trigger",
];

/// What a line of a trace is about, with the state that it tells.
fn kind(line: &str) -> String {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let (what, details) = line.as_object().unwrap().iter().find(|(key, _)| *key != "at").unwrap();
    match details["state"].as_str() {
        Some(state) => format!("{what} {state}"),
        None => what.clone(),
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is a number, not `{text}`")))
}

#[test]
fn the_engine_does_what_the_rules_say() {
    let steps = number("GENLOCK_MODEL_STEPS").map_or(SMOKE, |steps| steps as usize);
    let first = number("GENLOCK_MODEL_SEED").unwrap_or(1);
    let (mut done, mut compared, mut refused, mut ran_away) = (0, 0, 0, 0);
    let mut last_refusal = String::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for seed in first.. {
        let mut random = Rng::with_seed(seed);
        let protocol = protocols::protocol(&mut random);
        let mut script = inputs::script(&protocol, &mut random, INPUTS);
        let mut outcome = compare(&protocol, &script);
        if let Outcome::RanAway(count) = outcome {
            ran_away += 1;
            script = script.first(count);
            outcome = compare(&protocol, &script);
        }
        match outcome {
            Outcome::Same(trace) => {
                compared += 1;
                done += script.inputs.len();
                for line in &trace {
                    *seen.entry(kind(line)).or_default() += 1;
                }
            }
            // At its start.
            Outcome::RanAway(_) => {}
            // The compiler refuses what would run without end, and what has no value yet after startup.
            Outcome::Refused(reason) => {
                refused += 1;
                last_refusal = reason;
            }
            Outcome::Different(_) => fail(seed, protocol, script),
        }
        if done >= steps {
            println!(
                "{done} steps without a difference, seeds {first} to {seed}: {compared} connectors compared, {ran_away} \
                 of them until they run away, {refused} refused by the compiler"
            );
            println!("{seen:?}");
            let unseen: Vec<&&str> = SEEN.iter().filter(|kind| !seen.contains_key(**kind)).collect();
            assert!(unseen.is_empty(), "no trace has {unseen:?}, so nothing was compared of it");
            assert!(refused < 2 * compared, "most is refused by the compiler, the last one so:\n{last_refusal}");
            return;
        }
    }
}

/// Shows the smallest case that still differs.
fn fail(seed: u64, protocol: protocol::Protocol, script: script::Script) {
    let (protocol, script) = shrink::shrink(protocol, script);
    let Outcome::Different(difference) = compare(&protocol, &script) else { panic!("seed {seed} differs at times") };
    let before: Vec<&str> = difference.before.iter().map(String::as_str).collect();
    let shown = |line: Option<String>| line.unwrap_or_else(|| "the end".to_owned());
    panic!(
        "seed {seed}\n\n{}\n{}\nboth:\n{}\nengine: {}\nmodel:  {}\n",
        xml::write(&protocol),
        script.write(),
        before.join("\n"),
        shown(difference.engine),
        shown(difference.model)
    );
}
