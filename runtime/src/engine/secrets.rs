//! Which values and messages nobody may be shown (PARAM-169).

use genlock_spec::{ConnectionIndex, ParamIndex, ResponseIndex, Source};

use super::Engine;

impl Engine<'_> {
    /// Whether the bytes of a parameter are, or hold, the value of a password parameter.
    pub(super) fn is_secret(&self, param: ParamIndex) -> bool {
        self.hold_secrets([param])
    }

    /// Whether what a request is made of comes from a password parameter.
    pub(super) fn comes_from_secret(&self, source: Source) -> bool {
        matches!(source, Source::Param(param) if self.is_secret(param))
    }

    /// Whether a password parameter is among `params`, or in the responses that take them apart (PARAM-120).
    pub(super) fn hold_secrets(&self, params: impl IntoIterator<Item = ParamIndex>) -> bool {
        // No memory without inner responses. Each is looked at once, so responses inside one another come to an end.
        let mut inner: Vec<ResponseIndex> = Vec::new();
        let mut looked_at = 0;
        if self.is_secret_among(params, &mut inner) {
            return true;
        }
        while let Some(&response) = inner.get(looked_at) {
            looked_at += 1;
            if self.is_secret_among(self.content_of_response(response), &mut inner) {
                return true;
            }
        }
        false
    }

    /// Looks at `params` only, and adds the responses that take them apart to `inner`.
    fn is_secret_among(&self, params: impl IntoIterator<Item = ParamIndex>, inner: &mut Vec<ResponseIndex>) -> bool {
        params.into_iter().any(|param| {
            let row = self.spec.param(param);
            inner.extend(row.inner.filter(|response| !inner.contains(response)));
            row.secret
        })
    }

    /// Whether a message that comes may be one with the value of a password parameter.
    pub(super) fn may_hold_secrets(&self, connection: ConnectionIndex) -> bool {
        let pair = self.waiting_pair(connection).map(|pair| self.spec.pair(pair));
        let of_pair = pair.into_iter().flat_map(|pair| [pair.responses, pair.on_bad_command]);
        let responses = of_pair.chain([self.spec.connection(connection).responses]);
        let responses = responses.flat_map(|list| self.spec.list(list));
        self.hold_secrets(responses.flat_map(|response| self.content_of_response(response)))
    }
}
