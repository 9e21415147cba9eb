//! The guide: from the first driver to many elements, a page a question.
//!
//! | page | what it answers |
//! |---|---|
//! | [`first_driver`] | How do I get from a connector file to a running element, in five minutes? |
//! | [`use_cases`] | Which of the four kinds of WebSocket connection does my device need? |
//! | [`porting`] | I have a connector with QActions in C#: what do they become? |
//! | [`parameters_and_pairs`] | How do I read, set and watch parameters, and ask the device something? |
//! | [`testing`] | How do I test my driver without a device and without waiting? |
//! | [`operation`] | What happens when the device is gone, floods, or lies? Who is trusted? |
//! | [`build_script`] | How do I see and check in the generated code? |
//! | [`running_many`] | How do I run hundreds of devices in one process? |
//! | [`observing`] | What do logs and metrics say of them? |
//!
//! The pages use one small connector file, `lamp.xml`: a lamp that is asked over a WebSocket how bright it is; only
//! [`use_cases`] needs those of the reference driver. All code is compiled as a test, and what needs no device of yours
//! runs.
//!
//! The words are those of the connector file: an *element* is one device, driven by the tables of one file; a *parameter*
//! holds a value; a *pair* is a command and its response; a *QAction* is a piece of your own code.

#![cfg_attr(
    not(all(feature = "macros", feature = "metrics", feature = "sim", feature = "tokio")),
    allow(rustdoc::broken_intra_doc_links, reason = "the pages link to what their features bring")
)]

pub mod build_script;
pub mod first_driver;
pub mod observing;
pub mod operation;
pub mod parameters_and_pairs;
pub mod porting;
pub mod running_many;
pub mod testing;
pub mod use_cases;
