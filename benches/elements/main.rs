//! What an element costs in memory while it waits, and what its messages allocate: many elements of one process, each with
//! a WebSocket of its own over loopback.
//!
//! ```sh
//! cargo bench -p genlock-benches --bench elements
//! ```
//!
//! 2,000 elements of `examples/nmos/custom-handshake.xml` run on one thread; the server is a process of its own. Once each
//! has had some messages, so that all buffers have the size that they keep, the table shows for each [`Form`]
//!
//! * `bytes an element`: what is allocated and not freed, buffers of tungstenite, TLS and deflate included, divided by the
//!   number of elements; what the kernel keeps of a socket is not in it, and
//! * `bytes a message`, `allocations a message`: what the thread allocates while messages come, message and reads included.
//!
//! Called with the names of forms, it runs those only. Called without `--bench`, as `cargo test --benches` does, it makes sure with a few elements that everything still works.
//! That one with a plain WebSocket stays below 32 KiB is a test, `runtime/tests/idle_memory.rs`.
#![expect(clippy::print_stdout, reason = "the table is the result")]

mod driver;
mod server;
#[path = "../state.rs"]
mod state;

use std::time::Instant;

use allocation_counter::{AllocationInfo, measure};
use anyhow::{Context as _, Result};
use tokio::runtime::Builder;

use self::driver::Elements;
use self::server::Server;

/// How the elements are connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    /// With permessage-deflate as most servers accept it: each side remembers the messages before (RFC 7692).
    Compressed,
    /// Over TLS, trusting the certificate of the server only.
    Tls,
    /// Over TLS, trusting the authorities that Mozilla does as well.
    TlsOfTheWeb,
}

impl Form {
    const ALL: [Self; 4] = [Self::Plain, Self::Compressed, Self::Tls, Self::TlsOfTheWeb];

    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Compressed => "compressed",
            Self::Tls => "TLS",
            Self::TlsOfTheWeb => "TLS, authorities of the web",
        }
    }
}

/// How many messages each element has before it is looked at, and how many are counted then.
const FIRST: u32 = 100;
const COUNTED: u32 = 100;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["serve", form] = arguments.as_slice() {
        let form = Form::ALL.into_iter().find(|known| known.name() == *form).context("no such form")?;
        return server::serve(form);
    }
    let elements = if arguments.contains(&"--bench") { 2000 } else { 10 };
    println!("{elements} elements, {} bytes a message", state::MESSAGE.len());
    println!();
    println!(
        "connection                    bytes an element   bytes a message   allocations a message   ms to open all"
    );
    let named = |form: &Form| arguments.contains(&form.name());
    let all = !Form::ALL.iter().any(named);
    for form in Form::ALL.into_iter().filter(|form| all || named(form)) {
        run(form, elements)?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn run(form: Form, count: usize) -> Result<()> {
    let mut server = Server::start(form)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut elements = Elements::new(form, &server)?;
    // The first one is not counted: it makes what all share.
    runtime.block_on(elements.open(1))?;
    let begun = Instant::now();
    let opened = counted(|| runtime.block_on(elements.open(count)))?;
    let took = begun.elapsed();
    let first = counted(|| runtime.block_on(elements.receive(&mut server, FIRST)))?;
    let messages = counted(|| runtime.block_on(elements.receive(&mut server, COUNTED)))?;
    let kept = opened.bytes_current + first.bytes_current + messages.bytes_current;
    let received = (count as f64 + 1.0) * f64::from(COUNTED);
    println!(
        "{:<27} {:>18.0} {:>17.0} {:>23.2} {:>16}",
        form.name(),
        kept as f64 / count as f64,
        messages.bytes_total as f64 / received,
        messages.count_total as f64 / received,
        took.as_millis(),
    );
    runtime.block_on(elements.stop())?;
    server.stop()
}

/// What `work` allocates on this thread.
fn counted(work: impl FnOnce() -> Result<()>) -> Result<AllocationInfo> {
    let mut result = Ok(());
    let allocations = measure(|| result = work());
    result.map(|()| allocations)
}
