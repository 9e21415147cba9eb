//! Parameters whose bytes another response takes apart (PARAM-120, RSP-37).

use genlock_spec::{ParamIndex, ParamKind};

use super::Engine;
use super::event::LogLevel;
use super::message::Message;
use super::qactions::Hooks;

impl<'s> Engine<'s> {
    /// Tries the inner response on a new value. How deep that goes is bounded as all change events are (PARAM-68).
    pub(super) fn take_apart(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        let row = self.spec.param(param);
        if row.kind != ParamKind::Response {
            return;
        }
        let Some((response, bytes)) = row.inner.zip(self.bytes_of(param)) else { return };
        if self.try_response(response, &mut Message::Bytes(bytes), false, hooks).is_none() {
            self.log(LogLevel::Warning, |spec| {
                let (pid, id) = (row.pid, spec.response(response).id);
                format!("the bytes of parameter {pid} do not match response {id}, which takes them apart")
            });
        }
    }
}
