//! Why a simulation can't run.

use crate::error::Error;

/// Why a simulation can't run. What goes wrong inside the connector is a line of the trace instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SimulationError {
    /// A line of the script is wrong.
    #[error("line {line} of the script: {reason}")]
    Script {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The element can't start.
    #[error(transparent)]
    Start(#[from] Error),
}
