//! Messages (RSP).

use serde_json::json;

use super::{Done, Model, RanAway};
use crate::protocol::{Item, Kind, Response, Value};

impl Model<'_> {
    /// RSP-01, RSP-04: first for the pair that waits; then for all, in the order of the document (RSP-02, RSP-05, RSP-07).
    pub(super) fn receive(&mut self, message: &str) -> Done {
        if !self.is_open() {
            return Ok(());
        }
        for id in self.waiting_pair().into_iter().flat_map(|pair| &pair.responses) {
            let response = self.protocol.responses.iter().find(|response| response.id == *id).unwrap();
            if self.try_response(response, message)? {
                return self.succeed();
            }
        }
        for response in &self.protocol.responses {
            if self.try_response(response, message)? {
                break;
            }
        }
        Ok(())
    }

    /// Says whether it matches.
    fn try_response(&mut self, response: &Response, message: &str) -> Result<bool, RanAway> {
        // RSP-21.
        self.element().reading = Some((response.id, false));
        self.fire_all(Item::Response(response.id), "before")?;
        let reading = self.element().reading.take();
        // RSP-24.
        let rejects = self.rejects;
        let Some(parts) = self.parts(response, message).filter(|_| !rejects) else {
            self.line("response", json!({ "id": response.id, "matched": false }))?;
            return Ok(false);
        };
        self.line("response", json!({ "id": response.id, "matched": true }))?;
        // RSP-20.
        let parts = if reading.is_some_and(|(_, is_read)| is_read) { parts } else { Vec::new() };
        // RSP-23: the parameters one by one, then what waits for the whole, then the response.
        let mut changed = Vec::new();
        for (pid, value) in parts {
            if self.construct(pid, value)? {
                changed.push(pid);
            }
        }
        for pid in changed {
            self.fire_all(Item::Parameter(pid), "change after response")?;
        }
        self.fire_all(Item::Response(response.id), "after")?;
        Ok(true)
    }

    /// ACT-66, ACT-69.
    pub(super) fn read(&mut self, response: u32) {
        if let Some((reading, is_read)) = &mut self.element().reading
            && *reading == response
        {
            *is_read = true;
        }
    }

    /// What each variable parameter takes, from left to right (RSP-30); none: no match, and nothing changes (RSP-43).
    fn parts(&self, response: &Response, message: &str) -> Option<Vec<(u32, Value)>> {
        let mut rest = message;
        let mut parts = Vec::new();
        let mut params = response.params.iter().map(|pid| self.param(*pid)).peekable();
        while let Some(param) = params.next() {
            if param.kind == Kind::Fixed {
                rest = rest.strip_prefix(param.bytes.as_deref()?)?;
                continue;
            }
            // PARAM-71, PARAM-72.
            let end = match params.peek() {
                Some(next) => rest.find(next.bytes.as_deref()?)?,
                None => rest.len(),
            };
            let (part, behind) = rest.split_at(end);
            rest = behind;
            // PARAM-04, PARAM-42.
            let value = if param.is_number { Value::Number(part.parse().ok()?) } else { Value::Text(part.to_owned()) };
            // PARAM-112.
            if param.kind != Kind::Dummy {
                parts.push((param.pid, value));
            }
        }
        rest.is_empty().then_some(parts)
    }
}
