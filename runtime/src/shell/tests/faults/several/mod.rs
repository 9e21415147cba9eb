//! A driver with two WebSockets and requests over HTTP, each over a network of its own that fails in its own way.

mod bytes;
mod device;
mod driver;
mod lines;
mod operator;
mod run;
mod web;

pub(super) use run::run;

mod connector {
    crate::include_protocol!("src/shell/tests/faults/several/several.xml");
}
