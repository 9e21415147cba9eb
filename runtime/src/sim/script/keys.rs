//! The keys of each verb, with what they are when they are left out.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::sim::peer::{Answers, Fault};
use crate::sim::start::StartOptions;

keys! {
    /// The operator's settings.
    Start {
        #[serde(default)]
        seed: u64,
        #[serde(default)]
        connections: BTreeMap<u32, LinkSettings>,
        #[serde(default)]
        saved: BTreeMap<u32, Json>,
        #[serde(default)]
        options: StartOptions,
    }
    /// The operator's settings of a connection; times in milliseconds.
    LinkSettings {
        host: Option<String>,
        port: Option<u16>,
        element_timeout: Option<u64>,
        own_element_timeout: Option<u64>,
        include_timeout: Option<bool>,
        reconnect_on_change: Option<bool>,
        follow_redirects: Option<bool>,
    }
    /// Times in milliseconds.
    Delays {
        #[serde(default)]
        rising: u64,
        #[serde(default)]
        falling: u64,
    }
    /// The answer 101.
    Accept {
        connection: u32,
        #[serde(default)]
        headers: BTreeMap<String, String>,
    }
    /// Another answer.
    Refuse {
        connection: u32,
        #[serde(default = "forbidden")]
        status: u16,
        #[serde(default)]
        body: String,
        /// In seconds, as the header says it.
        retry_after: Option<u64>,
        #[serde(default)]
        headers: BTreeMap<String, Lines>,
    }
    /// A message.
    Receive {
        connection: u32,
        text: Option<String>,
        binary: Option<String>,
    }
    OfConnection {
        connection: u32,
    }
    OperatorSet {
        pid: u32,
        value: Json,
        user: Option<String>,
    }
    /// The levels of lines of hooks; what is left out is as usual.
    LogLevelsOf {
        information: Option<i8>,
        error: Option<i8>,
        debug: Option<i8>,
    }
    Execute {
        group: Option<i64>,
        pair: Option<u32>,
    }
    /// The answer to a request, or none.
    Http {
        session: u32,
        status: Option<u16>,
        #[serde(default)]
        headers: BTreeMap<String, Lines>,
        #[serde(default)]
        body: String,
        fail: Option<FailWord>,
    }
    Close {
        connection: u32,
        #[serde(default = "normal_closure")]
        code: Option<u16>,
        #[serde(default)]
        reason: String,
    }
    /// Something goes wrong.
    Faulty {
        connection: u32,
        is: Fault,
    }
    /// How attempts are answered from now on.
    Serve {
        connection: u32,
        answers: Answers,
        #[serde(default)]
        after: u64,
        #[serde(default = "forbidden")]
        status: u16,
        /// In seconds, as the header says it.
        retry_after: Option<u64>,
    }
    /// The server ends, and listens again after `down` ms.
    Restart {
        connection: u32,
        down: u64,
        #[serde(default = "going_away")]
        code: u16,
    }
    Nothing {}
}

/// The lines of a header.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(in crate::sim) enum Lines {
    One(String),
    Several(Vec<String>),
}

/// Why a request gets no answer.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::sim) enum FailWord {
    /// There is no connection.
    Connect,
    /// The connection breaks before the answer is there.
    Lost,
}

const fn forbidden() -> u16 {
    403
}

/// RFC 6455, 7.4.1.
#[expect(clippy::unnecessary_wraps, reason = "serde wants the type of the field")]
const fn normal_closure() -> Option<u16> {
    Some(1000)
}

const fn going_away() -> u16 {
    1001
}
