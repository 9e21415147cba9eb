//! Tests of the engine in engine time: connectors in, traces out. A test is named for the rule that it holds.

mod access;
mod address;
mod comeback;
mod commands;
mod compression;
mod conditional;
mod conditions;
mod connection;
mod correlate;
mod counters;
mod groups;
mod handshake;
mod http;
mod logins;
mod matching;
mod onward;
mod pairs;
mod params;
mod pause;
mod random;
mod reference;
mod run;
mod saving;
mod timers;
mod triggers;
mod xml;
