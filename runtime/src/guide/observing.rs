//! Seeing what elements do: logs, the stream of messages, events, status and metrics.
//!
//! | to see | use |
//! |---|---|
//! | what goes wrong, in the program's log | `tracing`, see below |
//! | every message, and why one matched nothing | `tracing` target `genlock::stream`, or [`Element::stream`](crate::Element::stream) |
//! | what happens in one element, step by step, in code | [`Element::events`](crate::Element::events) |
//! | how elements are right now | [`Element::status`](crate::Element::status), [`Host::list`](crate::Host::list) |
//! | counts and times over many elements | the metrics of `genlock::metrics` (feature `metrics`) |
//! | a run again, on another machine | [`ElementBuilder::record`](crate::ElementBuilder::record) and `genlock simulate --replay` (feature `sim`) |
//!
//! # Logs
//!
//! genlock writes to [`tracing`](https://docs.rs/tracing). A program chooses what becomes of it:
//!
//! ```text
//! // tracing-subscriber = { version = "0.3", features = ["env-filter"] }
//! tracing_subscriber::fmt().with_env_filter("info,genlock::pair=debug").init();
//! ```
//!
//! Everything that an element does happens in a span, and so do the events that your hooks write themselves: a line of
//! your own parser says which element and which connection it was about, without a word from you. What nobody listens
//! to costs one branch.
//!
//! | span | target | fields | lasts |
//! |---|---|---|---|
//! | `element` | `genlock::element` | `element`: its name, `connector`: the Name in the file | as long as the element |
//! | `connection`, in `element` | `genlock::connection` | `connection`: its id, `name`, `attempt` | from an attempt to connect to the next one; DNS, proxy, TLS and handshake are in it |
//!
//! | target | level | what | fields beside `element` |
//! |---|---|---|---|
//! | `genlock::element` | INFO, in timeout WARN | the element's state changed | `connector`, `state`, `rule` |
//! | `genlock::element` | WARN, ERROR | what surprises or fails in actions, conditions, groups and the queue | `rule` |
//! | `genlock::connection` | INFO; WARN when it is down | a connection's state changed (BEY-06, BEY-07) | `connection`, `cause`, `rule` |
//! | `genlock::connection` | WARN | no response matches a message (RSP-11); what a server's close code means | `connection`, `rule` |
//! | `genlock::pair` | DEBUG | a pair is queued, sent, succeeded, failed | `pair`, `name`, `outcome`, `attempt`, `cause`, `rule` |
//! | `genlock::pair` | WARN | a pair got no answer, could not be sent, was refused by the device | `pair`, `cause`, `rule` |
//! | `genlock::hook` | ERROR | a hook returned an error or panicked (QA-34) | `qaction`, `pid`, `rule` |
//! | `genlock::hook` | WARN | a hook held the element for more than 100 ms (BEY-33), has no function (QA-25), reads what is not there (PARAM-08) | `qaction`, `pid`, `rule` |
//! | `genlock::hook` | as the hook says | lines of hooks: [`Context::log`](crate::Context::log) (QA-48) | |
//! | `genlock::stream` | DEBUG | the stream log: every message (BEY-24) | `connection` |
//! | `genlock::store` | ERROR | saved parameters cannot be read or written | |
//! | `genlock::record` | ERROR | a record cannot be written | |
//!
//! `pid`, `pair`, `qaction` and `connection` are ids of the connector file. `cause` is a word that stays the same
//! ([`Reason::cause`](crate::Reason::cause)), the text beside it may change. `rule` is the id of the rule by which it is so,
//! such as `BEY-09`: `docs/reference/runtime.md` of the repository says what it means and where it comes from. Values of password parameters, and what a
//! message with one of them says, are in none of them.
//!
//! # Metrics
//!
//! The feature `metrics` counts messages, losses, answers, hooks and alarms through the facade of the crate
//! [`metrics`](https://docs.rs/metrics), so that they go wherever the program's other metrics go; the feature
//! `prometheus` has a page for a Prometheus server. The tables of names and labels are in the module `genlock::metrics`.
