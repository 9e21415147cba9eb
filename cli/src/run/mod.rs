//! `genlock run`: a connector drives a real device, by the same tables and the same engine as a compiled driver.

mod connection;
mod ends;
mod lines;
mod page;
mod prepare;
mod sheet;
mod terminal;
mod told;
mod visible;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use genlock::inspector::Inspector;
use genlock::{AnyElement, Connector, Event, Events, LogLevel, StreamEntry};
use genlock_codegen::pages::Pages;
use tokio::runtime;

use self::connection::{ConnectionArguments, OneConnection};
use self::lines::Lines;
use self::page::PageArguments;
use self::sheet::Sheet;
use self::terminal::View;
use crate::console::Console;
use crate::{Outcome, file};

const EXAMPLES: &str = "\
Examples:
  genlock run camera.xml --host ws://10.0.0.7
  genlock run camera.xml --host wss://10.0.0.7:8443 --ca-file camera.pem --set 20=secret
  genlock run matrix.xml --connection 1:host=ws://10.0.0.7 --connection 2:host=ws://10.0.0.8,port=8051
  genlock run camera.xml --host ws://10.0.0.7 --serve 127.0.0.1:8080
  genlock run camera.xml --host ws://10.0.0.7 --seconds 60 --format json --record camera.jsonl";

/// Run a connector against a device.
///
/// The element that this starts follows the same rules as a compiled driver: it opens the connections, sends, matches
/// what comes, runs triggers and timers, and reconnects. Only QActions need Rust, which `genlock new` prepares; here each
/// of them is listed and does nothing.
///
/// On a terminal there is a view with connections, parameters, messages and the log, and keys to set parameters and to
/// reconnect; `?` lists them. Elsewhere, and with --format, what happens is printed line by line. Ctrl-C ends the run.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Run {
    /// The connector file; `-` is the standard input.
    file: PathBuf,
    /// What the element is called; by default like the file.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    every: ConnectionArguments,
    /// The settings of one connection, over those for all: its id, a colon, and the options of above without their
    /// dashes, with commas between. May be given several times.
    #[arg(long = "connection", value_name = "ID:host=HOST,port=PORT,…", help_heading = "Connection")]
    connections: Vec<OneConnection>,
    /// How lost connections come back: by themselves, with growing waits, or only when they are told to, as the
    /// connector's platform does it.
    #[arg(long, value_enum, default_value_t = ReconnectWord::Automatic, help_heading = "Connection")]
    reconnect: ReconnectWord,
    /// Give a parameter a value before the start: a number, a text, or the text of a discreet. May be given several
    /// times.
    #[arg(long, value_name = "PID=VALUE")]
    set: Vec<Preset>,
    /// Stop after so many seconds.
    #[arg(long, value_name = "N")]
    seconds: Option<u64>,
    /// Write a record of the run to this file, which `genlock simulate FILE --replay` runs again without the device. It
    /// has all messages; only the values of password parameters are left out.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    #[command(flatten)]
    page: PageArguments,
    /// Print what happens, as lines for people or as one JSON object a line. Without it, a terminal gets the view.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReconnectWord {
    Automatic,
    Documented,
}

/// A parameter and what it is set to.
#[derive(Clone, Debug)]
struct Preset {
    pid: u32,
    entered: String,
}

impl FromStr for Preset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = "write the parameter's id and a value, such as `7=On`";
        let (pid, entered) = text.split_once('=').ok_or_else(|| form.to_owned())?;
        let pid = pid.trim().parse().map_err(|_| form.to_owned())?;
        Ok(Self { pid, entered: entered.to_owned() })
    }
}

/// An element that runs, and what it tells.
struct Running {
    connector: Connector,
    element: AnyElement,
    events: Events,
    stream: Events<StreamEntry>,
    sheet: Sheet,
    began: Instant,
    /// What is to be said at the beginning.
    notes: Vec<Event>,
    /// The page in a browser, as long as this is there.
    page: Option<Inspector>,
}

impl Run {
    pub(crate) fn run(&self, console: &mut Console) -> io::Result<Outcome> {
        let Some(sources) = file::read_or_say(&self.file, console)? else { return Ok(Outcome::CannotRun) };
        let output = file::compile_and_say(&sources, console)?;
        let Some(tables) = output.spec else { return Ok(Outcome::Errors) };
        let connector = Connector::new(tables).pages(output.pages.to_json());
        // The view draws on this thread, the element runs on another: neither waits for the other.
        let tokio = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        tokio.block_on(async {
            let running = match self.start(connector, &output.pages).await {
                Ok(running) => running,
                Err(reason) => {
                    writeln!(console.err, "genlock: {reason}")?;
                    return Ok(Outcome::CannotRun);
                }
            };
            self.show(running, console).await.map(|()| Outcome::NoErrors)
        })
    }

    async fn start(&self, connector: Connector, pages: &Pages) -> Result<Running, String> {
        let builder = self.prepare(connector)?;
        let began = Instant::now();
        let (element, events) = builder.start_with_events().await.map_err(|error| error.to_string())?;
        let stream = element.stream().await.map_err(|error| error.to_string())?;
        let page = self.page.serve(&element).await?;
        let served = page.iter().map(|page| Event::Log { level: LogLevel::Information, text: page::told(page) });
        let notes = served.chain(self.notes(connector)).collect();
        let sheet = Sheet::new(connector.spec(), pages);
        Ok(Running { connector, element, events, stream, sheet, began, notes, page })
    }

    /// Shows what happens until the run is over.
    async fn show(&self, running: Running, console: &mut Console) -> io::Result<()> {
        let ends = ends::ends(self.seconds.map(Duration::from_secs));
        match self.format {
            None if io::stdout().is_terminal() => {
                let Running { connector, element, sheet, page, .. } = running;
                let mut view = View::new(element.name(), connector, sheet, console.is_coloured);
                view.page_is(page.as_ref().map(page::told));
                running.notes.iter().for_each(|note| view.happened(Duration::ZERO, note));
                let shown =
                    terminal::show(view, element.clone(), running.events, running.stream, running.began, ends).await;
                stop(element).await;
                shown
            }
            format => Lines::new(format == Some(Format::Json), running, console).print(ends).await,
        }
    }
}

/// Stops the element. None of its errors is for the user: an element that has stopped is what is wanted.
async fn stop(element: AnyElement) {
    let _ = element.stop().await;
}
