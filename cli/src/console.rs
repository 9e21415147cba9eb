//! Standard output and standard error, coloured where a terminal shows them.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use genlock_codegen::diagnostic::Styles;

/// Whether output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// Where a verb writes.
pub(crate) struct Console {
    /// What was asked for.
    pub(crate) out: Box<dyn Write>,
    /// What is said about it.
    pub(crate) err: Box<dyn Write>,
    /// How faults look in `out`.
    pub(crate) out_styles: Styles,
    /// How faults look in `err`.
    pub(crate) err_styles: Styles,
    /// Whether `out` shows colours.
    pub(crate) is_coloured: bool,
}

impl Console {
    /// That of the process.
    pub(crate) fn new(color: Color) -> Self {
        let out = AutoStream::new(io::stdout(), choice(color));
        let is_coloured = out.current_choice() != ColorChoice::Never;
        let (out, out_styles) = coloured(out);
        let (err, err_styles) = coloured(AutoStream::new(io::stderr(), choice(color)));
        Self { out: Box::new(BufWriter::new(out)), err: Box::new(err), out_styles, err_styles, is_coloured }
    }
}

const fn choice(color: Color) -> ColorChoice {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}

/// The stream, and how faults look in it.
fn coloured<S: anstream::stream::RawStream>(stream: AutoStream<S>) -> (AutoStream<S>, Styles) {
    let is_plain = stream.current_choice() == ColorChoice::Never;
    (stream, if is_plain { Styles::plain() } else { Styles::coloured() })
}
