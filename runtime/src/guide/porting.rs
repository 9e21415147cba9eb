//! Porting a connector with QActions.
//!
//! All that the XML declares runs as it is. What is left are the QActions: C# that genlock does not run. Each becomes
//! a function in Rust, and the compiler keeps the list of what is to be done.
//!
//! # The way
//!
//! 1. `genlock check connector.xml` lists what genlock cannot carry out, with lines. `genlock graph connector.xml` draws what
//!    calls what.
//! 2. `genlock new connector.xml driver` writes a crate, with a stub for each entry point; the C# stands above it as a
//!    comment.
//! 3. Compile with the option `unhandled` at first: every QAction has a body then that says once, in the log, that it
//!    does nothing. The driver connects, polls and stores values from the first minute.
//! 4. Write one QAction after another. When all are written, take `unhandled` away: a forgotten one is a compile error.
//!
//! ```
//! mod lamp {
//!     genlock::include_protocol!("docs/lamp.xml", unhandled);
//! }
//! struct Driver;
//! impl lamp::QActions for Driver {} // nothing yet, and it compiles
//! ```
//!
//! # What becomes of what
//!
//! | in C# | in Rust |
//! |---|---|
//! | `protocol.GetParameter(11)` | `cx.get(params::ANSWER)`: an `Option` of the parameter's type |
//! | `protocol.SetParameter(12, x)` | `cx.set(params::LEVEL, x)?` |
//! | `protocol.GetParameters(ids)`, ids from a computation | [`cx.value(id)`](crate::Context::value) |
//! | `protocol.SetParameters(ids, values)` | [`cx.set_values`](crate::Context::set_values) |
//! | `protocol.GetData`, `SetParameterBinary` | [`cx.get_data`](crate::Context::get_data), [`cx.set_data`](crate::Context::set_data) |
//! | `protocol.IsEmpty(11)` | [`cx.is_empty`](crate::Context::is_empty) |
//! | `protocol.CheckTrigger(2)` | `cx.check_trigger(triggers::ASK_AGAIN)?` |
//! | `protocol.GetTriggerParameter()` | [`cx.trigger_param()`](crate::Context::trigger_param) |
//! | `protocol.OldValue`, `NewValue` | [`cx.old_value()`](crate::Context::old_value), [`cx.new_value()`](crate::Context::new_value) |
//! | `protocol.Log(...)` | [`cx.log`](crate::Context::log), [`cx.log_as`](crate::Context::log_as) |
//! | `protocol.ShowInformationMessage` | [`cx.show_message`](crate::Context::show_message) |
//! | `inputParameters="11;12"` and the arguments of `Run` | [`cx.input(params::ANSWER)`](crate::Context::input) |
//! | static fields that outlive a run | fields of your state, `cx.state` |
//! | `options="queued"` | an `async fn` with a [`QueuedContext`](crate::QueuedContext) |
//! | `entryPoint="Run;OnButton"` | a function an entry point |
//! | `precompile` libraries | ordinary Rust modules and crates |
//!
//! A `SetParameter` inside a QAction runs what the change triggers at once, nested, before the next line, as in
//! DataMiner. An exception is an `Err`: the run ends, it is logged with the QAction's name, and the element goes on. A
//! panic is contained in the same way.
//!
//! # An example
//!
//! ```
//! mod lamp {
//!     genlock::include_protocol!("docs/lamp.xml");
//! }
//! use lamp::values::Power;
//! use lamp::{params, triggers};
//!
//! struct Driver {
//!     refused: u32, // was: static int refused
//! }
//!
//! impl lamp::QActions for Driver {
//!     // public static void Run(SLProtocol protocol)
//!     // {
//!     //     string answer = Convert.ToString(protocol.GetParameter(2));
//!     //     if (!Double.TryParse(answer, out double level)) { refused++; protocol.CheckTrigger(2); return; }
//!     //     protocol.SetParameters(new[] { 3, 4 }, new object[] { level, level > 0 ? 1 : 0 });
//!     // }
//!     fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
//!         let answer = cx.get(params::ANSWER).unwrap_or_default();
//!         let Ok(level) = answer.parse::<f64>() else {
//!             cx.state.refused += 1;
//!             return cx.check_trigger(triggers::ASK_AGAIN);
//!         };
//!         cx.set(params::LEVEL, level)?;
//!         cx.set(params::POWER, if level > 0.0 { Power::On } else { Power::Off })
//!     }
//! }
//! ```
//!
//! # What does not run
//!
//! Tables, SNMP and serial lines are refused or reported by name when the file is compiled; README has the list. What belongs to
//! DataMiner itself, such as virtual elements and Visio pages, has no effect on a driver and is accepted.
