//! [`Prometheus`]: the metrics as a page that a Prometheus server reads.

use std::fmt;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use tokio::runtime::Handle;

use super::names::name;

/// The bounds of the buckets of histograms, in seconds: hooks take microseconds, answers milliseconds, and what takes
/// longer than a timeout has failed.
const BUCKETS: [f64; 14] =
    [0.000_01, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// How often what histograms were told is put into their buckets, when nobody scrapes: it must not pile up.
const UPKEEP: Duration = Duration::from_secs(5);

/// The metrics as a page that a Prometheus server reads (feature `prometheus`).
///
/// [`render`](Self::render) gives the page; a program serves it as it serves other pages, with the content type
/// [`CONTENT_TYPE`](Self::CONTENT_TYPE).
///
/// ```no_run
/// # async fn example() -> Result<(), genlock::metrics::PrometheusError> {
/// let prometheus = genlock::metrics::Prometheus::install()?; // before the first element starts
/// println!("{}", prometheus.render());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Prometheus {
    handle: PrometheusHandle,
}

/// Why there is no Prometheus page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrometheusError {
    /// The program has another recorder.
    #[error("another recorder of metrics is installed; let that one serve them, or install this one first")]
    Installed,
    /// The upkeep of histograms needs a runtime.
    #[error("metrics are kept on tokio; call `install` inside `#[tokio::main]` or `Runtime::block_on`")]
    NoRuntime,
}

impl Prometheus {
    /// The content type of the page.
    pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

    /// Makes Prometheus the recorder of the program's metrics, those of other crates included. Elements that were started
    /// before are not counted.
    ///
    /// # Errors
    /// There is a recorder already, or this is not called on tokio.
    pub fn install() -> Result<Self, PrometheusError> {
        let runtime = Handle::try_current().map_err(|_| PrometheusError::NoRuntime)?;
        let recorder = recorder();
        let handle = recorder.handle();
        ::metrics::set_global_recorder(recorder).map_err(|_| PrometheusError::Installed)?;
        super::describe();
        let kept = handle.clone();
        runtime.spawn(async move {
            loop {
                #[expect(clippy::disallowed_methods, reason = "no element is about")]
                tokio::time::sleep(UPKEEP).await;
                kept.run_upkeep();
            }
        });
        Ok(Self { handle })
    }

    /// The page of now.
    pub fn render(&self) -> String {
        self.handle.render()
    }
}

impl fmt::Debug for Prometheus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prometheus")
    }
}

/// A recorder with buckets for the histograms of elements.
pub(crate) fn recorder() -> PrometheusRecorder {
    let seconds = [name::PAIR_SECONDS, name::HOOK_SECONDS];
    let bucketed = seconds.into_iter().try_fold(PrometheusBuilder::new(), |builder, name| {
        builder.set_buckets_for_metric(Matcher::Full(name.to_owned()), &BUCKETS)
    });
    // Only an empty list of buckets is refused.
    bucketed.unwrap_or_default().build_recorder()
}
