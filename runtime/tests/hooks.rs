//! Hooks of a compiled driver: what their contexts give, and how they live beside each other (chapters QA and THR).

#![cfg(feature = "sim")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where something is not there"
)]
#![expect(clippy::disallowed_methods, reason = "hooks that run beside the element may wait")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use genlock::{Bytes, HookResult, Value};

/// Nothing to connect to; every hook is run by a set.
mod hooks {
    genlock::protocol! {
        r#"<Protocol>
            <Name>Hooks</Name><Version>1.0.0.7</Version><ElementType>Test</ElementType><Provider>genlock</Provider>
            <Type>virtual</Type>
            <Params>
                <Param id="1"><Name>Start</Name><Type>write</Type><Interprete>
                    <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
                </Interprete></Param>
                <Param id="2"><Name>Level</Name><Type>read</Type><Interprete>
                    <RawType>unsigned number</RawType><Type>double</Type><LengthType>fixed</LengthType><Length>2</Length>
                </Interprete></Param>
                <Param id="3"><Name>Level</Name><Type>write</Type><Interprete>
                    <RawType>numeric text</RawType><Type>double</Type><LengthType>next param</LengthType>
                </Interprete></Param>
                <Param id="4"><Name>Answer</Name><Type>read</Type><Interprete>
                    <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
                </Interprete></Param>
                <Param id="5"><Name>Begin Beside</Name><Type>write</Type><Interprete>
                    <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
                </Interprete></Param>
                <Param id="6"><Name>Other Entry</Name><Type>write</Type><Interprete>
                    <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
                </Interprete></Param>
            </Params>
            <Triggers>
                <Trigger id="9"><Name>Clear</Name><Type>action</Type><Content><Id>9</Id></Content></Trigger>
            </Triggers>
            <Actions>
                <Action id="9"><Name>Clear</Name><On id="4">parameter</On><Type>clear</Type></Action>
            </Actions>
            <QActions>
                <QAction id="1" name="Work" encoding="csharp" triggers="1;6" entryPoint="First.Work;Second.Other"
                    inputParameters="2;4"/>
                <QAction id="2" name="Beside" encoding="csharp" triggers="5" options="queued"/>
            </QActions>
        </Protocol>"#
    }
}

use hooks::params;

/// What the hook `work` does in a test.
type Work = fn(&mut hooks::Context<'_, Driver>) -> HookResult;

struct Driver {
    work: Work,
    runs: u32,
    dropped: Arc<AtomicU32>,
}

impl Driver {
    fn new(work: Work) -> Self {
        Self { work, runs: 0, dropped: Arc::default() }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

/// What a queued hook holds while it waits.
struct Held(Arc<AtomicU32>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl hooks::QActions for Driver {
    fn work(cx: &mut hooks::Context<'_, Self>) -> HookResult {
        cx.state.runs += 1;
        (cx.state.work)(cx)
    }

    fn other(cx: &mut hooks::Context<'_, Self>) -> HookResult {
        cx.state.runs += 100;
        Ok(())
    }

    /// Counts twice, and lets others run in between.
    async fn beside(cx: hooks::QueuedContext<Self>) -> HookResult {
        let Some(begin) = cx.get(params::BEGIN_BESIDE).await? else { return Ok(()) };
        assert!(begin != "panic", "on purpose");
        if begin == "panic inside" {
            cx.with(|_| panic!("on purpose")).await?;
        }
        if begin == "wait" {
            let _held = Held(cx.with(|cx| Arc::clone(&cx.state.dropped)).await?);
            std::future::pending::<()>().await;
        }
        if begin == "sleep" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let runs = cx
            .with(|cx| {
                cx.state.runs += 10;
                cx.state.runs
            })
            .await?;
        cx.set(params::ANSWER, format!("{begin} {runs}")).await
    }
}

/// Runs `work` once, as the hook of a set.
fn run(work: Work) -> genlock::sim::Simulation<hooks::Protocol, Driver> {
    let mut element = hooks::element("hooks", Driver::new(work)).simulate().unwrap();
    element.set(params::LEVEL, 258).unwrap();
    element.take_trace();
    element.set(params::START, "go").unwrap();
    element
}

/// The errors in the trace.
fn errors(element: &mut genlock::sim::Simulation<hooks::Protocol, Driver>) -> Vec<String> {
    let trace = element.take_trace();
    trace.iter().filter(|line| line.what == "error").map(|line| line.details["text"].to_string()).collect()
}

#[test]
fn qa_46_get_data_gives_the_bytes_of_a_device() {
    let mut element = run(|cx| {
        assert_eq!(cx.get_data(params::LEVEL), Some(Bytes::from_static(&[2, 1])));
        assert_eq!(cx.get_data(params::ANSWER), None);
        Ok(())
    });
    assert_eq!(errors(&mut element), [""; 0]);
}

#[test]
fn qa_20_inputs_are_typed_by_their_parameters() {
    let mut element = run(|cx| {
        cx.set(params::LEVEL, 5)?;
        assert_eq!(cx.input(params::LEVEL)?, Some(258.0), "a snapshot of the beginning");
        assert_eq!(cx.input(params::ANSWER)?, None);
        assert_eq!(cx.input_data(params::LEVEL)?, Some(Bytes::from_static(b"258")));
        assert_eq!(cx.inputs(), [Some(Value::Number(258.0)), None]);
        cx.input(params::START)?;
        Ok(())
    });
    assert_eq!(errors(&mut element), [r#""QAction 1 is not given parameter 1; add it to `inputParameters`""#]);
}

#[test]
fn qa_47_names_prefer_the_write_parameter() {
    let mut element = run(|cx| {
        assert_eq!(cx.param_named("Level"), Some(3));
        assert_eq!(cx.read_param_named("Level"), Some(2));
        assert_eq!(cx.write_param_named("Level"), Some(3));
        assert_eq!(cx.param_named("Answer"), Some(4));
        assert_eq!(cx.write_param_named("Answer"), None);
        assert_eq!(cx.param_named("Nothing"), None);
        Ok(())
    });
    assert_eq!(errors(&mut element), [""; 0]);
}

#[test]
fn qa_55_values_by_id_come_in_order_and_unknown_ones_are_none() {
    let mut element = run(|cx| {
        cx.set(params::ANSWER, "text")?;
        let values: Vec<Option<Value>> = [4, 99, 2, 3].map(|pid| cx.value(pid).cloned()).into();
        assert_eq!(values, [Some(Value::Text("text".into())), None, Some(Value::Number(258.0)), None]);
        Ok(())
    });
    assert_eq!(errors(&mut element), [""; 0]);
}

#[test]
fn param_69_qa_44_several_sets_have_a_result_each() {
    let mut element = run(|cx| {
        let (text, number) = (Value::Text("a".into()), Value::Number(7.0));
        let results = cx.set_values([(4, text.clone()), (99, text.clone()), (2, text), (2, number)]);
        let texts: Vec<String> = results
            .into_iter()
            .map(|result| result.err().map_or_else(String::new, |error| error.to_string()))
            .collect();
        assert_eq!(texts[0], "");
        assert!(texts[1].starts_with("there is no parameter 99"), "{}", texts[1]);
        assert!(texts[2].starts_with("parameter 2 can't take this value"), "{}", texts[2]);
        assert_eq!(texts[3], "");
        Ok(())
    });
    assert_eq!(errors(&mut element), [""; 0]);
    assert_eq!(element.get(params::LEVEL), Some(7.0));
    assert_eq!(element.get(params::ANSWER).unwrap(), "a");
}

#[test]
fn param_09_no_value_leaves_a_parameter_as_it_is() {
    let mut element = run(|cx| {
        cx.set(params::ANSWER, "text")?;
        let nothing = cx.value(1).filter(|_| false).cloned();
        cx.set_value(4, nothing)?;
        assert!(cx.set_value(99, None).is_err(), "the parameter is looked for all the same");
        assert_eq!(cx.get(params::ANSWER).unwrap(), "text");
        let level = cx.value(2).cloned();
        cx.set_value(4, level)
    });
    let events = element.take_trace().into_iter().filter(|line| line.what == "param" && line.details["pid"] == 4);
    let values: Vec<String> = events.map(|line| line.details["value"].to_string()).collect();
    assert_eq!(values, [r#""text""#, r#""258""#]);
}

#[test]
fn qa_43_54_ids_that_are_not_there_are_errors() {
    let mut element = run(|cx| {
        cx.set(params::ANSWER, "text")?;
        assert!(cx.clear_value(99).is_err());
        assert!(cx.check_trigger_id(99).is_err());
        cx.check_trigger_id(9)?;
        assert!(cx.is_empty(params::ANSWER));
        Ok(())
    });
    assert_eq!(errors(&mut element), [""; 0]);
}

#[test]
fn qa_16_52_a_hook_knows_where_it_runs() {
    let mut element = run(|cx| {
        assert_eq!((cx.qaction_id(), cx.trigger_param()), (1, 1));
        assert_eq!((cx.element_name(), cx.protocol_name(), cx.protocol_version()), ("hooks", "Hooks", "1.0.0.7"));
        assert_eq!((cx.old_value(), cx.new_value()), (None, Some(&Value::Text("go".into()))));
        assert!(cx.is_active());
        Ok(())
    });
    assert_eq!(errors(&mut element), [""; 0]);
}

#[test]
fn qa_12_13_15_the_state_is_one_an_element_whatever_the_entry() {
    let mut first = run(|_| Ok(()));
    let second = run(|_| Ok(()));
    first.set(params::OTHER_ENTRY, "go").unwrap();
    assert_eq!((first.state().runs, second.state().runs), (101, 1));
}

#[test]
fn qa_23_a_queued_hook_reaches_the_state_inside_the_element() {
    let mut element = run(|_| Ok(()));
    element.set(params::BEGIN_BESIDE, "once").unwrap();
    assert_eq!(element.get(params::ANSWER).unwrap(), "once 11");
    element.set(params::BEGIN_BESIDE, "wait").unwrap();
    element.set(params::BEGIN_BESIDE, "again").unwrap();
    assert_eq!(element.get(params::ANSWER).unwrap(), "again 21", "the run that waits holds up nothing");
}

#[test]
fn qa_34_a_panic_of_a_queued_hook_ends_its_run_only() {
    let mut element = run(|_| Ok(()));
    for begin in ["panic", "panic inside"] {
        element.set(params::BEGIN_BESIDE, begin).unwrap();
        assert_eq!(errors(&mut element), [r#""panicked: on purpose""#]);
    }
    element.set(params::BEGIN_BESIDE, "once").unwrap();
    assert_eq!(element.get(params::ANSWER).unwrap(), "once 11");
}

#[tokio::test]
async fn qa_22_a_queued_hook_runs_beside_its_element() {
    let element = hooks::element("beside", Driver::new(|_| Ok(()))).start().await.unwrap();
    element.set(params::BEGIN_BESIDE, "sleep").await.unwrap();
    element.set(params::START, "go").await.unwrap();
    assert_eq!(element.get(params::ANSWER).await.unwrap(), None, "the sets have not waited for it");
    let answer = element.watch(params::ANSWER).wait_for(|_| true).await.unwrap();
    assert_eq!(answer, "sleep 11");
    element.stop().await.unwrap();
}

#[tokio::test]
async fn qa_56_life_35_rel_31_a_queued_hook_is_told_that_its_element_has_stopped() {
    /// Tells what its calls answer once the element has stopped.
    struct Late(tokio::sync::mpsc::UnboundedSender<String>);

    impl hooks::QActions for Late {
        fn work(_: &mut hooks::Context<'_, Self>) -> HookResult {
            Ok(())
        }

        fn other(_: &mut hooks::Context<'_, Self>) -> HookResult {
            Ok(())
        }

        async fn beside(cx: hooks::QueuedContext<Self>) -> HookResult {
            let tell = cx.with(|cx| cx.state.0.clone()).await?;
            tell.send(format!("active {}", cx.is_active()))?;
            let error = loop {
                match cx.get(params::LEVEL).await {
                    Ok(_) => tokio::time::sleep(Duration::from_millis(1)).await,
                    Err(error) => break error,
                }
            };
            Ok(tell.send(format!("active {}, {error}", cx.is_active()))?)
        }
    }

    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let element = hooks::element("late", Late(tell)).start().await.unwrap();
    element.set(params::BEGIN_BESIDE, "go").await.unwrap();
    assert_eq!(told.recv().await.unwrap(), "active true");
    element.stop().await.unwrap();
    assert_eq!(told.recv().await.unwrap(), "active false, element `late` is no longer active; end the hook");
}

#[tokio::test]
async fn qa_14_the_state_is_released_when_the_element_stops() {
    let driver = Driver::new(|_| Ok(()));
    let dropped = Arc::clone(&driver.dropped);
    let element = hooks::element("released", driver).start().await.unwrap();
    element.set(params::BEGIN_BESIDE, "wait").await.unwrap();
    assert_eq!(dropped.load(Ordering::Relaxed), 0);
    element.stop().await.unwrap();
    // The task answers the stop and ends.
    while dropped.load(Ordering::Relaxed) == 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn qa_56_a_queued_hook_that_waits_for_ever_is_dropped_soon_after_the_stop() {
    let driver = Driver::new(|_| Ok(()));
    let dropped = Arc::clone(&driver.dropped);
    let element = hooks::element("waited for", driver).start().await.unwrap();
    element.set(params::BEGIN_BESIDE, "wait").await.unwrap();
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(dropped.load(Ordering::Relaxed), 0, "it may wait as long as the element runs");
    element.stop().await.unwrap();
    tokio::time::sleep(Duration::from_secs(9)).await;
    assert_eq!(dropped.load(Ordering::Relaxed), 1, "the state goes with the element, the hook has time to end");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(dropped.load(Ordering::Relaxed), 2);
}

#[test]
fn qa_56_in_virtual_time_a_queued_hook_that_waits_ends_with_the_stop() {
    let mut element = run(|_| Ok(()));
    element.set(params::BEGIN_BESIDE, "wait").unwrap();
    element.advance(Duration::from_secs(3600));
    assert_eq!(element.state().dropped.load(Ordering::Relaxed), 0);
    element.stop().unwrap();
    assert_eq!(element.state().dropped.load(Ordering::Relaxed), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn life_34_rel_52_all_that_hooks_hold_is_released_and_not_by_who_stops() {
    /// Tells on which thread it is released.
    struct Resource(tokio::sync::mpsc::UnboundedSender<std::thread::ThreadId>);

    impl Drop for Resource {
        fn drop(&mut self) {
            self.0.send(std::thread::current().id()).unwrap();
        }
    }

    /// The hooks' resources.
    struct Holder {
        _resources: Vec<Resource>,
    }

    impl hooks::QActions for Holder {
        fn work(_: &mut hooks::Context<'_, Self>) -> HookResult {
            Ok(())
        }

        fn other(_: &mut hooks::Context<'_, Self>) -> HookResult {
            Ok(())
        }

        async fn beside(_: hooks::QueuedContext<Self>) -> HookResult {
            Ok(())
        }
    }

    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let holder = Holder { _resources: (0..5).map(|_| Resource(tell.clone())).collect() };
    drop(tell);
    let element = hooks::element("holder", holder).start().await.unwrap();
    assert!(told.try_recv().is_err());
    element.stop().await.unwrap();
    let mut released = 0;
    while let Some(thread) = told.recv().await {
        assert_ne!(thread, std::thread::current().id(), "the test is who stops");
        released += 1;
    }
    assert_eq!(released, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thr_08_an_element_that_is_busy_holds_up_no_other() {
    /// Set when the other element has answered; the busy hook waits for it.
    static ANSWERED: AtomicU32 = AtomicU32::new(0);

    let busy = hooks::element(
        "busy",
        Driver::new(|_| {
            while ANSWERED.load(Ordering::Acquire) == 0 {
                std::thread::yield_now();
            }
            Ok(())
        }),
    );
    let (busy, other) = (busy.start().await.unwrap(), hooks::element("other", Driver::new(|_| Ok(()))));
    let other = other.start().await.unwrap();
    let blocked = tokio::spawn({
        let busy = busy.clone();
        async move { busy.set(params::START, "go").await }
    });
    other.set(params::START, "go").await.unwrap();
    ANSWERED.store(1, Ordering::Release);
    blocked.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thr_09_a_value_is_never_seen_half_written() {
    let element = hooks::element("shared", Driver::new(|_| Ok(()))).start().await.unwrap();
    element.set(params::ANSWER, "old").await.unwrap();
    let writer = tokio::spawn({
        let element = element.clone();
        async move {
            for text in ["new", "old"].into_iter().cycle().take(500) {
                element.set(params::ANSWER, text).await.unwrap();
            }
        }
    });
    while !writer.is_finished() {
        let seen = element.get(params::ANSWER).await.unwrap().expect("it is never empty");
        assert!(seen == "old" || seen == "new", "{seen}");
    }
}

#[tokio::test]
async fn bey_33_qa_35_a_hook_that_holds_the_element_is_reported() {
    let slow: Work = |cx| {
        if cx.get(params::START).is_some_and(|start| start == "slow") {
            std::thread::sleep(Duration::from_millis(150));
        }
        Ok(())
    };
    let element = hooks::element("slow", Driver::new(slow)).start().await.unwrap();
    let mut events = element.events().await.unwrap();
    let slow_hooks = async || element.counters().await.unwrap().slow_hooks;
    // An element that waits is not slow. A busy machine may hold up a hook as well, but not each time.
    let mut is_quiet = false;
    for _ in 0..10 {
        let before = slow_hooks().await;
        element.set(params::START, "fast").await.unwrap();
        tokio::time::sleep(Duration::from_millis(150)).await;
        element.set(params::START, "fast").await.unwrap();
        is_quiet |= slow_hooks().await == before;
        if is_quiet {
            break;
        }
    }
    assert!(is_quiet, "to wait counts as slow");
    let before = slow_hooks().await;
    element.set(params::START, "slow").await.unwrap();
    assert_eq!(slow_hooks().await, before + 1);
    let log = loop {
        if let genlock::Event::Log { level: genlock::LogLevel::Warning, text } = events.next().await.unwrap() {
            break text;
        }
    };
    assert!(log.starts_with("QAction 1, run by parameter 1, held the element for "), "{log}");
    element.stop().await.unwrap();
}
