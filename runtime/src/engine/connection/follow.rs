//! Connections that reconnect when a parameter of their handshake changes (BEY-11).

use std::sync::Arc;

use genlock_spec::{ConnectionIndex, LoginMethod, ParamIndex, Source, Spec};

use super::super::Engine;
use super::super::options::Options;
use super::super::qactions::Hooks;
use super::state::Postponed;
use crate::value::Value;

/// The parameters that connections follow, and which one does. None, unless an operator asks for it.
#[derive(Debug)]
pub(in crate::engine) struct Followed(Arc<[(ParamIndex, ConnectionIndex)]>);

impl Followed {
    pub(in crate::engine) fn new(spec: &Spec<'_>, options: &Options) -> Self {
        let wanted = options.connections.iter().filter(|(_, options)| options.reconnect_on_change);
        let followed = wanted.flat_map(|(connection, _)| {
            read_by_the_handshake(spec, connection).into_iter().map(move |param| (param, connection))
        });
        Self(followed.collect())
    }

    /// The parameters.
    pub(in crate::engine) fn params(&self) -> impl Iterator<Item = ParamIndex> + '_ {
        self.0.iter().map(|(param, _)| *param)
    }
}

/// The parameters that the opening request is made of, without those that the connection itself writes: it would
/// reconnect for ever. The address has its own rule (CONN-53).
fn read_by_the_handshake(spec: &Spec<'_>, connection: ConnectionIndex) -> Vec<ParamIndex> {
    let row = spec.connection(connection);
    let mut sources = Vec::new();
    let mut written = vec![row.status, row.dynamic_ip];
    if let Some(request) = row.handshake.map(|request| spec.request(request)) {
        sources.push(request.path);
        sources.extend(spec.headers_of(request.headers).iter().map(|header| header.value));
        written.extend([request.status_code, request.content]);
    }
    if let Some(session) = row.handshake_session.map(|session| spec.session(session)) {
        if session.login == Some(LoginMethod::Credentials) {
            sources.extend([session.user_name, session.password]);
        }
        sources.extend([session.proxy_server, session.proxy_user, session.proxy_password]);
    }
    let mut params: Vec<ParamIndex> = Vec::new();
    for source in sources {
        if let Source::Param(param) = source
            && !written.contains(&Some(param))
            && !params.contains(&param)
        {
            params.push(param);
        }
    }
    params
}

impl<'s> Engine<'s> {
    /// A parameter was set, and its value was `old` before.
    pub(in crate::engine) fn follow_change(
        &mut self,
        param: ParamIndex,
        old: Option<&Value>,
        hooks: &mut dyn Hooks<'s>,
    ) {
        if self.followed.0.is_empty() || self.value(param) == old {
            return;
        }
        let followed = Arc::clone(&self.followed.0);
        for (_, connection) in followed.iter().filter(|(followed, _)| *followed == param) {
            let link = &self.connections[*connection];
            // CONN-94: who closed it knows why.
            if !link.stays_closed && !matches!(link.postponed, Some(Postponed::Close)) {
                self.reconnect(*connection, hooks);
            }
        }
    }
}
