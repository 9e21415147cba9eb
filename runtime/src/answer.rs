//! Answers: what a pair's response gives the caller.

use crate::engine::Values;
use crate::handle::Param;
use crate::value::ParamType;

/// What answers a pair: nothing, a generated struct of the response's parameters, or a generated enum when several
/// responses may answer.
#[diagnostic::on_unimplemented(message = "`{Self}` is not the answer of a pair that genlock generated")]
pub trait Answer: Sized + Send + 'static {
    /// For each response of the pair, in order, how its values are read.
    #[doc(hidden)]
    const READ: &'static [fn(&Values) -> Self];

    /// The answer that `values` hold; `None` when the pair has no such response.
    #[doc(hidden)]
    fn read(values: &Values) -> Option<Self> {
        Self::READ.get(values.response).map(|read| read(values))
    }
}

impl Answer for () {
    const READ: &'static [fn(&Values) -> Self] = &[|_| ()];
}

impl Values {
    /// The value that a parameter took; what an uninitialised one reads as if the response has no such parameter.
    pub fn get<P, T: ParamType>(&self, param: Param<P, T>) -> T {
        let index = param.index();
        let entry = self.entries.iter().find(|(param, _)| *param == index);
        entry.map_or_else(T::uninitialised, |(_, value)| T::from_value(value))
    }

    /// The values as the answer of one response.
    #[doc(hidden)]
    pub fn answer<A: Answer>(&self) -> A {
        let read = const {
            match A::READ {
                [first, ..] => *first,
                [] => panic!("an answer must have at least one way to be read"),
            }
        };
        read(self)
    }
}

/// Where a pair is; `R` is what answers it. [`Element::watch`](crate::Element::watch) of a pair gives it.
///
/// ```
/// use genlock::PairState;
///
/// fn shown(state: &PairState<f64>) -> String {
///     match state {
///         PairState::Answered(level) => format!("{level} %"),
///         PairState::TimedOut => "no answer".to_owned(),
///         PairState::Failed(reason) => reason.to_string(),
///         _ => "waiting".to_owned(), // the enum may grow
///     }
/// }
///
/// assert_eq!(shown(&PairState::Answered(50.0)), "50 %");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PairState<R> {
    /// Not queued, and not run before.
    Idle,
    /// Waiting in the execution queue.
    Queued,
    /// The command was handed to the socket; no answer yet.
    Sent {
        /// How often it was sent, from 1.
        attempt: u32,
    },
    /// The answer of the last run; for a pair without response, that its command was sent.
    Answered(R),
    /// No answer came, retries included.
    TimedOut,
    /// It could not be sent, or the connection was lost before the answer came.
    Failed(crate::error::Reason),
}
