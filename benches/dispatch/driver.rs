//! The driver, and what happens to it.

use std::hint::black_box;

use anyhow::{Result, ensure};
use genlock::sim::Simulation;
use genlock::{Error, HookResult, Text};

mod nmos {
    genlock::include_protocol!("../examples/nmos/nmos.xml", unhandled);
}

use nmos::{connections, params, triggers};

use super::state::MESSAGE;

/// One thing that happens.
pub(crate) struct Script {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) run: fn(&mut Camera) -> Result<(), Error>,
    /// How many hooks it runs.
    hooks: u64,
}

pub(crate) const SCRIPTS: [Script; 3] = [
    Script {
        name: "message",
        about: "a message of 350 bytes: before response, read, match, store, change event, hook, check_trigger, clear",
        run: |camera| {
            camera.receive();
            Ok(())
        },
        hooks: 1,
    },
    Script {
        name: "set",
        about: "an operator sets a text: store, change event, no trigger and no hook",
        run: Camera::set,
        hooks: 0,
    },
    Script {
        name: "trigger",
        about: "an operator calls a trigger with one action, which clears a parameter",
        run: Camera::check_trigger,
        hooks: 0,
    },
];

struct Hooks {
    runs: u64,
}

impl nmos::QActions for Hooks {
    fn parse_response(cx: &mut nmos::Context<'_, Self>) -> HookResult {
        let Some(text) = cx.get(params::GENERIC_RESPONSE) else { return Ok(()) };
        black_box(text.len());
        cx.state.runs += 1;
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }
}

/// The element with its connection open.
pub(crate) struct Camera {
    element: Simulation<nmos::Protocol, Hooks>,
    /// Handed in again and again: what is measured is not how it is read.
    message: Text,
}

impl Camera {
    pub(crate) fn open() -> Result<Self> {
        let mut element = nmos::element("bench", Hooks { runs: 0 })
            .connection(connections::WEB_SOCKET_CONNECTION, |link| link.host("ws://127.0.0.1").port(8050))
            .simulate()?;
        element.keep_trace(false);
        element.accept(connections::WEB_SOCKET_CONNECTION);
        Ok(Self { element, message: Text::from(MESSAGE) })
    }

    fn receive(&mut self) {
        self.element.receive(connections::WEB_SOCKET_CONNECTION, self.message.clone());
    }

    fn set(&mut self) -> Result<(), Error> {
        self.element.set(params::SOURCE, "7c3a4c4e-6ac7-4f7c-8f0a-3ed2f9a1b2c3")
    }

    fn check_trigger(&mut self) -> Result<(), Error> {
        self.element.check_trigger(triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }

    /// Whether the script did what it says.
    pub(crate) fn check(&self, script: &Script, count: u32) -> Result<()> {
        let (expected, runs) = (script.hooks * u64::from(count), self.element.state().runs);
        ensure!(runs == expected, "`{}` ran {runs} hooks where {expected} were expected", script.name);
        Ok(())
    }
}
